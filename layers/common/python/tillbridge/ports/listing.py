"""The lists of the views: a page by name, by state or by search, at the cost of a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import RowState, ViewRow

A_PAGE = 50
"""Rows of a page."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows of one page. `after` and `before` are cursors of the next page and of the one before, '' where there
    is none. `further`: fewer rows than asked for were found in what was read, and more may fit behind `after`."""

    rows: tuple[ViewRow, ...]
    after: str = ""
    before: str = ""
    further: bool = False


@dataclass(frozen=True, slots=True)
class Causes:
    """The products of a state by their code ('' for none), each in the order of names. `more`: there are more
    than were read, of the last code or of others."""

    products: Mapping[str, tuple[str, ...]]
    more: bool = False


class Listing(Protocol):
    """Lists of products that are not deleted. A cursor is text from outside: one that cannot be read, or is of
    another list, raises BadCursor. May raise RetryLater."""

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
        """Return a page in the order of names (`backwards`: from Z to A), or of search terms where the question
        has a text: two requests, whatever the size of the store. Of failed products the order is by cause,
        then name."""
        ...

    def waiting(
        self, store: StoreId, lane: Lane, *, after: str = "", limit: int = A_PAGE
    ) -> ListPage:
        """Return rows of POS products that wait in a lane, in no particular order."""
        ...

    def ids(self, store: StoreId, side: str, question: Question) -> Iterator[str]:
        """Yield the id of every product that fits, each once; more are read as they are asked for."""
        ...

    def causes(self, store: StoreId, side: str, state: RowState, limit: int) -> Causes:
        """Return the first `limit` products of a state by their codes: one request, for up to 500."""
        ...

    def named(
        self, store: StoreId, products: Sequence[tuple[str, str]]
    ) -> Mapping[tuple[str, str], ViewRow]:
        """Return the rows of products of both sides, by side and id: one request for up to 100."""
        ...
