"""How long changes took is kept hour by hour: no lag counts twice, and a kill loses its own slice's alone."""

import pytest

from tests.builders import STORE, a_product, some_stock
from tests.world import World
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.lag_histogram import HOUR_MS, HourLags, LagPath, merged


class Killed(BaseException):
    """The function was killed."""


def a_shop() -> World:
    world = World()
    world.linked(a_product(stock=(some_stock(7),)))
    return world


def a_sale(world: World, version: int) -> None:
    """Sell one, a second before push learns of it."""
    product = a_product(version=version, stock=(some_stock(90 - version),))
    world.happens("sale.completed", product)
    world.clock.advance(1)


def sales(world: World) -> int:
    """Return how many sales are counted, in hours that are over and in the running one."""
    now = world.clock.now_ms() // HOUR_MS
    hours = world.hours.of(STORE, 0, now, world.stores.running_hour(STORE))
    found = merged(*(each.lags for each in hours))
    return found[LagPath.STOCK].count if LagPath.STOCK in found else 0


def test_a_sale_is_timed_from_the_till_until_its_stock_call_was_answered() -> None:
    world = a_shop()
    a_sale(world, 2)
    world.push()

    stock = world.stores.running_hour(STORE).lags[LagPath.STOCK]
    assert stock.count == 1
    assert 1_000 <= stock.max_ms < 2_000


def test_an_hour_is_put_down_once_by_a_later_slice_that_sees_that_it_is_over() -> None:
    world = a_shop()
    hour = world.clock.now_ms() // HOUR_MS
    for version in (2, 3):
        a_sale(world, version)
        world.push()
    assert world.hours.of(STORE, 0, hour + 9) == []

    world.clock.advance(HOUR_MS / 1_000)
    world.push()

    (over,) = world.hours.of(STORE, 0, hour + 9)
    assert (over.hour, over.lags[LagPath.STOCK].count) == (hour, 2)
    assert world.stores.running_hour(STORE) == HourLags(hour + 1)
    assert sales(world) == 2


def test_a_kill_after_the_hour_was_put_down_counts_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = a_shop()
    a_sale(world, 2)
    world.push()
    world.clock.advance(HOUR_MS / 1_000)
    a_sale(world, 3)
    with monkeypatch.context() as patch:

        def killed(*_: object) -> None:
            raise Killed

        patch.setattr(world.stores, "end_slice", killed)
        with pytest.raises(Killed):
            world.push()

    assert sales(world) == 1, "of the killed slice nothing, of the hour before all, once"
    world.clock.advance(120)
    a_sale(world, 4)
    world.push_until_quiet()

    # Sale 3 was timed in the killed slice alone.
    assert sales(world) == 2
    hours = world.hours.of(STORE, 0, world.clock.now_ms() // HOUR_MS)
    assert [each.lags[LagPath.STOCK].count for each in hours] == [1]


def test_an_hour_that_cannot_be_put_down_stays_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = a_shop()
    a_sale(world, 2)
    world.push()
    world.clock.advance(HOUR_MS / 1_000)
    a_sale(world, 3)
    with monkeypatch.context() as patch:

        def busy(*_: object) -> None:
            raise RetryLater("busy")

        patch.setattr(world.hours, "put", busy)
        world.push()
    assert sales(world) == 2

    world.push()
    assert sales(world) == 2
    assert len(world.hours.of(STORE, 0, world.clock.now_ms() // HOUR_MS)) == 1
