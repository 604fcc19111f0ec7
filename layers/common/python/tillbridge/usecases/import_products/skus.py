"""Issue SKUs from blocks of counters."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock

from tillbridge.domain.generated_skus import sku_of
from tillbridge.ports.counters import Counters

BLOCK = 100
"""Counters taken at once: one write yields about 88 SKUs."""


@dataclass(slots=True)
class SkuIssuer:
    """Issues the SKUs of one POS account; a warm function goes on with its block. Thread-safe."""

    counters: Counters
    account: str
    _block: Iterator[int] = field(default_factory=lambda: iter(()))
    _lock: Lock = field(default_factory=Lock)

    def issue(self, count: int) -> tuple[str, ...]:
        """Return `count` new SKUs; none is ever issued twice."""
        with self._lock:
            return tuple(self._next() for _ in range(count))

    def _next(self) -> str:
        while True:
            for counter in self._block:
                if (sku := sku_of(counter)) is not None:
                    return sku
            self._block = iter(self.counters.take(self.account, BLOCK))
