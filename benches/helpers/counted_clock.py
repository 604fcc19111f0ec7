"""A clock that is the same on every machine."""

import time
from itertools import count

from tests.house_parts import HouseClock

_READINGS_A_MS = 20
"""Within a slice's time a drain reads the clock some thousand times: it must not use that time up."""


class CountedClock(HouseClock):
    """Passes while somebody waits, and a little with each reading: a machine that is slow, or stands still,
    ends no slice and gathers no other rows."""

    def __init__(self) -> None:
        super().__init__()
        self._began_ms = time.time_ns() // 1_000_000
        self._readings = count()

    def now_ms(self) -> int:
        """Return epoch milliseconds."""
        return self._began_ms + next(self._readings) // _READINGS_A_MS + self._ahead_ms
