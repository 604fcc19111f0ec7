"""How well the domains that hooks call answer, and which are blocked for a while."""

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any

WINDOW, LEAST_CALLS, LEAST_SUCCESS, BLOCKED_FOR = 120, 100, 0.9, 180


@dataclass(slots=True)
class Domains:
    """Calls of the last two minutes by domain. From 100 calls on, a domain that answers fewer than
    90 % of them with success is blocked for three minutes. Times are the book's; thread-safe."""

    _calls: dict[str, deque[tuple[float, bool]]] = field(default_factory=dict)
    _until: dict[str, tuple[float, int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def is_blocked(self, domain: str, now: float) -> bool:
        """Return whether no call may go to a domain."""
        with self._lock:
            return self._until.get(domain, (now, 0))[0] > now

    def note(self, domain: str, now: float, *, success: bool) -> None:
        """Count a call, and block the domain if it is due."""
        with self._lock:
            calls = self._calls.setdefault(domain, deque())
            calls.append((now, success))
            while calls[0][0] <= now - WINDOW:
                calls.popleft()
            failures = sum(not ok for _, ok in calls)
            if len(calls) >= LEAST_CALLS and 1 - failures / len(calls) < LEAST_SUCCESS:
                self._until[domain] = (now + BLOCKED_FOR, failures)
                calls.clear()

    def blocked(self, now: float) -> list[dict[str, Any]]:
        """Return the blocked domains as /hooks/admin shows them."""
        with self._lock:
            return [
                {
                    "destination": domain,
                    "time_left": int(until - now),
                    "reasons": [{"failure_description": "Too many failures", "count": failures}],
                }
                for domain, (until, failures) in self._until.items()
                if until > now
            ]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._calls.clear()
            self._until.clear()
