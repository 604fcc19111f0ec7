"""The units of a closed outlet are not offered; the other outlets go on."""

import pytest

from tests.poll_world import KEY, PollWorld
from tillbridge.domain.ids import PosProductId

CHAIR = PosProductId("chair")


@pytest.fixture
def world() -> PollWorld:
    made = PollWorld()
    made.vendor.save("chair")
    made.vendor.level("chair", 3, "o-1")
    made.vendor.level("chair", 4, "o-2")
    made.vendor.save("table")
    made.vendor.level("table", 5, "o-1")
    made.poll()
    made.forget()
    return made


def stock(world: PollWorld) -> dict[str, int]:
    (chair,) = world.mirror.products(KEY, [CHAIR]).values()
    return {each.outlet_id: int(each.on_hand) for each in chair.stock}


def an_hour_later(world: PollWorld) -> None:
    world.clock.advance(3_600)
    world.poll()


def test_a_closed_outlet_offers_nothing_and_its_products_are_told(world: PollWorld) -> None:
    world.vendor.closed = {"o-2"}
    an_hour_later(world)
    assert stock(world) == {"o-1": 3}
    assert world.told() == [("stock.changed", "chair")]
    world.vendor.level("chair", 9, "o-2")
    world.poll()
    assert stock(world) == {"o-1": 3}


def test_one_that_opens_again_offers_what_it_has(world: PollWorld) -> None:
    world.vendor.closed = {"o-2"}
    an_hour_later(world)
    world.forget()
    world.vendor.closed = set()
    an_hour_later(world)
    assert stock(world) == {"o-1": 3, "o-2": 4}
    assert world.told() == [("stock.changed", "chair")]


def test_where_all_are_closed_no_level_is_known(world: PollWorld) -> None:
    world.vendor.closed = {"o-1", "o-2"}
    an_hour_later(world)
    assert stock(world) == {}


def test_outlets_are_asked_for_once_an_hour(world: PollWorld) -> None:
    for _ in range(59):
        world.poll()
    assert world.vendor.calls.count("outlets") == 0
    world.poll()
    assert world.vendor.calls.count("outlets") == 1


def test_killed_before_it_was_told_it_is_told_by_the_next_poll(world: PollWorld) -> None:
    world.vendor.closed = {"o-2"}
    put = world.mirror.put

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    world.mirror.put = dies  # type: ignore[assignment,method-assign]  # as a kill there
    with pytest.raises(KeyboardInterrupt):
        an_hour_later(world)
    world.mirror.put = put  # type: ignore[method-assign]
    world.poll()
    assert world.told() == [("stock.changed", "chair")]
    assert world.state.to_retell == ()
