"""A POS that answers from a copy which lags behind: each record shows so long after it was saved."""

from typing import override

from tests.fakes.clock import FakeClock
from tests.fakes.pos import FakePos
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.product import Product


class LaggingPos(FakePos):
    """Shows each record `lag_ms` after it was saved; before its first shows, a product is missing."""

    def __init__(self, clock: FakeClock, lag_ms: int) -> None:
        super().__init__()
        self._clock, self.lag_ms = clock, lag_ms
        self._saved: dict[PosProductId, list[tuple[int, Product]]] = {}

    @override
    def save(self, product: Product) -> None:
        super().save(product)
        self._saved.setdefault(product.id, []).append((self._clock.now_ms(), product))

    @override
    def _shown(self, product: PosProductId) -> Product | None:
        until = self._clock.now_ms() - self.lag_ms
        return next((p for at, p in reversed(self._saved.get(product, [])) if at <= until), None)
