"""The only place where real adapters are built: on first call, kept while the function is warm."""

from functools import cache, partial

from tillbridge.adapters import aws
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.adapters.bus_events import read_message
from tillbridge.adapters.claim_checks import read_claim
from tillbridge.adapters.claim_parts import SqsParts
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.local_copy import DynamoLocalCopy
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.http import new_session
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.adapters.queues import SqsDeadLetters, SqsSignals
from tillbridge.adapters.secrets import Tokens
from tillbridge.domain.connection import Connection
from tillbridge.settings import settings
from tillbridge.usecases.push.session import PushDeps
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

    return PushDeps(
        pending=DynamoPending(dynamodb, env.pending_table),
        links=DynamoLinks(dynamodb, env.links_table),
        stores=DynamoStores(dynamodb, env.stores_table),
        signals=_signals(),
        local_copy=DynamoLocalCopy(dynamodb, env.local_copy_table),
        clock=_clock,
        open_store=open_store,
        open_pos=open_pos,
    )


def _signals() -> SqsSignals:
    env = settings()
    return SqsSignals(aws.sqs(), env.store_work_queue_url, env.wakes_queue_url)
