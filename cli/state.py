"""What a deployment holds of one store: links, pending rows, queues' depth, the ledger."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from cli.target import Target
from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.link_items import link_of
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link
from tillbridge.domain.slices import SliceRecord

QUEUES = (
    "pos_events_queue_url",
    "claim_parts_queue_url",
    "store_work_queue_url",
    "requests_queue_url",
    "imports_queue_url",
)
"""What a push or an import leaves behind. Wakes wait by design, and nobody waits for reconcile."""

DEAD_LETTERS = (
    "pos_events_dlq_url",
    "claim_parts_dlq_url",
    "store_work_dlq_url",
    "wakes_dlq_url",
    "requests_dlq_url",
    "imports_dlq_url",
    "reconcile_dlq_url",
    "undelivered_dlq_url",
)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is still to do: rows by lane, and messages on their way."""

    rows: Counter[Lane]
    messages: int

    @property
    def quiet(self) -> bool:
        """Whether nothing waits and nothing is under way."""
        return not self.rows.total() and not self.messages


def every_link(target: Target, store: StoreId) -> dict[PosProductId, Link]:
    """All links of a store."""
    items = bulk.query_all(
        target.client("dynamodb"),
        TableName=target.outputs["links_table"],
        KeyConditionExpression="pk = :pk AND begins_with(sk, :link)",
        ExpressionAttributeValues={":pk": {"S": store}, ":link": {"S": keys.link("")}},
    )
    links = map(link_of, items)
    return {link.product: link for link in links}


def backlog(target: Target, store: StoreId) -> Backlog:
    """What a store still has to do."""
    return Backlog(pending_rows(target, store), messages(target, QUEUES))


def pending_rows(target: Target, store: StoreId) -> Counter[Lane]:
    """Pending rows by lane, waiting ones included."""
    dynamodb = target.client("dynamodb")
    found: Counter[Lane] = Counter()
    for lane in Lane:
        for partition in keys.pending_partitions(store, lane):
            pages = dynamodb.get_paginator("query").paginate(
                TableName=target.outputs["pending_table"],
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": partition}},
                Select="COUNT",
                ConsistentRead=True,
            )
            found[lane] += sum(page["Count"] for page in pages)
    return found


def messages(target: Target, queues: tuple[str, ...]) -> int:
    """Messages in queues, those being worked on included."""
    sqs = target.client("sqs")
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    total = 0
    for queue in queues:
        found: dict[str, Any] = sqs.get_queue_attributes(
            QueueUrl=target.outputs[queue], AttributeNames=names
        )["Attributes"]
        total += sum(int(found[name]) for name in names)
    return total


@dataclass(frozen=True, slots=True)
class Ledger:
    """The slices of a store since a moment, added up."""

    total: SliceRecord
    slices: int

    def percentile(self, share: float) -> float:
        """The lag in seconds below which `share` of the writes stayed; 0 without writes."""
        lags = sorted(self.total.lags_ms)
        return round(lags[min(len(lags) - 1, int(share * len(lags)))] / 1_000, 3) if lags else 0.0


def ledger(target: Target, store: StoreId, since_ms: int = 0) -> Ledger:
    """What the drains of a store did since `since_ms`."""
    total = SliceRecord()
    slices = target.stores.slices(store, since_ms)
    for each in slices:
        total.calls.update(each.calls)
        total.throttled += each.throttled
        total.created += each.created
        total.updated += each.updated
        total.stocked += each.stocked
        total.failed += each.failed
        total.lags_ms.extend(each.lags_ms)
    return Ledger(total, len(slices))
