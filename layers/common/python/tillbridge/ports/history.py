"""What happened to each product, kept for ninety days."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId

type About = PosProductId | StoreProductId
"""A product of the POS or, by number, one of BigCommerce that has no POS product."""


@dataclass(frozen=True, slots=True)
class LinePage:
    """A page of lines, newest first. `older`: those that follow, as many as were asked for ahead. `after`: the
    cursor of the next page, '' where no line follows."""

    lines: tuple[ProductLine, ...]
    older: tuple[ProductLine, ...] = ()
    after: str = ""


class History(Protocol):
    """The history as those who do something write it. Each method may raise RetryLater. Nothing but what
    is told to people and a learned safety stock depends on it, so whoever writes goes on without."""

    def write(self, store: StoreId, lines: Iterable[ProductLine]) -> None:
        """Keep lines. One that is written twice is kept twice, and tells of a second try."""
        ...

    def of(
        self, store: StoreId, product: PosProductId, from_ms: int, to_ms: int
    ) -> Sequence[ProductLine]:
        """Return the lines of a product between two times (epoch ms, both included), oldest first. One
        that cannot be read is left out, and logged."""
        ...

    def newest(self, store: StoreId, about: About) -> Iterator[ProductLine]:
        """Yield all lines, newest first; more are read as they are asked for. One that cannot be read is left out, and logged."""
        ...

    def page(
        self, store: StoreId, about: Sequence[About], limit: int, *, after: str = "", ahead: int = 0
    ) -> LinePage:
        """Return a page of the lines of all that are named, newest first among them, and up to `ahead` more
        lines: a request for each that is named, whatever is kept of it, as long as both are 1,000 lines at
        most. One that cannot be read is left out, and logged. Raise BadCursor for an `after` that is none of
        these products'."""
        ...
