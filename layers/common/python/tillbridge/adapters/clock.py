"""The real clock."""

import time


class SystemClock:
    """The machine's wall clock."""

    def now_ms(self) -> int:
        """Epoch milliseconds."""
        return time.time_ns() // 1_000_000

    def sleep(self, seconds: float) -> None:
        """Waits; nothing when `seconds` is not above 0."""
        time.sleep(max(seconds, 0.0))
