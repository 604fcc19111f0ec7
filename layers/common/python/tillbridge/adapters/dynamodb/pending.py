"""Pending rows in DynamoDB."""

from collections.abc import Iterable, Sequence
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, override
from uuid import uuid4

from tillbridge.adapters.dynamodb import bulk, expressions, keys, statements
from tillbridge.adapters.dynamodb.attributes import Item, from_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, busy_words, our_errors
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosProductId, Rev, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, PendingRow, arrived_ms
from tillbridge.ports.pending import PendingRows

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_RACES = 20
_FIRST_ONLY = ("queued_ms", "order")
_LOOKS = ("awaits", "seen_stale_ms", "absent_ms", "older_ms")
_TRIED = ("attempts", "not_before_ms", "done_version")
_WAITING = (*_TRIED, *_LOOKS)


class DynamoPending(PendingRows):
    """One item per store, lane and product. Every method may raise RetryLater."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def mark(self, changes: Iterable[Change]) -> None:
        bulk.in_parallel(self._mark, changes)

    @override
    def due(self, store: StoreId, lane: Lane, now_ms: int, limit: int) -> Sequence[PendingRow]:
        shards = (
            self._due(partition, now_ms, limit)
            for partition in keys.pending_partitions(store, lane)
        )
        in_order = merge(*shards, key=lambda item: str(item["due"]["S"]))
        return [_row(store, lane, item) for item in islice(in_order, limit)]

    @override
    def of(self, store: StoreId, lane: Lane, products: Sequence[str]) -> Sequence[PendingRow]:
        asked = [keys.key(keys.pending_partition(store, lane, p), p) for p in products]
        return [_row(store, lane, item) for item in bulk.read_all(self._client, self._table, asked)]

    @override
    def clear(self, rows: Iterable[PendingRow]) -> None:
        # A row that is refused was marked since.
        statements.run(
            self._client,
            [statements.delete(self._table, _key(row), _unchanged(row)) for row in rows],
        )

    @override
    def postpone(self, rows: Iterable[PendingRow]) -> None:
        waiting = list(rows)
        outcomes = statements.run(
            self._client,
            [
                statements.update(self._table, _key(row), _waits(row), _unchanged(row))
                for row in waiting
            ],
        )
        # Those were marked since: that mark decides when they are due.
        refused = (row for row, why in zip(waiting, outcomes, strict=True) if why and why.item)
        self.doubt(row for row in refused if row.unsure)

    @override
    def doubt(self, rows: Iterable[PendingRow]) -> None:
        # A row that is refused is gone.
        statements.run(
            self._client,
            [statements.update(self._table, _key(row), {"unsure": True}) for row in rows],
        )

    def _mark(self, change: Change) -> None:
        # Written without a read, so that a thousand sales of one product do not wait for one
        # another. Such a write cannot know whether the row has a newer version, nor the row's first
        # order, which a forced change needs to move it to the front. Then the condition fails, and
        # DynamoDB returns the row.
        order, newest = change.order, True
        for _ in range(_RACES):
            try:
                self._raise(change, order, newest=newest)
            except ConditionFailed as refusal:
                there = from_item(refusal.item or {})
                order = there.get("order", change.order)
                newest = change.version >= there.get("version", change.version)
            else:
                return
        raise RetryLater(busy_words())

    def _raise(self, change: Change, order: int, *, newest: bool) -> None:
        values: dict[str, Any] = {
            "rev": uuid4().hex,
            "marked_ms": arrived_ms(change.order),
            "version": change.version,
            "queued_ms": change.queued_ms,
            "order": order,
            "due": keys.due(0, order),
            "force": True,
            "manual": True,
            **dict.fromkeys(_WAITING, 0),
            "awaits": -1,
            "done_version": -1,
        }
        sets = [*expressions.put(["rev", "marked_ms"]), *expressions.keep(_FIRST_ONLY)]
        if newest:
            sets += expressions.put(["version"])
            condition = "(attribute_not_exists(#version) OR #version <= :version)"
        else:
            condition = "attribute_exists(#version)"
        if change.force:
            sets += expressions.put(["force", "due", *_TRIED])
            sets += expressions.keep(_LOOKS)
            condition += " AND (attribute_not_exists(#order) OR #order = :order)"
        else:
            sets += expressions.keep(["due", *_WAITING])
        if change.manual:
            sets += expressions.put(["manual"])
        with our_errors():
            self._client.update_item(
                TableName=self._table,
                Key=_key(change),
                **expressions.update(sets, values, condition),
            )

    def _due(self, partition: str, now_ms: int, limit: int) -> list[Item]:
        items = bulk.query_all(
            self._client,
            TableName=self._table,
            IndexName=keys.BY_DUE,
            KeyConditionExpression="pk = :pk AND due <= :until",
            ExpressionAttributeValues={
                ":pk": {"S": partition},
                ":until": {"S": keys.due_until(now_ms)},
            },
            Limit=limit,
        )
        return list(islice(items, limit))


def _key(row: PendingRow | Change) -> keys.Key:
    return keys.key(keys.pending_partition(row.store, row.lane, row.product), row.product)


def _unchanged(row: PendingRow) -> list[statements.Condition]:
    return [("rev", "=", row.rev)]


def _waits(row: PendingRow) -> dict[str, Any]:
    waits = {name: getattr(row, name) for name in _WAITING}
    unsure = {"unsure": True} if row.unsure else {}
    return {
        **waits,
        **unsure,
        "due": keys.due(row.not_before_ms, row.order),
        "queued_ms": row.queued_ms,
    }


def _row(store: StoreId, lane: Lane, item: Item) -> PendingRow:
    values = from_item(item)
    return PendingRow(
        store=store,
        lane=lane,
        product=PosProductId(values["sk"]),
        rev=Rev(values["rev"]),
        version=values["version"],
        queued_ms=values["queued_ms"],
        order=values["order"],
        force=values.get("force", False),
        manual=values.get("manual", False),
        attempts=values["attempts"],
        not_before_ms=values["not_before_ms"],
        awaits=values.get("awaits", -1),
        seen_stale_ms=values["seen_stale_ms"],
        done_version=values.get("done_version", -1),
        absent_ms=values.get("absent_ms", 0),
        older_ms=values.get("older_ms", 0),
        unsure=values.get("unsure", False),
        marked_ms=values.get("marked_ms", 0),
    )
