"""The only place where real adapters are built: on first call, kept while the function is warm."""

from functools import cache, partial

from requests import Session

from tillbridge.adapters import aws
from tillbridge.adapters.bigcommerce.catalogue import BigCommerceCatalogue
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.adapters.bigcommerce.reader import BigCommerceReader
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.bus_events import read_message
from tillbridge.adapters.claim_checks import read_claim
from tillbridge.adapters.claim_parts import SqsParts
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.counters import DynamoCounters
from tillbridge.adapters.dynamodb.imports import DynamoImports
from tillbridge.adapters.dynamodb.link_asks import DynamoLinkAsks
from tillbridge.adapters.dynamodb.link_list import DynamoLinkList
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.local_copy import DynamoLocalCopy
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.replaced import DynamoReplaced
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.http import new_session
from tillbridge.adapters.import_events import read_import_message
from tillbridge.adapters.import_queue import SqsImportQueue
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.catalogue import PosCloudCatalogue
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.adapters.pos_cloud.feed import PosCloudFeed
from tillbridge.adapters.queues import SqsDeadLetters, SqsSignals
from tillbridge.adapters.reconcile_messages import SqsReconcileQueue, read_trigger
from tillbridge.adapters.secrets import Tokens
from tillbridge.domain.connection import Connection
from tillbridge.settings import settings
from tillbridge.usecases.import_products.session import ImportDeps
from tillbridge.usecases.import_products.take_in import TakeInDeps
from tillbridge.usecases.linking.answer_asks import answer_asks
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.push.session import PushDeps
from tillbridge.usecases.reconcile.session import ReconcileDeps
from tillbridge.usecases.reconcile.starting import StartDeps
from tillbridge.usecases.record_changes import IntakeDeps

_clock = SystemClock()


@cache
def intake_dependencies() -> IntakeDeps:
    """What the function `intake` works with."""
    env = settings()
    buckets = frozenset(filter(None, env.claim_buckets.split(",")))
    claims = partial(read_claim, aws.s3(), buckets)
    return IntakeDeps(
        read=lambda body: read_message(body, claims),
        parts=SqsParts(aws.sqs(), env.claim_parts_queue_url),
        pending=DynamoPending(aws.dynamodb(), env.pending_table),
        stores=DynamoStores(aws.dynamodb(), env.stores_table),
        signals=_signals(),
        dead_letters=SqsDeadLetters(aws.sqs(), env.pos_events_dlq_url),
        clock=_clock,
    )


@cache
def push_dependencies() -> PushDeps:
    """What the function `push` works with."""
    env, dynamodb = settings(), aws.dynamodb()
    tokens = Tokens(aws.secretsmanager(), env.secret_prefix, _clock)
    web, pos = new_session(), new_session()

    def open_store(connection: Connection, deadline_ms: int) -> BigCommerceStore:
        return BigCommerceStore(
            connection.api_url,
            connection.store_hash,
            tokens.provider(connection.store, "bigcommerce"),
            _clock,
            deadline_ms,
            web,
        )

    def open_pos(connection: Connection, deadline_ms: int) -> PosCloud:
        token = tokens.provider(connection.store, "pos")
        return PosCloud(connection.pos_url, token, _clock, deadline_ms, pos)

    linking = LinkingDeps(
        asks=DynamoLinkAsks(dynamodb, env.stores_table, _clock),
        replaced=DynamoReplaced(dynamodb, env.stores_table, _clock),
        open_catalogue=partial(_open_catalogue, tokens, web),
    )
    return PushDeps(
        pending=DynamoPending(dynamodb, env.pending_table),
        links=DynamoLinks(dynamodb, env.links_table),
        stores=DynamoStores(dynamodb, env.stores_table),
        signals=_signals(),
        local_copy=DynamoLocalCopy(dynamodb, env.local_copy_table),
        clock=_clock,
        open_store=open_store,
        open_pos=open_pos,
        before_drain=partial(answer_asks, linking),
    )


