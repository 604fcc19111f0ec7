"""A clock that really waits."""

import time

from tests.house_parts import HouseClock


class WallClock(HouseClock):
    """Really waits, because the store's quota does."""

    def now_ms(self) -> int:
        """Return epoch milliseconds."""
        return time.time_ns() // 1_000_000

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(max(0.0, seconds))  # the store's quota passes in real time
