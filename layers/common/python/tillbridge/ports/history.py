"""What happened to each product, kept for ninety days."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId

type About = PosProductId | StoreProductId
"""A product of the POS or, by number, one of BigCommerce that has no POS product."""


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
