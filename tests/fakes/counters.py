"""Counters in memory; they keep the promises of `tillbridge.ports.counters`."""

from threading import Lock

from tillbridge.domain.generated_skus import FIRST


class FakeCounters:
    """One number per account."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}
        self._lock = Lock()

    def take(self, account: str, count: int) -> range:
        with self._lock:
            start = self._next.get(account, FIRST)
            self._next[account] = start + count
            return range(start, start + count)

    def raise_to(self, account: str, number: int) -> None:
        with self._lock:
            self._next[account] = max(self._next.get(account, FIRST), number)
