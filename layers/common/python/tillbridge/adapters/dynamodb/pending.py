"""Pending rows in DynamoDB."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, override
from uuid import uuid4

from tillbridge.adapters.dynamodb import bulk, expressions, keys
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
_UNCHANGED = "#rev = :rev"


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
    def heads(self, store: StoreId, now_ms: int) -> Mapping[Lane, int]:
        heads: dict[Lane, int] = {}
        for lane in Lane:
            firsts = (self._due(each, now_ms, 1) for each in keys.pending_partitions(store, lane))
            if first := min((item["due"]["S"] for items in firsts for item in items), default=None):
                heads[lane] = keys.order_of(first)
        return heads

    @override
    def of(self, store: StoreId, lane: Lane, products: Sequence[str]) -> Sequence[PendingRow]:
        return self.of_lanes(store, [lane], products)

    @override
    def of_lanes(
        self, store: StoreId, lanes: Sequence[Lane], products: Sequence[str]
    ) -> Sequence[PendingRow]:
        lane_of = {keys.pending_partition(store, each, p): each for each in lanes for p in products}
        asked = [
            keys.key(keys.pending_partition(store, lane, product), product)
            for lane in lanes
            for product in products
        ]
        items = bulk.read_all(self._client, self._table, asked)
        return [_row(store, lane_of[item["pk"]["S"]], item) for item in items]

    @override
    def clear(self, rows: Iterable[PendingRow]) -> None:
        bulk.in_parallel(self._clear, rows)

    @override
    def postpone(self, rows: Iterable[PendingRow]) -> None:
        bulk.in_parallel(self._postpone, rows)

    @override
    def doubt(self, rows: Iterable[PendingRow]) -> None:
        bulk.in_parallel(self._doubt, rows)

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
        self._update(change.store, change.lane, change.product, sets, values, condition)

    def _postpone(self, row: PendingRow) -> None:
        values = {
            "rev": row.rev,
            "due": keys.due(row.not_before_ms, row.order),
            "queued_ms": row.queued_ms,
            **{name: getattr(row, name) for name in _WAITING},
        }
        sets = expressions.put(["due", "queued_ms", *_WAITING])
        if row.unsure:
            values["unsure"] = True
            sets += expressions.put(["unsure"])
        try:
            self._update(row.store, row.lane, row.product, sets, values, _UNCHANGED)
        except ConditionFailed as refusal:
            # Marked since: that mark decides when the row is due.
            if row.unsure and refusal.item:
                self._doubt(row)

    def _doubt(self, row: PendingRow) -> None:
        sets, there = expressions.put(["unsure"]), "attribute_exists(#rev)"
        with suppress(ConditionFailed):
            self._update(row.store, row.lane, row.product, sets, {"unsure": True}, there)

    def _clear(self, row: PendingRow) -> None:
        try:
            with our_errors():
                self._client.delete_item(
                    TableName=self._table,
                    Key=_key(row.store, row.lane, row.product),
                    **expressions.conditional(_UNCHANGED, {"rev": row.rev}),
                )
        except ConditionFailed:
            return  # marked since, or cleared already

    def _update(
        self,
        store: StoreId,
        lane: Lane,
        product: PosProductId,
        sets: list[str],
        values: dict[str, Any],
        condition: str,
    ) -> None:
        with our_errors():
            self._client.update_item(
                TableName=self._table,
                Key=_key(store, lane, product),
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


def _key(store: StoreId, lane: Lane, product: PosProductId) -> keys.Key:
    return keys.key(keys.pending_partition(store, lane, product), product)


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
