"""The dependencies of the function `console`. It calls AWS and the issuer, and reads no store's token."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from tillbridge.adapters import aws
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.jobs import DynamoJobs
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.listing import DynamoListing
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.request_plans import DynamoRequestPlans
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.messages.requests_bus import BusRequests
from tillbridge.adapters.session_keys import KeysOfSessions
from tillbridge.adapters.token_box import TokensToSecrets
from tillbridge.bootstrap.built_once import built_once
from tillbridge.domain.pos_account import PosKind
from tillbridge.environment import console_environment, environment, lab_host
from tillbridge.ports.pos_at_first import PosAtFirst
from tillbridge.ports.sign_in import Issuer
from tillbridge.ports.signals import Signals
from tillbridge.ports.store_scopes import StoreScopes
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.entry import EntryDeps, KnownStores

if TYPE_CHECKING:
    import requests

    from tillbridge.bootstrap.console_deeper import DeeperPorts


class _Later:
    """Stands for what few calls need, and makes it when it is first asked for something."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> Any:
        return getattr(self._make(), name)


def _later[Port](make: Callable[[], Port]) -> Port:
    return cast("Port", _Later(make))


def _deeper() -> "DeeperPorts":
    from tillbridge.bootstrap.console_deeper import (  # noqa: PLC0415 - that module says why
        deeper_ports,
    )

    return deeper_ports()


@cache
def _scopes() -> StoreScopes:
    # As of the issuer below: requests takes a fifth of a start.
    from tillbridge.adapters.bigcommerce.scopes import (  # noqa: PLC0415 - as said above
        ScopesOfBigCommerce,
    )

    return ScopesOfBigCommerce(_open_http, SystemClock())


def _pos_at_first(kind: PosKind) -> PosAtFirst:
    from tillbridge.bootstrap.pos_of import (  # noqa: PLC0415 - few calls connect a store
        open_at_first,
    )

    return open_at_first(kind, _open_http, SystemClock())


def _open_http() -> "requests.Session":
    from tillbridge.adapters.http import new_http_session  # noqa: PLC0415 - as above

    return new_http_session(clear_text_to=lab_host())


@cache
def _signals() -> Signals:
    from tillbridge.adapters.messages.signals import (  # noqa: PLC0415 - few calls resume a store
        SqsSignals,
    )

    env = environment()
    return SqsSignals(aws.sqs(), env.store_work_queue_url, env.wakes_queue_url)


@built_once
def console_dependencies() -> ConsoleDeps:
    """Return what pages and API ask."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    pending = env.pending_table
    own_bucket = env.claim_buckets.partition(",")[0]
    stores = DynamoStores(dynamodb, env.stores_table)
    return ConsoleDeps(
        stores=stores,
        listing=DynamoListing(dynamodb, env.read_model_table, pending),
        views=DynamoReadModel(dynamodb, env.read_model_table),
        links=DynamoLinks(dynamodb, env.links_table),
        pending=DynamoPending(dynamodb, pending),
        jobs=DynamoJobs(dynamodb, env.stores_table, pending, env.history_table),
        plans=DynamoRequestPlans(dynamodb, env.stores_table, clock),
        exact=_later(lambda: _deeper().exact),
        requests=BusRequests(aws.events, aws.s3, env.bus_name, own_bucket, clock),
        history=DynamoHistory(dynamodb, env.history_table),
        calls=_later(lambda: _deeper().calls),
        hours=_later(lambda: _deeper().hours),
        runs=_later(lambda: _deeper().runs),
        replaced=_later(lambda: _deeper().replaced),
        befores=_later(lambda: _deeper().befores),
        orders=_later(lambda: _deeper().orders),
        oversold=_later(lambda: _deeper().oversold),
        store_list=DynamoStoreList(dynamodb, env.stores_table),
        settings=_later(lambda: _deeper().settings),
        waiting=_later(lambda: _deeper().waiting),
        signals=_later(_signals),
        connections=stores,
        removals=_later(lambda: _deeper().removals),
        scopes=_later(_scopes),
        pos_at_first=_pos_at_first,
        tokens=TokensToSecrets(
            aws.secretsmanager(), env.secret_prefix, console_environment().kms_key_arn
        ),
        products=_later(lambda: _deeper().products),
        open_lines=_later(lambda: _deeper().open_lines),
        dead_letters=_later(lambda: _deeper().dead_letters),
        clock=clock,
        bigcommerce=console_environment().bigcommerce_url,
    )


@cache
def _issuer() -> Issuer:
    # Most calls sign nobody in, and requests takes a fifth of a start.
    from tillbridge.adapters.http import new_http_session  # noqa: PLC0415 - as said above
    from tillbridge.adapters.oidc import OidcIssuer  # noqa: PLC0415 - likewise

    own, host = console_environment(), lab_host()
    return OidcIssuer(
        own.console_issuer,
        own.console_client_id,
        new_http_session(clear_text_to=host),
        SystemClock(),
        host,
    )


@built_once
def entry_dependencies() -> EntryDeps:
    """Return how people come in."""
    env, own, clock = environment(), console_environment(), SystemClock()
    return EntryDeps(
        issuer_name=own.console_issuer,
        client_id=own.console_client_id,
        url=own.console_url,
        claim=own.console_claim,
        keys=KeysOfSessions(aws.secretsmanager(), env.secret_prefix, clock),
        issuer=_issuer,
        known=KnownStores(DynamoStores(aws.dynamodb(), env.stores_table), clock),
        clock=clock,
    )
