"""What the POS books of an order stands in the history of its products, once for each version."""

import pytest

from tests.booking_world import FIRST, MUG, BookingWorld
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.history.product_line import Did, OrderUnits
from tillbridge.domain.web_orders.entry import LaneState


def _noted(world: BookingWorld) -> list[tuple[int, OrderUnits | None]]:
    assert all(line.did is Did.BOOKED for line in world.history.lines)
    assert {line.product for line in world.history.lines} <= {MUG}
    return [(line.version, line.order) for line in world.history.lines]


def _versions(world: BookingWorld) -> list[int]:
    return [each.version for each in world.entry().accounts[0].bookings]


def test_a_booking_is_noted_with_the_version_that_contains_it() -> None:
    world = BookingWorld()
    world.order(2)
    world.until_quiet()
    assert _noted(world) == [(_versions(world)[0], OrderUnits(FIRST, None, 2))]


def test_a_change_is_noted_with_what_is_booked_now() -> None:
    world = BookingWorld()
    world.order(3)
    world.until_quiet()
    world.order(1)
    world.until_quiet()
    assert [order.units for _, order in _noted(world) if order] == [3, 1]


def test_an_answer_that_comes_twice_is_noted_once() -> None:
    world = BookingWorld()
    world.pos.loses = 1
    world.order(2)
    world.until_quiet()
    world.order(2)
    world.until_quiet()
    assert len(_noted(world)) == 1


def test_a_history_that_cannot_be_written_holds_up_no_booking(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = BookingWorld()

    def write(*_: object) -> None:
        raise RetryLater("The tables are busy.")

    monkeypatch.setattr(world.history, "write", write)
    world.order(2)
    world.until_quiet()
    assert (world.state(), world.off(), world.history.lines) == (LaneState.BOOKED, 2, [])
