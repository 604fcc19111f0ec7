"""The calls that the account answered."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Called:
    """One answered call; `path` is the route's template, or what was asked if there is no route. It was answered `at`
    this time (epoch seconds, of the account's clock)."""

    method: str
    path: str
    query: str
    status: int | None
    ms: float
    agent: str
    at: float = 0.0

    def json(self) -> dict[str, Any]:
        """Return the call as the control routes list it."""
        return {
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "status": self.status,
            "ms": round(self.ms, 3),
            "agent": self.agent,
        }


@dataclass(slots=True)
class CallLog:
    """Calls in the order they were answered. Thread-safe."""

    _calls: list[Called] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, call: Called) -> None:
        """Note a call; status is None where the connection was cut."""
        with self._lock:
            self._calls.append(call)

    def every(self, fits: Callable[[Called], bool] = lambda _: True) -> list[Called]:
        """Return the calls that fit."""
        with self._lock:
            return [call for call in self._calls if fits(call)]

    def counted(self) -> Counter[str]:
        """Return how often each method and path was called."""
        return Counter(f"{call.method} {call.path}" for call in self.every())

    def clear(self) -> None:
        """Forget the calls."""
        with self._lock:
            self._calls.clear()
