"""The dependencies of the function `intake`. It calls AWS alone, which makes it start faster."""

from tillbridge.adapters import aws
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.jobs import DynamoJobs
from tillbridge.adapters.dynamodb.link_requests import DynamoLinkRequests
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.messages.claim_checks import read_claim
from tillbridge.adapters.messages.dead_letters import SqsDeadLetters
from tillbridge.adapters.messages.event_parts import SqsParts
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.bootstrap.built_once import built_once
from tillbridge.bootstrap.setting_aside import set_aside
from tillbridge.bootstrap.signalling import order_signals, signals
from tillbridge.domain.ids import PosProductId
from tillbridge.environment import environment
from tillbridge.set_aside import SetAside
from tillbridge.usecases.record_changes import IntakeDeps


@built_once
def intake_dependencies() -> IntakeDeps:
    """Return the dependencies of `intake`."""
    env, dynamodb, clock = environment(), aws.dynamodb(), SystemClock()
    return IntakeDeps(
        read=lambda body: read_message(body, _read_claim, env.own_account),
        parts=SqsParts(aws.sqs(), env.claim_parts_queue_url),
        pending=DynamoPending(dynamodb, env.pending_table),
        link_requests=DynamoLinkRequests(
            dynamodb, env.pending_table, env.stores_table, env.history_table, clock
        ),
        jobs=DynamoJobs(dynamodb, env.stores_table, env.pending_table, env.history_table),
        stores=DynamoStores(dynamodb, env.stores_table),
        signals=signals(),
        order_signals=order_signals(),
        dead_letters=SqsDeadLetters(aws.sqs(), env.pos_events_dlq_url),
        clock=clock,
    )


def _read_claim(dataref: str, sha256: str, count: int) -> list[tuple[PosProductId, int]]:
    # The client of S3 takes a quarter of what a bare client of DynamoDB does, and most functions see no claim.
    buckets = frozenset(filter(None, environment().claim_buckets.split(",")))
    return read_claim(aws.s3(), buckets, dataref, sha256, count)


@built_once
def intake_set_aside() -> SetAside:
    """Return what gives up the messages of `intake`."""
    return set_aside(environment().pos_events_dlq_url)
