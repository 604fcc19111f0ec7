"""The lists of the views in DynamoDB: keys from an index, from the search terms or from the pending rows, then
the rows themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.cursors import Place, cursor_of, place_of
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.adapters.dynamodb.row_items import (
    row_key,
    rows_of,
)
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.search_terms import term_asked
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import POS, RowState, ViewRow
from tillbridge.ports.listing import A_PAGE, Causes, Listing, ListPage

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
from tillbridge.adapters.dynamodb.list_pages import (
    Index,
    Window,
    beginning_with,
    index_of,
    is_shown,
    page_of,
    query_of,
    searched_page,
)

TERMS = 150
"""Search terms that one page reads. They may lead to fewer products: to one by several terms, or to some in
another state."""


class DynamoListing(Listing):
    """Reads the table of the read model, and that of the pending rows for what waits. A list by an index is as
    fresh as the index, which is written a moment after the rows."""

    def __init__(self, client: "DynamoDBClient", table: str, pending_table: str) -> None:
        self._client = client
        self._table = table
        self._pending_table = pending_table

    @override
    def page(
        self,
        store: StoreId,
        side: str,
        question: Question,
        *,
        after: str = "",
        before: str = "",
        backwards: bool = False,
        limit: int = A_PAGE,
    ) -> ListPage:
        text = term_asked(question.text)
        what = (store, side, question.text if text else "", question.state or "", question.cause)
        named = partial(place_of, what, begins=text or None)
        window = Window(
            named(after) if after else None, named(before) if before else None, backwards, limit
        )
        read = self._searched if text else self._listed
        page = read(store, side, question, what, window)
        if window.before is not None and not page.rows and not page.before:
            # What came before is gone: the list begins here now.
            return read(store, side, question, what, replace(window, before=None))
        return page

    @override
    def waiting(
        self, store: StoreId, lane: Lane, *, after: str = "", limit: int = A_PAGE
    ) -> ListPage:
        what = (store, "waiting", lane.value)
        partition, begins = keys.lane_rows(store, lane)
        query = beginning_with(self._pending_table, partition, begins, limit + 1)
        if after:
            query["ExclusiveStartKey"] = keys.key(
                partition, place_of(what, after, begins=begins).order
            )
        found, more = self._query(query)
        sort_keys = [item["sk"]["S"] for item in found[:limit]]
        ids = [keys.product_of(each) for each in sort_keys]
        rows = self._rows(store, POS, ids)
        # One that nobody has read yet waits too.
        shown = tuple(rows.get(id_) or ViewRow(POS, id_, "") for id_ in ids)
        goes_on = more or len(found) > limit
        return ListPage(shown, cursor_of(what, Place(sort_keys[-1])) if goes_on else "")

    @override
    def causes(self, store: StoreId, side: str, state: RowState, limit: int) -> Causes:
        index = index_of(store, side, Question(state=state))
        found, more = self._query(query_of(self._table, index, forward=True) | {"Limit": limit + 1})
        products: dict[str, list[str]] = {}
        for item in found[:limit]:
            code = item[index.range]["S"].partition("#")[0]
            products.setdefault(code, []).append(item["sk"]["S"])
        by_code = {code: tuple(ids) for code, ids in products.items()}
        return Causes(by_code, more or len(found) > limit)

    @override
    def named(
        self, store: StoreId, products: Sequence[tuple[str, str]]
    ) -> Mapping[tuple[str, str], ViewRow]:
        asked = [row_key(store, side, id_) for side, id_ in products]
        found = rows_of(bulk.read_all(self._client, self._table, asked))
        return {(row.side, row.id): row for row in found}

    @override
    def ids(self, store: StoreId, side: str, question: Question) -> Iterator[str]:
        if term_asked(question.text):
            yield from self._ids_found(store, side, question)
            return
        query = query_of(self._table, index_of(store, side, question), forward=True)
        while True:
            with our_errors():
                answer = self._client.query(**query)
            yield from (item["sk"]["S"] for item in answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _listed(
        self,
        store: StoreId,
        side: str,
        question: Question,
        what: tuple[str, ...],
        window: Window,
    ) -> ListPage:
        index = index_of(store, side, question)
        # One key more than a page shows whether another page follows.
        found, more = self._keys(index, window)
        places = [Place(item[index.range]["S"], item["sk"]["S"]) for item in found]
        rows = self._rows(store, side, [place.row for place in places])
        shown = tuple(row for each in places if (row := rows.get(each.row)) and not row.deleted)
        return page_of(shown, what, window, places, more=more)

    def _ids_found(self, store: StoreId, side: str, question: Question) -> Iterator[str]:
        after = ""
        while True:
            found = self.page(store, side, question, after=after, limit=bulk.READ_BATCH)
            yield from (row.id for row in found.rows)
            after = found.after
            if not after:
                return

    def _keys(self, index: Index, window: Window) -> tuple[list[Item], bool]:
        """Return the keys of a page, in the order of the list, and whether more follow in the direction in which
        they were read."""
        query = query_of(self._table, index, forward=window.forward)
        query["Limit"] = window.limit + 1
        start = window.before or window.after
        if start is not None:
            if not start.order.startswith(index.begins):
                raise BadCursor(start.order)
            query["ExclusiveStartKey"] = index.key(start)
        found, more = self._query(query)
        more = more or len(found) > window.limit
        found = found[: window.limit]
        return (found[::-1] if window.before else found), more

    def _searched(
        self,
        store: StoreId,
        side: str,
        question: Question,
        what: tuple[str, ...],
        window: Window,
    ) -> ListPage:
        partition = keys.terms_partition(store, side)
        query = beginning_with(self._table, partition, term_asked(question.text), TERMS)
        query["ScanIndexForward"] = window.forward
        start = window.before or window.after
        if start is not None:
            query["ExclusiveStartKey"] = keys.key(partition, start.order)
        found, more = self._query(query)
        ids = list(dict.fromkeys(item["id"]["S"] for item in found))[: bulk.READ_BATCH]
        rows = self._rows(store, side, ids)
        shown: list[tuple[Place, ViewRow]] = []
        seen: Place | None = None  # how far the terms were looked through
        for item in found:
            if item["id"]["S"] not in ids or len(shown) == window.limit:
                more = True
                break
            seen = Place(item["sk"]["S"])
            row = rows.get(item["id"]["S"])
            if row is not None and is_shown(row, question, keys.term_of(seen.order)):
                shown.append((seen, row))
        return searched_page(shown, seen, what, window, more=more)

    def _query(self, query: Mapping[str, Any]) -> tuple[list[Item], bool]:
        with our_errors():
            answer = self._client.query(**query)
        return list(answer["Items"]), "LastEvaluatedKey" in answer

    def _rows(self, store: StoreId, side: str, ids: Sequence[str]) -> Mapping[str, ViewRow]:
        asked = [row_key(store, side, id_) for id_ in ids]
        return {row.id: row for row in rows_of(bulk.read_all(self._client, self._table, asked))}
