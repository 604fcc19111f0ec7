"""The resolver of the API, and the call that it answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from tillbridge.console.api.payload import parsed
from tillbridge.console.api.problem import refused_by, response
from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person
from tillbridge.usecases.console.deps import ConsoleDeps

resolver = APIGatewayHttpResolver(enable_validation=True, json_body_deserializer=parsed)


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls, with what the use cases need; `request`: the gateway's id of the call; `keys`: what texts are
    signed with that come back (console/session.py)."""

    person: Person
    deps: ConsoleDeps
    request: str
    keys: Callable[[], Sequence[bytes]]


def the_call() -> Call:
    """Return the call that is answered now."""
    call: Call = resolver.context["call"]
    return call


def connected(store: str) -> StoreId:
    """Return the id of a store that is connected. Raise UnknownStore: who may see every store may name any."""
    if the_call().deps.stores.find(StoreId(store)) is None:
        raise UnknownStore(store)
    return StoreId(store)


def _answer(error: Exception) -> Response[str]:
    return response(refused_by(error, the_call().request))


resolver.exception_handler(Exception)(_answer)
