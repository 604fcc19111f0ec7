"""The JSON API of the console: from an event of the gateway to an answer. Imported on its first call."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast
from urllib.parse import quote

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from aws_lambda_powertools.utilities.typing import LambdaContext

from tillbridge.console.api.call import Call, resolver
from tillbridge.console.api.payload import body_of, check_is_json
from tillbridge.console.api.problem import PRIVATE, Refused, answer, not_found, refused_by
from tillbridge.console.api.routes import API_ROUTES, ApiRoute
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import EVERY_STORE, Person
from tillbridge.usecases.console.deps import ConsoleDeps

__all__ = ["handle", "resolver"]

_KEPT = "/%:@!$&'()*+,;=~"
"""What stays in an address as it came. The resolver takes no other character that is not encoded, and a gateway may
have decoded those of a product's id."""


def handle(
    event: dict[str, Any],
    person: Person | None,
    deps: ConsoleDeps,
    keys: Callable[[], Sequence[bytes]],
) -> dict[str, Any]:
    """Answer one call (payload 2.0) of a person whose token was checked; None: of nobody. Every answer that is
    no success is a problem (RFC 9457); nothing is raised. `keys`: those of sessions, the newest first."""
    request = str((event.get("requestContext") or {}).get("requestId", ""))
    try:
        event = {**event, "rawPath": quote(str(event.get("rawPath", "")), _KEPT, errors="replace")}
        known = _admitted(event, person)
        resolver.context["call"] = Call(known, deps, request, keys)
        # Nothing of ours asks for Lambda's context.
        answered = resolver.resolve(_readable(event), cast("LambdaContext", None))
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is a problem, and it is logged
        return answer(refused_by(error, request))
    headers = {**PRIVATE, **answered["headers"]}
    return {**answered, "headers": headers, "statusCode": int(answered["statusCode"])}


def _admitted(event: Mapping[str, Any], person: Person | None) -> Person:
    """Return who calls. Raise Refused when that is nobody, when there is no such route, or when the person may
    not call it."""
    if person is None or not person.roles:
        words = "Send a token with a role in a store: Authorization: Bearer ..."
        raise Refused(401, "unknown_person", words, headers={"WWW-Authenticate": "Bearer"})
    called = APIGatewayProxyEventV2(dict(event))
    _check_right(*_route_of(called.http_method.upper(), called.path), person)
    return person


def _readable(event: dict[str, Any]) -> dict[str, Any]:
    """Return the event with its body as text. Raise Refused for a body that the API does not read."""
    body = body_of(event)
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    if event["requestContext"]["http"]["method"].upper() in ("POST", "PATCH"):
        check_is_json(headers)
        headers["content-type"] = "application/json"  # the resolver knows it in small letters only
    return {**event, "headers": headers, "body": body, "isBase64Encoded": False}


def _route_of(method: str, path: str) -> tuple[ApiRoute, Mapping[str, str]]:
    fitting = [(each, found) for each in API_ROUTES if (found := each.values_in(path)) is not None]
    for route, values in fitting:
        if route.method == method:
            return route, values
    if not fitting:
        raise not_found()
    allowed = ", ".join(sorted(route.method for route, _ in fitting))
    words = f"This address takes {allowed}."
    raise Refused(405, "method_not_allowed", words, headers={"Allow": allowed})


def _check_right(route: ApiRoute, values: Mapping[str, str], person: Person) -> None:
    """Raise Refused unless the person may call the route. A store that they may not see is not there."""
    if route.right is None:
        return
    store = StoreId(values.get("store", EVERY_STORE))
    if "store" in values and person.role_in(store) is None:
        raise not_found()
    if not person.may(route.right, store):
        words = "Your role in this store does not allow it. Ask an owner of the store."
        if "store" not in values:
            words = "Only an owner of every store may do this."
        raise Refused(403, "not_allowed", words)


def _only_known_values(app: Any, next_middleware: NextMiddleware) -> Response[Any]:
    """Refuse a value in the address that the route does not know: it may have been meant to narrow."""
    known = {field.alias for field in app.context["_route"].dependant.query_params}
    odd = sorted(set(app.current_event.query_string_parameters) - known)
    if odd:
        fields = [{"place": f"query.{name}"[:200], "kind": "extra_forbidden"} for name in odd[:20]]
        raise Refused(422, "invalid", "Some of what was sent is not as it should be.", fields)
    return next_middleware(app)


resolver.use([_only_known_values])
for _route in API_ROUTES:
    resolver.route(
        _route.rule,
        method=_route.method,
        status_code=_route.status,
        operation_id=_route.name,
        summary=(_route.handler.__doc__ or "").partition(":")[0].partition(".")[0],
        description=_route.handler.__doc__,
    )(_route.handler)
