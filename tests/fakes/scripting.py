"""How a fake fails on request, which calls it received, and which ran at the same time."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import sleep
from typing import Any

from tillbridge.domain.errors import TillbridgeError


@dataclass(frozen=True, slots=True)
class Called:
    """One call: the port's method, the BigCommerce products it touches, and what was sent."""

    method: str
    touches: frozenset[int]
    sent: Any = None


@dataclass(slots=True)
class Script:
    """The call log and the failures to come.

    `latency` is seconds each call really takes, so that calls made from threads overlap.
    `violations` says in words which overlapping calls BigCommerce would have broken.
    """

    log: list[Called] = field(default_factory=list)
    latency: float = 0.0
    violations: list[str] = field(default_factory=list)
    most_in_flight: int = 0
    _failures: dict[str, deque[tuple[TillbridgeError, bool] | None]] = field(default_factory=dict)
    _under_way: list[Called] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def fail_next(
        self, method: str, error: TillbridgeError, *, applied: bool, after: int = 0
    ) -> None:
        """Make the next call of `method` raise `error`, before or after it was applied; let `after`
        calls of it through first."""
        coming = self._failures.setdefault(method, deque())
        coming.extend([None] * after)
        coming.append((error, applied))

    def stop_failing(self, method: str) -> None:
        """Let calls of `method` succeed from now on."""
        self._failures.pop(method, None)

    def play[T](self, called: Called, work: Callable[[], T]) -> T:
        """Do the work of one call, or fail as requested."""
        with self._lock:
            self.log.append(called)
            self._note_overlaps(called)
            self._under_way.append(called)
            self.most_in_flight = max(self.most_in_flight, len(self._under_way))
        try:
            if self.latency:
                sleep(self.latency)
            with self._lock:
                return self._answer(called.method, work)
        finally:
            with self._lock:
                self._under_way.remove(called)

    def _answer[T](self, method: str, work: Callable[[], T]) -> T:
        waiting = self._failures.get(method)
        if not waiting:
            return work()
        failure = waiting.popleft()
        if failure is None:
            return work()
        error, applied = failure
        if applied:
            work()
        raise error

    def _note_overlaps(self, called: Called) -> None:
        for other in self._under_way:
            shared = called.touches & other.touches
            if shared:
                self.violations.append(
                    f"{called.method} and {other.method} both touch {sorted(shared)}"
                )
            if "set_stock" in (called.method, other.method):
                self.violations.append(f"{called.method} ran beside {other.method}")
