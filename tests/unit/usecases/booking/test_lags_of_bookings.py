"""How long a web order took to be booked is kept, once an order."""

from tests.booking_world import BookingWorld
from tests.builders import STORE
from tillbridge.domain.lag_histogram import HOUR_MS, LagPath


def test_an_order_is_timed_from_its_placing_until_the_pos_first_had_it() -> None:
    world = BookingWorld()
    world.order(2)
    world.clock.advance(7)
    world.until_quiet()
    world.clock.advance(600)
    world.order(1)
    world.until_quiet()

    (hour,) = world.hours.of(STORE, 0, world.clock.now_ms() // HOUR_MS)
    booked = hour.lags[LagPath.ORDER_BOOKED]
    assert booked.count == 1, "an edit is not timed from the placing"
    assert 7_000 <= booked.max_ms < 20_000


def test_a_slice_that_booked_nothing_keeps_nothing() -> None:
    world = BookingWorld()
    world.run()
    assert world.hours.of(STORE, 0, world.clock.now_ms() // HOUR_MS) == []
