"""What the port of time promises, kept by the fake and by the machine's clock."""

import pytest

from tests.fakes.clock import FakeClock
from tillbridge.adapters.clock import SystemClock
from tillbridge.ports.clock import Clock


@pytest.fixture(params=[FakeClock, SystemClock], ids=["fake", "system"])
def clock(request: pytest.FixtureRequest) -> Clock:
    made: Clock = request.param()
    return made


def test_it_tells_epoch_milliseconds(clock: Clock) -> None:
    assert 1_790_000_000_000 < clock.now_ms() < 4_000_000_000_000


def test_time_passes_while_it_sleeps(clock: Clock) -> None:
    before = clock.now_ms()
    clock.sleep(0.02)

    assert 20 <= clock.now_ms() - before < 5_000


def test_a_sleep_of_less_than_nothing_is_none(clock: Clock) -> None:
    clock.sleep(-1)
