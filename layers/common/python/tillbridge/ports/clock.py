"""The wall clock."""

from typing import Protocol


class Clock(Protocol):
    """The wall clock, for waiting and for metrics. No order of events is ever taken from it."""

    def now_ms(self) -> int:
        """Return the time in epoch milliseconds."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait for this many seconds."""
        ...
