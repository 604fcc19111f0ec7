"""Pending rows in DynamoDB."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, override
from uuid import uuid4

from tillbridge.adapters.dynamodb import bulk, keys, marks, statements
from tillbridge.adapters.dynamodb.attributes import HIGHEST, Item, from_item, is_newer
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.domain.history.packing import because_of
from tillbridge.domain.ids import PosProductId, Rev, StoreId
from tillbridge.domain.lanes import LANES, Holds, Lane, Place
from tillbridge.domain.pending import Change, Look, PendingRow
from tillbridge.ports.pending import PendingRows

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

log = logging.getLogger(__name__)

IN_ORDER, LEAST, MOST = 4, 1_000, 5_000
"""A lane is read in the order of arrival while it has no more rows than IN_ORDER times those that are
asked for, at least LEAST and at most MOST, and they no more than a megabyte. A longer one is read in
pages, by its keys."""

_HEADS = 50
"""Rows of a partition in one page of a look. A lane that fills a page is known to have work, and the look
goes on behind it, so more would only be read and paid: between two waves of an import it looks at thousands."""

_WAITING = (
    "attempts",
    "not_before_ms",
    "done_version",
    "awaits",
    "seen_stale_ms",
    "absent_ms",
    "older_ms",
)
_DUE = (
    "(attribute_not_exists(not_before_ms) OR not_before_ms <= :now)"
    " AND (attribute_not_exists(v) OR v <= :shape)"
)
"""A row of a later release is not due: it waits for that release, and its lane counts as empty without it."""

_SHOWN = {e.lane for e in LANES if e.place is Place.TOGETHER and e.holds is not Holds.REQUESTS}
"""Lanes of whose rows a look reads all that they hold: it costs DynamoDB no more, and saves a reading of
each short one. Of the long ones, which an import fills, it only takes the order."""

_ONLY_ORDER = {
    "ProjectionExpression": "sk, #order",
    "ExpressionAttributeNames": {"#order": "order"},
}


class DynamoPending(PendingRows):
    """One item per store, lane and product. Every method may raise RetryLater.

    A lane is a range of keys, in which the products are scattered by a digest. So the first page of
    a long lane holds rows of any age, and a page from anywhere is as good: where the last page ended
    is remembered by this object, and after the first comes one from a place chosen at random. Nothing
    starves, however many rows are marked meanwhile."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table
        self._places: dict[tuple[StoreId, Lane], str] = {}

    @override
    def mark(self, changes: Iterable[Change]) -> None:
        marks.write(self._client, self._table, marks.marks(changes))

    @override
    def due(self, store: StoreId, lane: Lane, now_ms: int, limit: int) -> Sequence[PendingRow]:
        place = self._places.pop((store, lane), "")
        items: dict[str, Item] = {}
        if place:
            self._page(store, lane, now_ms, (limit, limit), place, items)
        if len(items) < limit:
            self._page(store, lane, now_ms, (limit, _in_order(limit)), "", items)
        return _rows(store, items.values(), limit)

    @override
    def look(self, store: StoreId, now_ms: int, *, with_rows: bool = True) -> Look:
        found: dict[Lane, list[Item]] = {}
        cut: set[Lane] = set()
        together, apart = keys.pending_partitions(store)
        what_together = {} if with_rows else _ONLY_ORDER
        for partition, what in ((together, what_together), (apart, _ONLY_ORDER)):
            after: str | None = ""
            while after is not None:
                after = self._look(partition, after, what | _due_in(partition, now_ms), found, cut)
        oldest = {lane: min(map(_order, items)) for lane, items in found.items()}
        if not with_rows:
            return Look(oldest)
        short = {lane: items for lane, items in found.items() if lane in _SHOWN - cut}
        return Look(oldest, {lane: _rows(store, items) for lane, items in short.items()})

    @override
    def of(self, store: StoreId, lane: Lane, products: Sequence[str]) -> Sequence[PendingRow]:
        return self.of_lanes(store, [lane], products)

    @override
    def of_lanes(
        self, store: StoreId, lanes: Sequence[Lane], products: Sequence[str]
    ) -> Sequence[PendingRow]:
        asked = [keys.pending(store, lane, product) for lane in lanes for product in products]
        items = bulk.read_all(self._client, self._table, asked)
        return known_rows(store, items)

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

    def _page(
        self,
        store: StoreId,
        lane: Lane,
        now_ms: int,
        sizes: tuple[int, int],
        place: str,
        items: dict[str, Item],
    ) -> None:
        """Add due rows of a lane to `items`, by sort key, from `place` on ("" is the beginning), until
        they are as many as the first of `sizes` or the lane is at its end. DynamoDB looks at as many rows
        as the second says, and goes on where too few of them are due. Where more follow, note the place
        for the next page."""
        enough, at_once = sizes
        partition, begins = keys.lane_rows(store, lane)
        query: dict[str, Any] = {
            "KeyConditionExpression": "pk = :pk AND begins_with(sk, :lane)",
            "FilterExpression": _DUE,
            "ExpressionAttributeValues": _values(partition, now_ms) | {":lane": {"S": begins}},
        }
        answer = self._query(partition, place, query | {"Limit": at_once})
        while True:
            items |= {item["sk"]["S"]: item for item in answer["Items"]}
            after = _after(answer)
            if not after:
                return
            if len(items) >= enough:
                # The first page of a long lane is no better than any other.
                self._places[store, lane] = after if place else begins + uuid4().hex[:2]
                return
            answer = self._query(partition, after, query)

    def _look(
        self,
        partition: str,
        after: str,
        query: Mapping[str, Any],
        found: dict[Lane, list[Item]],
        cut: set[Lane],
    ) -> str | None:
        """Note by lane the due rows of a page of a partition. Return where to look on: behind the lane in
        which the page ends, which is then `cut`; None when there is no next one."""
        answer = self._query(partition, after, {**query, "Limit": _HEADS})
        while True:
            for item in answer["Items"]:
                found.setdefault(keys.lane_of(item["sk"]["S"]), []).append(item)
            if not (last := _after(answer)):
                return None
            if (lane := keys.lane_of(last)) in found:
                cut.add(lane)
                return keys.behind(lane)
            answer = self._query(partition, last, query)  # so far all rows of this lane wait

    def _query(self, partition: str, after: str, query: Mapping[str, Any]) -> Mapping[str, Any]:
        from_there: dict[str, Any] = {}
        if after:
            from_there["ExclusiveStartKey"] = keys.key(partition, after)
        with our_errors():
            return self._client.query(
                TableName=self._table, ConsistentRead=True, **query, **from_there
            )


