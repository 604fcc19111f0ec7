"""Time."""

from typing import Protocol


class Clock(Protocol):
    """The wall clock, for waiting and for figures. No order of events is ever taken from it."""

    def now_ms(self) -> int:
        """Epoch milliseconds."""
        ...

    def sleep(self, seconds: float) -> None:
        """Waits."""
        ...
