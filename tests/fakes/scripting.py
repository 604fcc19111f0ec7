"""How a fake fails on request, which calls it received, and which ran at the same time."""

import threading
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import sleep
from typing import Any

from tests.fakes.clock import FakeClock
from tillbridge.domain.errors import LostReply, StoreDown, TillbridgeError


@dataclass(frozen=True, slots=True)
class Called:
    """One call: the port's method, the BigCommerce products it touches, and what was sent."""

    method: str
    touches: frozenset[int]
    sent: Any = None


@dataclass(frozen=True, slots=True)
class _Failure:
    error: BaseException | None
    applied: bool
    late_s: float | None


@dataclass(slots=True)
class Script:
    """The call log and the failures to come.

    `begins` is told of each call before anything else happens; what it raises, the call raises.
    `latency` is seconds each call really takes, so that calls made from threads overlap.
    `violations` says in words which overlapping calls BigCommerce would have broken.
    """

    log: list[Called] = field(default_factory=list)
    begins: Callable[[Called], None] = field(default=lambda _: None)
    latency: float = 0.0
    violations: list[str] = field(default_factory=list)
    most_in_flight: int = 0
    clock: FakeClock | None = None
    _failures: dict[str, deque[_Failure | None]] = field(default_factory=dict)
    late: list[tuple[int, Callable[[], Any]]] = field(default_factory=list)
    _unanswered: Counter[int] = field(default_factory=Counter)
    _under_way: list[Called] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def fail_next(
        self,
        method: str,
        error: BaseException | None,
        *,
        applied: bool = False,
        after: int = 0,
        late_s: float | None = None,
    ) -> None:
        """Make the next call of `method` raise `error`, before or after it was applied; let `after`
        calls of it through first. `late_s`: it is carried out so many seconds later. Without an
        error, it was repeated and then answered."""
        assert late_s is None or self.clock, (
            "without a clock nothing would ever be carried out late"
        )
        coming = self._failures.setdefault(method, deque())
        coming.extend([None] * after)
        coming.append(_Failure(error, applied, late_s))

    def stop_failing(self, method: str) -> None:
        """Let calls of `method` succeed from now on."""
        self._failures.pop(method, None)

    def unanswered(self) -> int:
        """Return how many calls of this thread got no answer."""
        with self._lock:
            return self._unanswered[threading.get_ident()]

    def carry_out_due(self) -> None:
        """Carry out the late calls whose time has come."""
        while self.late and self.clock and self.late[0][0] <= self.clock.now_ms():
            _, work = self.late.pop(0)
            with suppress(TillbridgeError):  # refused, and nobody reads the answer
                work()

    def play[T](self, called: Called, work: Callable[[], T]) -> T:
        """Do the work of one call, or fail as requested."""
        self.begins(called)
        with self._lock:
            self.log.append(called)
            self._note_overlaps(called)
            self._under_way.append(called)
            self.most_in_flight = max(self.most_in_flight, len(self._under_way))
        try:
            if self.latency:
                sleep(self.latency)  # calls from threads overlap only in real time
            with self._lock:
                return self._answer(called.method, work)
        finally:
            with self._lock:
                self._under_way.remove(called)

    def _answer[T](self, method: str, work: Callable[[], T]) -> T:
        self.carry_out_due()
        waiting = self._failures.get(method)
        if not waiting:
            return work()
        failure = waiting.popleft()
        if failure is None:
            return work()
        if failure.error is None or isinstance(failure.error, StoreDown | LostReply):
            self._unanswered[threading.get_ident()] += 1
        if failure.late_s is not None and self.clock is not None:
            at = self.clock.now_ms() + round(failure.late_s * 1_000)
            self.late = sorted([*self.late, (at, work)], key=lambda each: each[0])
        if failure.error is None:
            return work()
        if failure.applied:
            work()
        raise failure.error

    def _note_overlaps(self, called: Called) -> None:
        for other in self._under_way:
            shared = called.touches & other.touches
            if shared:
                self.violations.append(
                    f"{called.method} and {other.method} both touch {sorted(shared)}"
                )
            if "set_stock" in (called.method, other.method):
                self.violations.append(f"{called.method} ran beside {other.method}")