@cache
def reconcile_start_dependencies() -> StartDeps:
    """What the function `reconcile` starts runs with."""
    env, dynamodb = settings(), aws.dynamodb()
    return StartDeps(
        read=read_trigger,
        stores=DynamoStores(dynamodb, env.stores_table),
        runs=DynamoRuns(dynamodb, env.stores_table),
        queue=SqsReconcileQueue(aws.sqs(), env.reconcile_queue_url),
        dead_letters=SqsDeadLetters(aws.sqs(), env.pos_events_dlq_url),
        clock=_clock,
    )


@cache
def reconcile_dependencies() -> ReconcileDeps:
    """What the function `reconcile` works with."""
    env, dynamodb = settings(), aws.dynamodb()
    tokens = Tokens(aws.secretsmanager(), env.secret_prefix, _clock)
    web, pos = new_session(), new_session()

    def open_reader(connection: Connection, deadline_ms: int) -> BigCommerceReader:
        token = tokens.provider(connection.store, "bigcommerce")
        return BigCommerceReader(
            connection.api_url, connection.store_hash, token, _clock, deadline_ms, web
        )

    def open_pos(connection: Connection, deadline_ms: int) -> PosCloud:
        token = tokens.provider(connection.store, "pos")
        return PosCloud(connection.pos_url, token, _clock, deadline_ms, pos)

    def open_feed(connection: Connection, deadline_ms: int) -> PosCloudFeed:
        token = tokens.provider(connection.store, "pos")
        return PosCloudFeed(connection.pos_url, token, _clock, deadline_ms, pos)

    return ReconcileDeps(
        stores=DynamoStores(dynamodb, env.stores_table),
        links=DynamoLinks(dynamodb, env.links_table),
        link_list=DynamoLinkList(dynamodb, env.links_table),
        pending=DynamoPending(dynamodb, env.pending_table),
        local_copy=DynamoLocalCopy(dynamodb, env.local_copy_table),
        runs=DynamoRuns(dynamodb, env.stores_table),
        queue=SqsReconcileQueue(aws.sqs(), env.reconcile_queue_url),
        signals=_signals(),
        clock=_clock,
        open_reader=open_reader,
        open_pos=open_pos,
        open_feed=open_feed,
    )


@cache
def import_dependencies() -> TakeInDeps:
    """What the function `import` works with."""
    env, dynamodb = settings(), aws.dynamodb()
    tokens = Tokens(aws.secretsmanager(), env.secret_prefix, _clock)
    web, pos = new_session(), new_session()

    def open_pos(connection: Connection, deadline_ms: int) -> PosCloudCatalogue:
        token = tokens.provider(connection.store, "pos")
        pos.close()
        return PosCloudCatalogue(PosCalls(connection.pos_url, token, _clock, deadline_ms, pos))

    return TakeInDeps(
        read=read_import_message,
        dead_letters=SqsDeadLetters(aws.sqs(), env.requests_dlq_url),
        imports=ImportDeps(
            links=DynamoLinks(dynamodb, env.links_table),
            imports=DynamoImports(dynamodb, env.counters_table, env.stores_table, _clock),
            counters=DynamoCounters(dynamodb, env.counters_table),
            asks=DynamoLinkAsks(dynamodb, env.stores_table, _clock),
            stores=DynamoStores(dynamodb, env.stores_table),
            pending=DynamoPending(dynamodb, env.pending_table),
            signals=_signals(),
            queue=SqsImportQueue(aws.sqs(), env.imports_queue_url, env.requests_queue_url),
            local_copy=DynamoLocalCopy(dynamodb, env.local_copy_table),
            clock=_clock,
            open_store=partial(_open_catalogue, tokens, web),
            open_pos=open_pos,
        ),
    )


def _open_catalogue(
    tokens: Tokens, session: Session, connection: Connection, deadline_ms: int
) -> BigCommerceCatalogue:
    base = f"{connection.api_url.rstrip('/')}/stores/{connection.store_hash}"
    token = tokens.provider(connection.store, "bigcommerce")
    session.close()  # a frozen function wakes with connections the other side has closed
    return BigCommerceCatalogue(Transport(base, token, _clock, deadline_ms, session))


def _signals() -> SqsSignals:
    env = settings()
    return SqsSignals(aws.sqs(), env.store_work_queue_url, env.wakes_queue_url)
