"""Time that passes only while somebody waits or calls; what is to happen meanwhile happens then."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Any

import requests

from tests.house_parts import HouseClock


class Killed(BaseException):
    """The function was killed in the middle of a call."""


class VirtualClock(HouseClock):
    """Begins at the present time. What is due while time passes is done in its order, one at a time: what
    it takes itself is time, too."""

    def __init__(self) -> None:
        super().__init__()
        self._now_ms = time.time_ns() // 1_000_000
        self._coming: list[tuple[int, int, Callable[[], None]]] = []
        self._numbers = count()

    def now_ms(self) -> int:
        return self._now_ms

    def sleep(self, seconds: float) -> None:
        until = self._now_ms + round(max(0.0, seconds) * 1_000)
        while self._coming and self._coming[0][0] <= until:
            at, _, do = heappop(self._coming)
            self._now_ms = max(self._now_ms, at)
            do()
        self._now_ms = max(self._now_ms, until)

    def after(self, seconds: float, do: Callable[[], None]) -> None:
        """Do something later."""
        at = self._now_ms + round(seconds * 1_000)
        heappush(self._coming, (at, next(self._numbers), do))

    def next_s(self) -> float | None:
        """Return in how many seconds the next thing is to happen; None when nothing is."""
        return max(0, self._coming[0][0] - self._now_ms) / 1_000 if self._coming else None


@dataclass(slots=True)
class Calls:
    """Calls that take their time. `dies_after`: so many calls from now the caller is killed, half the time
    after its call was answered; None: it lives. `set_levels`: when calls began that set levels (seconds)."""

    clock: VirtualClock
    dice: random.Random
    dies_after: int | None = None
    set_levels: list[float] = field(default_factory=list)

    def slow(self, session: requests.Session, most: float) -> None:
        """Have the calls of a session take up to `most` seconds there, and as long back."""
        send = session.request

        def request(*args: Any, **kwargs: Any) -> requests.Response:
            if str(args[1]).endswith("/adjustments/absolute"):
                self.set_levels.append(self.clock.now_ms() / 1_000)
            self.clock.sleep(self.dice.uniform(most / 4, most))
            dies = self._dies()
            if dies and self.dice.random() < 0.5:
                raise Killed
            answer = send(*args, **kwargs)
            self.clock.sleep(self.dice.uniform(most / 4, most))
            if dies:
                answer.close()
                raise Killed
            return answer

        setattr(session, "request", request)  # noqa: B010 - a method of a library's object

    def _dies(self) -> bool:
        if self.dies_after is None:
            return False
        self.dies_after -= 1
        if self.dies_after > 0:
            return False
        self.dies_after = None
        return True
