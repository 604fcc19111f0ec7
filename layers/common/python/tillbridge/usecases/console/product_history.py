"""What happened to a product, as its page, the API and the command line tell it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Protocol

from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.why.events import because_of, who
from tillbridge.domain.why.timeline import did_words
from tillbridge.ports.history import About, History

A_PAGE = 50
"""Lines of a page."""

AHEAD = 25
"""Lines that are read beyond a page: what its last lines changed is told from those before them."""

MOST_LINES = 5_000
"""Lines of a product that the command line reads, the newest: of one that sells a hundred times a day, fifty
days."""


class HistoryDeps(Protocol):
    """What it takes to tell what happened."""

    @property
    def history(self) -> History:
        """The lines."""
        ...


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line in words: what was done, because of what, and who asked ('' where that is not known)."""

    line: ProductLine
    did: str
    because: str
    by: str


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of what happened, newest first, and the cursor of the next one, '' where nothing follows."""

    lines: tuple[LineTold, ...]
    after: str = ""


def product_history(
    deps: HistoryDeps,
    store: StoreId,
    product: PosProductId | None,
    number: StoreProductId | None,
    *,
    after: str = "",
    limit: int = A_PAGE,
) -> HistoryPage:
    """Return a page of what happened to a product of the POS, to one of BigCommerce, or to a linked one: also
    what an import told of it while it was in BigCommerce alone. A request for each side. Raise BadCursor."""
    about = sides(product, number)
    page = deps.history.page(store, about, limit, after=after, ahead=AHEAD)
    return HistoryPage(tuple(told((*page.lines, *page.older), len(page.lines))), page.after)


def newest_lines(
    history: History,
    store: StoreId,
    product: PosProductId | None,
    number: StoreProductId | None,
    most: int = MOST_LINES,
) -> Sequence[ProductLine]:
    """Return the newest lines of a product, and those of its number."""
    every = (history.newest(store, each) for each in sides(product, number))
    return list(islice(merge(*every, key=lambda line: line.at_ms, reverse=True), most))


def told(lines: Sequence[ProductLine], most: int) -> Iterator[LineTold]:
    """Yield the first lines in words. `lines`: newest first."""
    for place, line in enumerate(lines[:most]):
        words = did_words(line, lines[place + 1 :])
        yield LineTold(line, words, because_of(line), who(line))


def sides(product: PosProductId | None, number: StoreProductId | None) -> Sequence[About]:
    """Return what the lines of a product are kept under."""
    return [each for each in (product, number) if each is not None]
