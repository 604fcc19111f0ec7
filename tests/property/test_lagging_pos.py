"""Whatever a POS's lag, whatever the time between sales and the length of the rush: online follows at
most the lag and a turn behind, and in the end equals the POS."""

from dataclasses import dataclass, field

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import a_product, some_stock
from tests.fakes.clock import FakeClock
from tests.fakes.lagging_pos import LaggingPos
from tests.world import World
from tillbridge.domain.product import Product

FULL = 10_000
LONGEST_TURN_S = 60
"""A turn comes at most a quarter of what was waited later, at least a second and at most a minute;
then the wake, at most a second or a tenth of that."""


def turn_s(lag_s: float) -> float:
    look = min(LONGEST_TURN_S, max(1.0, lag_s / 4))
    return look + max(1.0, look / 10) + 1.5  # and the seconds of this test, and a wake's margin


def sold(number: int) -> Product:
    return a_product(version=number + 1, stock=(some_stock(FULL - number),))


@dataclass
class Rush:
    """A store whose POS lags, second by second; a drain at each event and at each wake."""

    lag_s: float
    world: World = field(init=False)
    sales: list[int] = field(default_factory=list)
    worst_s: float = 0.0
    _woken: int = 0
    _wakes_ms: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        clock = FakeClock()
        pos = LaggingPos(clock, 0)
        self.world = World(clock=clock, pos=pos)
        self.world.linked(sold(0))
        pos.lag_ms = int(self.lag_s * 1000)
        clock.advance(self.lag_s + 1)
        self.world.pos.reads.clear()

    def sell(self) -> None:
        self.sales.append(self.world.clock.now_ms())
        self.world.happens("sale.completed", sold(len(self.sales)))
        self.drain()

    def second(self) -> None:
        self.world.clock.advance(1)
        now = self.world.clock.now_ms()
        if any(wake <= now for wake in self._wakes_ms):
            self.drain()
        level = self.world.link(sold(0)).level
        assert level is not None
        behind = self.sales[FULL - level :]
        if behind:
            self.worst_s = max(self.worst_s, (now - behind[0]) / 1000)

    def drain(self) -> None:
        now = self.world.clock.now_ms()
        self._wakes_ms = [wake for wake in self._wakes_ms if wake > now]
        self.world.push()
        new = self.world.signals.wakes[self._woken :]
        self._woken += len(new)
        self._wakes_ms += [now + seconds * 1000 for _, seconds in new]


def rush(lag_s: float, every_s: int, length_s: int) -> Rush:
    played = Rush(lag_s)
    for second in range(length_s):
        if second % every_s == 0:
            played.sell()
        played.second()
    for _ in range(int(lag_s + 2 * turn_s(lag_s)) + 5):
        played.second()
    return played


def check(played: Rush) -> None:
    world, last = played.world, len(played.sales)
    assert played.worst_s <= played.lag_s + turn_s(played.lag_s)
    link = world.link(sold(0))
    assert link.id is not None
    assert world.web[link.id].levels[1] == FULL - last
    assert (link.stock_version, link.content_version) == (last + 1, last + 1)
    assert not world.pending.rows


@settings(max_examples=20)
@given(
    lag_s=st.one_of(st.integers(0, 30), st.integers(30, 880)).map(float),
    every_s=st.integers(1, 400),
    length_s=st.integers(1, 1_200),
)
@example(lag_s=5.0, every_s=3, length_s=1_200)
@example(lag_s=60.0, every_s=3, length_s=1_000)
def test_online_follows_the_pos_whatever_its_lag(lag_s: float, every_s: int, length_s: int) -> None:
    check(rush(lag_s, every_s, length_s))


@pytest.mark.parametrize(
    "length_s",
    [pytest.param(s, marks=[pytest.mark.long] if s % 3 else []) for s in range(900, 931)],
)
def test_a_rush_that_ends_about_when_the_patience_does_loses_nothing(length_s: int) -> None:
    check(rush(5.0, 3, length_s))


def test_a_rush_costs_at_most_two_reads_of_the_pos_a_second_and_lane() -> None:
    length_s = 600
    played = rush(5.0, 3, length_s)
    sales = len(played.sales)
    most = 2 * (length_s + sales)  # each lane: one look a second, and one more for an event
    assert len(played.world.pos.reads) <= most
