"""Writes that were accepted, got no answer, and are carried out later (hazard applied-late)."""

import time
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

MOST_SECONDS = 840.0
"""The latest that a write is carried out: 14 minutes after it was sent."""


class LateWrites:
    """Writes that wait, each until its time. `wait` lets time pass for them alone."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, int, Callable[[], object]]] = []
        self._numbers = count()
        self._ahead = 0.0

    def add(self, seconds: float, carry_out: Callable[[], object]) -> None:
        """Have a write carried out so many seconds from now, MOST_SECONDS at most."""
        at = self._now() + min(seconds, MOST_SECONDS)
        heappush(self._waiting, (at, next(self._numbers), carry_out))

    def wait(self, seconds: float) -> None:
        """Let this much time pass at once, and carry out what is due then, in the order of time."""
        self._ahead += seconds
        self.carry_out_due()

    def carry_out_due(self) -> None:
        """Carry out every write whose time has come."""
        while self._waiting and self._waiting[0][0] <= self._now():
            heappop(self._waiting)[2]()

    def __len__(self) -> int:
        return len(self._waiting)

    def _now(self) -> float:
        return time.monotonic() + self._ahead
