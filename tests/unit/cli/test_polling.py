"""Commands that wait poll, pause between looks, and give up when nothing changes."""

import itertools
from collections.abc import Callable

import pytest

from cli.asking import polling as looking
from cli.asking.polling import POLL_S, poll


class Clock:
    """A clock that moves only while a command looks or sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.rests: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(looking, "time", made)
    return made


def _taking(clock: Clock, seconds: float, see: Callable[[], int]) -> Callable[[], int]:
    def look() -> int:
        clock.now += seconds
        return see()

    return look


def test_looking_takes_a_fifth_of_the_time_at_most(clock: Clock) -> None:
    slow = poll(_taking(clock, 2.0, itertools.count().__next__), 60, lambda _: TimeoutError())
    assert list(itertools.islice(slow, 3)) == [0, 1, 2]
    assert clock.rests == [8.0, 8.0]


def test_quick_looks_come_four_times_a_second(clock: Clock) -> None:
    quick = poll(_taking(clock, 0.0, itertools.count().__next__), 60, lambda _: TimeoutError())
    list(itertools.islice(quick, 3))
    assert clock.rests == [POLL_S, POLL_S]


def test_what_does_not_change_for_too_long_ends_with_what_was_seen_last(clock: Clock) -> None:
    still = poll(_taking(clock, 1.0, lambda: 7), 60, lambda seen: TimeoutError(f"still {seen}"))
    with pytest.raises(TimeoutError, match="still 7"):
        list(still)
    assert 60 < clock.now < 70


def test_what_goes_on_slowly_is_waited_for(clock: Clock) -> None:
    moving = poll(_taking(clock, 1.0, lambda: int(clock.now // 40)), 60, lambda _: TimeoutError())
    assert len(list(itertools.islice(moving, 500))) == 500
