"""The work a store has left: pending rows, and messages under way."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cli.deployment.target import Target
from tillbridge.adapters.dynamodb import keys
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import PRODUCT_LANES, Lane

POLLS = ("pos_polls_queue_url", "pos_polls_dlq_url")

QUEUES = (
    "pos_polls_queue_url",
    "pos_events_queue_url",
    "claim_parts_queue_url",
    "store_work_queue_url",
    "orders_queue_url",
    "requests_queue_url",
    "imports_queue_url",
)
"""The queues that a push or an import uses. Wakes are late on purpose, and no command waits for
the queue of reconcile."""

DEAD_LETTERS = (
    "pos_polls_dlq_url",
    "pos_events_dlq_url",
    "claim_parts_dlq_url",
    "store_work_dlq_url",
    "orders_dlq_url",
    "wakes_dlq_url",
    "requests_dlq_url",
    "imports_dlq_url",
    "reconcile_dlq_url",
    "undelivered_dlq_url",
)


@dataclass(frozen=True, slots=True)
class Backlog:
    """The work left: pending rows by lane, and messages."""

    rows: Counter[Lane]
    messages: int

    @property
    def quiet(self) -> bool:
        """Whether no work is left."""
        return not self.rows.total() and not self.messages


def backlog(target: Target, store: StoreId) -> Backlog:
    """Return the work a store has left."""
    return Backlog(pending_rows(target, store), messages(target, QUEUES))


def pending_rows(
    target: Target, store: StoreId, lanes: Iterable[Lane] = PRODUCT_LANES
) -> Counter[Lane]:
    """Count the pending rows by lane, including those that are put off. A product that is only
    looked at, or lacks a picture, is no work left."""
    dynamodb = target.client("dynamodb")
    found: Counter[Lane] = Counter()
    for lane in lanes:
        partition, begins = keys.lane_rows(store, lane)
        pages = dynamodb.get_paginator("query").paginate(
            TableName=target.outputs["pending_table"],
            KeyConditionExpression="pk = :pk AND begins_with(sk, :lane)",
            ExpressionAttributeValues={":pk": {"S": partition}, ":lane": {"S": begins}},
            Select="COUNT",
            ConsistentRead=True,
        )
        found[lane] += sum(page["Count"] for page in pages)
    return found


def messages(target: Target, queues: tuple[str, ...]) -> int:
    """Count the messages in these queues, including those being processed. Where no POS is polled, no queue is for
    polls."""
    sqs = target.client("sqs")
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    total = 0
    present = [
        target.outputs[each] for each in queues if each not in POLLS or each in target.outputs
    ]
    for queue in present:
        found: dict[str, Any] = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)[
            "Attributes"
        ]
        total += sum(int(found[name]) for name in names)
    return total
