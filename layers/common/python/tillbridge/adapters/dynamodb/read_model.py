"""The read model in DynamoDB: the rows that the views list, and what they are found by."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import batched
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.detail_items import detail_item, details_of, is_detail
from tillbridge.adapters.dynamodb.row_items import is_listed, row_item, row_key, rows_of, term_item
from tillbridge.domain.details.detail import Detail
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.ids import StoreId
from tillbridge.domain.search_terms import found_by, terms_of
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.read_model import Details, RowKey, Views

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

type _Revised = tuple[ViewRow | None, ViewRow | None]
"""A row as it is there, and as it is to be; None where there is none."""


class DynamoReadModel(Views):
    """One item per product; a side of a store is a partition, and its search terms another. May raise
    RetryLater."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def put(self, store: StoreId, rows: Iterable[ViewRow]) -> None:
        wanted = {(row.side, row.id): row for row in rows}
        self.revise(store, wanted.keys(), lambda _: wanted.values())

    @override
    def revise(
        self,
        store: StoreId,
        asked: Collection[RowKey],
        compose: Callable[[Mapping[RowKey, ViewRow]], Iterable[ViewRow]],
        details: Details | None = None,
    ) -> None:
        # Most rows that are composed are there already. To read one costs a fifth of a write.
        # One of an older release counts as none, or what did not change since would be in no list.
        items = list(self._items(store, asked, details.needs if details else ()))
        stored = details_of(filter(is_detail, items))
        there = self._rows(each for each in items if not is_detail(each) and is_listed(each))
        rows: dict[RowKey, ViewRow] = {}
        news: list[Detail] = []
        for row in compose(there):
            key = (row.side, row.id)
            before = there[key].detail if key in there else ""
            detail = details.compose(key, stored.get(key)) if details else None
            digest = detail.digest if detail else before
            if detail and digest != before:
                news.append(detail)
            rows[key] = replace(row, detail=digest)
        self._write(store, [(there.get(key), row) for key, row in rows.items()], news)

    @override
    def get(self, store: StoreId, side: str, ids: Sequence[str]) -> Mapping[str, ViewRow]:
        # People name products in addresses: DynamoDB refuses a key that is blank or too long.
        asked = [(side, each) for each in ids if 0 < len(each) <= LONGEST_ID]
        return {row.id: row for row in self._read(store, asked).values()}

    @override
    def ids(self, store: StoreId, side: str) -> Iterator[str]:
        return (item["sk"]["S"] for item in self._all(store, side, ProjectionExpression="sk"))

    @override
    def every(self, store: StoreId, side: str) -> Iterator[ViewRow]:
        return rows_of(self._all(store, side))

    @override
    def remove(self, store: StoreId, side: str, ids: Iterable[str]) -> None:
        for some in batched(ids, bulk.READ_BATCH, strict=False):
            there = self._read(store, [(side, each) for each in some])
            # One that cannot be read names no terms; without a row nothing shows them. Nor does it say whether
            # it has a detail.
            unread = [each for each in some if (side, each) not in there]
            detailed = [row.id for row in there.values() if row.detail]
            # Before the rows: what a kill leaves is then found again.
            gone = [keys.detail(store, side, each) for each in (*unread, *detailed)]
            self._in_batches(bulk.delete_all, gone)
            self._write(store, [(row, None) for row in there.values()])
            self._in_batches(bulk.delete_all, [row_key(store, side, each) for each in unread])

    @override
    def details(self, store: StoreId, asked: Collection[RowKey]) -> Mapping[RowKey, Detail]:
        named = [key for key in asked if 0 < len(key[1]) <= LONGEST_ID]
        return details_of(self._items(store, (), named))

    def _read(self, store: StoreId, asked: Iterable[RowKey]) -> Mapping[RowKey, ViewRow]:
        return self._rows(self._items(store, asked))

    def _items(
        self, store: StoreId, asked: Iterable[RowKey], details: Iterable[RowKey] = ()
    ) -> Iterable[Item]:
        wanted = [row_key(store, side, id_) for side, id_ in asked]
        wanted += [keys.detail(store, side, id_) for side, id_ in details]
        return bulk.read_all(self._client, self._table, wanted)

    @staticmethod
    def _rows(items: Iterable[Item]) -> Mapping[RowKey, ViewRow]:
        return {(row.side, row.id): row for row in rows_of(items)}

    def _write(
        self, store: StoreId, revised: Iterable[_Revised], details: Iterable[Detail] = ()
    ) -> None:
        """Write what differs. A row tells which terms it has: they come before it, and go before the last of
        it goes and after it has lost them, so that a kill leaves no row that a search does not find. So comes
        its detail, whose digest it tells: a kill leaves none that is old and counts as new."""
        differ = [(old, new) for old, new in revised if _differ(old, new)]
        gained = _terms(store, ((new, old) for old, new in differ))
        lost = _terms(store, ((old, new) for old, new in differ))
        gained += [detail_item(store, each) for each in details]
        self._in_batches(bulk.write_all, gained)
        rows = [row_item(store, new) for _, new in differ if new is not None]
        self._in_batches(bulk.write_all, rows)
        self._in_batches(bulk.delete_all, [_key(item) for item in lost])
        gone = [row_key(store, old.side, old.id) for old, new in differ if old and new is None]
        self._in_batches(bulk.delete_all, gone)

    def _in_batches[T](
        self, write: Callable[["DynamoDBClient", str, Iterable[T]], None], items: Sequence[T]
    ) -> None:
        one = partial(write, self._client, self._table)
        bulk.in_parallel(one, batched(items, bulk.WRITE_BATCH, strict=False))

    def _all(self, store: StoreId, side: str, **more: Any) -> Iterator[Item]:
        return bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": keys.copy_partition(store, side)}},
            **more,
        )


def _differ(old: ViewRow | None, new: ViewRow | None) -> bool:
    return old != new or (old is not None and new is not None and old.detail != new.detail)


def _terms(store: StoreId, pairs: Iterable[tuple[ViewRow | None, ViewRow | None]]) -> list[Item]:
    """Return the items of those terms which the first of a pair has and the second has not."""
    return [
        term_item(store, one.side, term, one.id)
        for one, other in pairs
        if one is not None
        if other is None or found_by(one) != found_by(other)
        for term in sorted(terms_of(one) - (terms_of(other) if other else frozenset()))
    ]


def _key(item: Item) -> keys.Key:
    return {"pk": item["pk"], "sk": item["sk"]}
