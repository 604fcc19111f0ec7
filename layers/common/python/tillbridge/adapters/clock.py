"""The real clock."""

import time


class SystemClock:
    """The machine's wall clock."""

    def now_ms(self) -> int:
        """Return epoch milliseconds."""
        return time.time_ns() // 1_000_000

    def sleep(self, seconds: float) -> None:
        """Wait; return at once when `seconds` is 0 or less."""
        time.sleep(max(seconds, 0.0))
