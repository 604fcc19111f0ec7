"""What pushes were about to replace, in memory; it keeps the promises of `tillbridge.ports.before_images`."""

from collections.abc import Iterator, Mapping, Sequence
from threading import Lock

from tests.fakes.clock import FakeClock
from tillbridge.domain.before_push import Before, tried_again
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.ports.before_images import KeptBefore
from tillbridge.ports.clock import Clock

KEPT_MS = 90 * 24 * 3_600_000


class FakeBeforeImages:
    """A dict by job and product."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or FakeClock()
        self._kept: dict[tuple[StoreId, str], dict[PosProductId, KeptBefore]] = {}
        self._lock = Lock()

    def keep(self, store: StoreId, job: str, befores: Mapping[PosProductId, Before]) -> None:
        until_ms = self._clock.now_ms() // 1_000 * 1_000 + KEPT_MS
        with self._lock:
            there = self._kept.setdefault((store, job), {})
            for product, before in befores.items():
                known = there.get(product)
                now = before if known is None else tried_again(known.before, before)
                if known is None or now != known.before:
                    there[product] = KeptBefore(product, now, until_ms)

    def of(
        self, store: StoreId, job: str, products: Sequence[PosProductId]
    ) -> Mapping[PosProductId, KeptBefore]:
        there = {each.product: each for each in self.of_job(store, job)}
        return {product: there[product] for product in products if product in there}

    def of_job(self, store: StoreId, job: str) -> Iterator[KeptBefore]:
        with self._lock:
            kept = sorted(self._kept.get((store, job), {}).items())
        return iter([each for _, each in kept if each.until_ms > self._clock.now_ms()])

    def until(self, store: StoreId, job: str) -> int:
        return max((each.until_ms for each in self.of_job(store, job)), default=0)

    @property
    def every(self) -> list[KeptBefore]:
        """Everything that was kept."""
        return [each for kept in self._kept.values() for each in kept.values()]
