"""Signals in memory; they keep the promises of `tillbridge.ports.signals`."""

from collections.abc import Sequence
from threading import Lock

from tillbridge.domain.ids import StoreId

LONGEST_WAKE = 900.0


class FakeSignals:
    """`signalled` and `wakes` are for assertions, in the order they were sent."""

    def __init__(self) -> None:
        self.signalled: list[StoreId] = []
        self.wakes: list[tuple[StoreId, float]] = []
        self._lock = Lock()

    def signal(self, store: StoreId) -> None:
        with self._lock:
            self.signalled.append(store)

    def signal_all(self, stores: Sequence[StoreId]) -> Sequence[StoreId]:
        for store in stores:
            self.signal(store)
        return []

    def wake(self, store: StoreId, seconds: float) -> None:
        with self._lock:
            self.wakes.append((store, min(max(seconds, 0.0), LONGEST_WAKE)))
