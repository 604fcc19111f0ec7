"""History in DynamoDB: a line is one write unit."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, override
from uuid import uuid4

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item, new_item, refuse_newer
from tillbridge.adapters.dynamodb.cursors import Place, cursor_of, place_of
from tillbridge.adapters.dynamodb.job_items import outcome_key
from tillbridge.domain.history.packing import MOST_BYTES, line_of, text_of
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.ports.history import About, History, LinePage

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_SECONDS = 90 * 24 * 3600

_BESIDE = 60
"""Bytes of an item beside its key's values and its text: names of attributes, `v`, `expires_at`."""

log = logging.getLogger(__name__)


class DynamoHistory(History):
    """A partition for each product, its lines by time."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def write(self, store: StoreId, lines: Iterable[ProductLine]) -> None:
        bulk.write_all(self._client, self._table, [item_of(store, line) for line in lines])

    @override
    def of(
        self, store: StoreId, product: PosProductId, from_ms: int, to_ms: int
    ) -> Sequence[ProductLine]:
        rows = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :from AND :to",
            ExpressionAttributeValues={
                ":pk": {"S": keys.product_history(store, product)},
                ":from": {"S": keys.moment(from_ms)},
                ":to": {"S": f"{keys.moment(to_ms)}~"},
            },
        )
        return [line for row in rows if (line := line_of_item(row, product)) is not None]

    @override
    def newest(self, store: StoreId, about: About) -> Iterator[ProductLine]:
        product = _product(about)
        rows = self._newest(store, about)
        return (line for row in rows if (line := line_of_item(row, product)) is not None)

    @override
    def page(
        self, store: StoreId, about: Sequence[About], limit: int, *, after: str = "", ahead: int = 0
    ) -> LinePage:
        what = ("history", *(_partition(store, each) for each in about))
        behind = place_of(what, after, begins="").order if after else ""
        most = limit + ahead + 1  # the one more says whether anything follows
        found = [
            (row, _product(each))
            for each in about
            for row in islice(self._newest(store, each, behind, most), most)
        ]
        # The keys of all partitions sort by time, and no two are equal.
        found.sort(key=lambda each: each[0]["sk"]["S"], reverse=True)
        page, older = found[:limit], found[limit : limit + ahead]
        last = page[-1][0]["sk"]["S"] if len(found) > limit else ""
        cursor = cursor_of(what, Place(last)) if last else ""
        return LinePage(_lines(page), _lines(older), cursor)

    def _newest(
        self, store: StoreId, about: About, behind: str = "", limit: int = 0
    ) -> Iterator[Item]:
        values = {":pk": {"S": _partition(store, about)}}
        condition = "pk = :pk"
        if behind:
            condition += " AND sk < :behind"
            values[":behind"] = {"S": behind}
        bounded: dict[str, Any] = {"Limit": limit} if limit else {}
        return bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ScanIndexForward=False,
            **bounded,
        )


def item_of(store: StoreId, line: ProductLine) -> Item:
    """Return a line as an item with a key of its own; an outcome is in the index by job, too."""
    partition = _partition(store, line.product or line.web or PosProductId(""))
    key = keys.key(partition, f"{keys.moment(line.at_ms)}#{uuid4().hex[:8]}")
    # An outcome has a key in the index, too.
    found_by = (
        {"job_key": keys.of_job(store, line.job), "did_to": outcome_key(line)}
        if line.outcome
        else {}
    )
    texts = [part["S"] for part in key.values()] + [*found_by, *found_by.values()]
    taken = sum(len(text.encode()) for text in texts)
    room = MOST_BYTES - _BESIDE - taken
    values: dict[str, Any] = {
        "line": text_of(line, room),
        "expires_at": line.at_ms // 1_000 + KEPT_SECONDS,
    }
    values |= found_by
    return new_item(key, values)


def _product(about: About) -> PosProductId:
    return PosProductId("") if isinstance(about, int) else about


def _lines(rows: Iterable[tuple[Item, PosProductId]]) -> tuple[ProductLine, ...]:
    read = (line_of_item(row, product) for row, product in rows)
    return tuple(line for line in read if line is not None)


def _partition(store: StoreId, about: About) -> str:
    if isinstance(about, int):
        return keys.web_history(store, about)
    return keys.product_history(store, about)


def line_of_item(row: Item, product: PosProductId) -> ProductLine | None:
    """Return the line that an item holds. One that cannot be read is logged, and None."""
    try:
        refuse_newer(row)
        line = line_of(int(row["sk"]["S"].partition("#")[0]), product, row["line"]["S"])
        return replace(line, outcome="job_key" in row)
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with one row
        extra = {"row": f"{row['pk']['S']} / {row['sk']['S']}", "why": repr(problem)}
        log.warning("a line of history cannot be read", extra=extra)
        return None