def _in_order(limit: int) -> int:
    return max(limit, LEAST, min(MOST, IN_ORDER * limit))


def _place_in_lane(item: Item) -> tuple[int, int, str]:
    waited = item.get("not_before_ms", {"N": "0"})
    return int(waited["N"]), int(item["order"]["N"]), keys.product_of(item["sk"]["S"])


def _due_in(partition: str, now_ms: int) -> dict[str, Any]:
    return {
        "KeyConditionExpression": "pk = :pk",
        "FilterExpression": _DUE,
        "ExpressionAttributeValues": _values(partition, now_ms),
    }


def _values(partition: str, now_ms: int) -> dict[str, Any]:
    return {":pk": {"S": partition}, ":now": {"N": str(now_ms)}, ":shape": HIGHEST}


def _after(answer: Mapping[str, Any]) -> str:
    last: Mapping[str, Any] = answer.get("LastEvaluatedKey") or {}
    return str(last["sk"]["S"]) if last else ""


def _key(row: PendingRow) -> keys.Key:
    return keys.pending(row.store, row.lane, row.product)


def _unchanged(row: PendingRow) -> list[statements.Condition]:
    return [("rev", "=", row.rev)]


def _waits(row: PendingRow) -> dict[str, Any]:
    waits = {name: getattr(row, name) for name in (*_WAITING, "queued_ms")}
    return {**waits, "unsure": True} if row.unsure else waits


def _order(item: Item) -> int:
    return int(item["order"]["N"])


def _rows(store: StoreId, items: Iterable[Item], limit: int | None = None) -> list[PendingRow]:
    # Cut before they are converted: of a long lane four times as many are read as are asked for.
    return [row_of(store, item) for item in sorted(items, key=_place_in_lane)[:limit]]


def known_rows(store: StoreId, items: Iterable[Item]) -> list[PendingRow]:
    """Return the rows that items hold, without those of a later release, which wait for it."""
    rows = list(items)
    if newer := sum(map(is_newer, rows)):
        log.warning("rows wait for a newer Tillbridge", extra={"store_id": store, "rows": newer})
    return [row_of(store, item) for item in rows if not is_newer(item)]


def row_of(store: StoreId, item: Item) -> PendingRow:
    """Return the row that an item holds. Raise SavedByNewer."""
    values = from_item(item)
    return PendingRow(
        store=store,
        lane=keys.lane_of(values["sk"]),
        product=PosProductId(keys.product_of(values["sk"])),
        rev=Rev(values["rev"]),
        version=values["version"],
        queued_ms=values["queued_ms"],
        order=values["order"],
        force=values.get("force", False),
        manual=values.get("manual", False),
        attempts=values.get("attempts", 0),
        not_before_ms=values.get("not_before_ms", 0),
        awaits=values.get("awaits", -1),
        seen_stale_ms=values.get("seen_stale_ms", 0),
        done_version=values.get("done_version", -1),
        absent_ms=values.get("absent_ms", 0),
        older_ms=values.get("older_ms", 0),
        unsure=values.get("unsure", False),
        marked_ms=values.get("marked_ms", 0),
        because=because_of(values),
        job=values.get("job_key", "").partition("#")[2],
        plan=values.get("plan", ""),
    )
