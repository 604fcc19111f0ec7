"""What a list of the views asks DynamoDB for, and what page its answer is: no call is made here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.cursors import Place, cursor_of
from tillbridge.adapters.dynamodb.row_items import (
    BY_NAME,
    BY_STATE,
    state_partition,
)
from tillbridge.domain.ids import StoreId
from tillbridge.domain.search_terms import shown_at
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.listing import ListPage

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Index:
    """An index of the table, the partition of it that a list reads, and that of the rows."""

    name: str
    hash: str
    range: str
    partition: str
    rows: str
    begins: str = ""
    """With what the keys of the list begin in it."""

    def key(self, place: Place) -> dict[str, Any]:
        """Return a place as a query begins behind it: the keys of the row, and those of the index."""
        parts = {"pk": self.rows, "sk": place.row, self.hash: self.partition}
        return {name: {"S": text} for name, text in (parts | {self.range: place.order}).items()}


@dataclass(frozen=True, slots=True)
class Window:
    """Where a page lies: behind `after`, or before `before`. `backwards`: the list goes from Z to A."""

    after: Place | None
    before: Place | None
    backwards: bool
    limit: int

    @property
    def forward(self) -> bool:
        """Return whether keys are read in their own order."""
        return self.backwards == (self.before is not None)


def index_of(store: StoreId, side: str, question: Question) -> Index:
    """Return the index that has a list in its order: by name, or by cause where it is of one state."""
    rows = keys.copy_partition(store, side)
    if question.state is None:
        return Index(BY_NAME, "pk", "by_name", rows, rows)
    partition = state_partition(store, side, question.state)
    begins = f"{question.cause}#" if question.cause else ""
    return Index(BY_STATE, "in_state", "by_code", partition, rows, begins)


def query_of(table: str, index: Index, *, forward: bool) -> dict[str, Any]:
    """Return the query of all keys of a list, Z to A unless `forward`."""
    condition, values = f"{index.hash} = :partition", {":partition": {"S": index.partition}}
    if index.begins:
        condition += f" AND begins_with({index.range}, :begins)"
        values[":begins"] = {"S": index.begins}
    return {
        "TableName": table,
        "IndexName": index.name,
        "KeyConditionExpression": condition,
        "ExpressionAttributeValues": values,
        "ScanIndexForward": forward,
    }


def beginning_with(table: str, partition: str, begins: str, limit: int) -> dict[str, Any]:
    """Return the query of at most `limit` items of a partition whose sort keys begin so."""
    return {
        "TableName": table,
        "KeyConditionExpression": "pk = :pk AND begins_with(sk, :begins)",
        "ExpressionAttributeValues": {":pk": {"S": partition}, ":begins": {"S": begins}},
        "Limit": limit,
    }


def is_shown(row: ViewRow, question: Question, term: str) -> bool:
    """Return whether a search shows a row that it found by this term: once, by the first of those that fit."""
    fits = question.state is None or row.state is question.state
    fits = fits and (not question.cause or row.code == question.cause)
    return fits and not row.deleted and shown_at(row, question.text) == term


def page_of(
    rows: tuple[ViewRow, ...],
    what: tuple[str, ...],
    window: Window,
    places: Sequence[Place],
    *,
    more: bool,
) -> ListPage:
    """Return a page with its cursors. `more`: keys follow in the direction in which these were read."""
    follows = more if window.before is None else True
    precedes = more if window.before is not None else window.after is not None
    edges = (places[0], places[-1]) if places else (window.after, window.before)
    first, last = edges
    return ListPage(
        rows,
        after=cursor_of(what, last) if follows and last else "",
        before=cursor_of(what, first) if precedes and first else "",
    )


def searched_page(
    shown: Sequence[tuple[Place, ViewRow]],
    seen: Place | None,
    what: tuple[str, ...],
    window: Window,
    *,
    more: bool,
) -> ListPage:
    """Return a page of a search with its cursors. `seen`: the last place that was looked through, shown or not."""
    rows = tuple(row for _, row in shown)
    places = [place for place, _ in shown]
    if window.before is not None:
        rows, places = rows[::-1], places[::-1]
    if more and seen is not None:  # terms may have been looked through that show nothing
        places = [seen, *places] if window.before is not None else [*places, seen]
    page = page_of(rows, what, window, places, more=more)
    further = more and len(rows) < window.limit
    return ListPage(page.rows, page.after, page.before, further)
