"""The window of calls: 300 for each register and 50 more, in fixed five minutes (fact 13)."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime

PER_REGISTER, BASE = 300, 50


class Quota:
    """Calls spent in the present window. The caller holds the lock; times are seconds of `clock`."""

    def __init__(self, limit: int, window_s: float, clock: Callable[[], float]) -> None:
        self.limit = limit
        self.window_s = window_s
        self._clock = clock
        self._window = -1
        self.used = 0
        self.refused = 0

    def take(self) -> bool:
        """Spend a call; return False if none is left."""
        self._turn()
        if self.used >= self.limit:
            self.refused += 1
            return False
        self.used += 1
        return True

    def spend(self, calls: int) -> None:
        """Spend calls of somebody else."""
        self._turn()
        self.used = min(self.limit, self.used + calls)

    def headers(self) -> dict[str, str]:
        """Return the headers of every answer."""
        self._turn()
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "X-RateLimit-Reset": str(int(self.ends_at())),
        }

    def ends_at(self) -> float:
        """Return the end of the window under way."""
        # Windows follow one another on a fixed grid, whoever calls.
        return (self._clock() // self.window_s + 1) * self.window_s

    def _turn(self) -> None:
        window = int(self._clock() // self.window_s)
        if window != self._window:
            self._window, self.used = window, 0


def limit_of(registers: int) -> int:
    """Return the calls of a window for this many registers."""
    return PER_REGISTER * registers + BASE


def http_date(moment: float) -> str:
    """Return a time as HTTP writes dates, in whole seconds."""
    return format_datetime(datetime.fromtimestamp(int(moment), UTC), usegmt=True)
