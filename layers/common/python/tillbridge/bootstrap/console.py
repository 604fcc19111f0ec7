"""The dependencies of the function `console`. It calls AWS and the issuer, and reads no store's token."""

from functools import cache

from tillbridge.adapters import aws
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.call_lines import DynamoCallLines
from tillbridge.adapters.dynamodb.exact_plans import DynamoExactPlans
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.jobs import DynamoJobs
from tillbridge.adapters.dynamodb.lag_hours import DynamoLagHours
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.listing import DynamoListing
from tillbridge.adapters.dynamodb.order_list import DynamoOrderList
from tillbridge.adapters.dynamodb.oversold import DynamoOversold
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.replaced import DynamoReplaced
from tillbridge.adapters.dynamodb.request_plans import DynamoRequestPlans
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.messages.requests_bus import BusRequests
from tillbridge.adapters.session_keys import KeysOfSessions
from tillbridge.bootstrap.built_once import built_once
from tillbridge.environment import console_environment, environment, lab_host
from tillbridge.ports.sign_in import Issuer
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.entry import EntryDeps, KnownStores


@built_once
def console_dependencies() -> ConsoleDeps:
    """Return what pages and API ask."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    pending = env.pending_table
    own_bucket = env.claim_buckets.partition(",")[0]
    return ConsoleDeps(
        stores=DynamoStores(dynamodb, env.stores_table),
        listing=DynamoListing(dynamodb, env.read_model_table, pending),
        views=DynamoReadModel(dynamodb, env.read_model_table),
        links=DynamoLinks(dynamodb, env.links_table),
        pending=DynamoPending(dynamodb, pending),
        jobs=DynamoJobs(dynamodb, env.stores_table, pending, env.history_table),
        plans=DynamoRequestPlans(dynamodb, env.stores_table, clock),
        exact=DynamoExactPlans(dynamodb, env.stores_table, clock),
        requests=BusRequests(aws.events, aws.s3, env.bus_name, own_bucket, clock),
        history=DynamoHistory(dynamodb, env.history_table),
        calls=DynamoCallLines(dynamodb, env.history_table),
        hours=DynamoLagHours(dynamodb, env.stores_table),
        runs=DynamoRuns(dynamodb, env.stores_table),
        replaced=DynamoReplaced(dynamodb, env.stores_table, clock),
        orders=DynamoOrderList(dynamodb, env.orders_table),
        oversold=DynamoOversold(dynamodb, env.orders_table),
        store_list=DynamoStoreList(dynamodb, env.stores_table),
        clock=clock,
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
