"""The real clock."""

import time
from typing import override

from tillbridge.ports.clock import Clock


class SystemClock(Clock):
    """The machine's wall clock."""

    @override
    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    @override
    def sleep(self, seconds: float) -> None:
        time.sleep(max(seconds, 0.0))  # whoever asks the clock says why
