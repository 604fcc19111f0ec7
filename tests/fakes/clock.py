"""A clock that tests set; it keeps the promises of `tillbridge.ports.clock`."""

from threading import Lock

START_MS = 1_795_262_400_000
"""2026-11-21 12:00 UTC."""


class FakeClock:
    """Stands still: a test sets `now`, and `sleep` advances it and is remembered."""

    def __init__(self, now: int = START_MS) -> None:
        self.now = now
        self.slept: list[float] = []
        self._lock = Lock()

    def now_ms(self) -> int:
        with self._lock:
            return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.now += round(max(seconds, 0.0) * 1000)

    def advance(self, seconds: float) -> None:
        """Let time pass without anybody having slept."""
        with self._lock:
            self.now += round(seconds * 1000)
