"""The units of a closed outlet are not offered; the other outlets go on."""

import pytest

from tests.poll_world import KEY, PollWorld
from tillbridge.domain.ids import PosProductId

CHAIR, TABLE = PosProductId("chair"), PosProductId("table")


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


def test_what_lies_at_closed_outlets_alone_is_not_offered(world: PollWorld) -> None:
    world.vendor.closed = {"o-1"}
    an_hour_later(world)
    (table,) = world.mirror.products(KEY, [TABLE]).values()
    assert [int(each.on_hand) for each in table.stock] == [0]
    assert ("stock.changed", "table") in world.told()


def test_an_outlet_that_is_listed_no_longer_is_closed_at_the_second_look(world: PollWorld) -> None:
    world.vendor.outlets_there = ["o-1"]
    an_hour_later(world)
    assert stock(world) == {"o-1": 3, "o-2": 4}
    world.poll()
    assert world.vendor.calls.count("outlets") == 2
    assert stock(world) == {"o-1": 3}
    assert world.told() == [("stock.changed", "chair")]
    world.forget()
    for _ in range(3):
        an_hour_later(world)
    assert (stock(world), world.told()) == ({"o-1": 3}, [])


def test_one_that_a_list_lacked_for_a_moment_is_offered_all_the_while(world: PollWorld) -> None:
    world.vendor.outlets_there = ["o-1"]
    an_hour_later(world)
    world.vendor.outlets_there = ["o-1", "o-2"]
    for _ in range(3):
        world.poll()
        assert stock(world) == {"o-1": 3, "o-2": 4}
    assert (world.told(), world.state.doubted) == ([], ())


def test_one_that_was_deleted_before_the_pos_was_connected_offers_nothing() -> None:
    world = PollWorld()
    world.vendor.outlets_there = ["o-1"]
    world.vendor.save("chair")
    world.vendor.level("chair", 3, "o-1")
    world.vendor.level("chair", 4, "o-2")
    world.poll()
    assert stock(world) == {"o-1": 3}
    for _ in range(3):
        world.poll()
    assert stock(world) == {"o-1": 3}


def test_a_new_outlet_is_asked_for_as_soon_as_it_has_stock_and_is_offered(world: PollWorld) -> None:
    world.vendor.outlets_there.append("o-3")
    world.vendor.level("chair", 6, "o-3")
    world.poll()
    assert stock(world) == {"o-1": 3, "o-2": 4, "o-3": 6}
    world.forget()
    for _ in range(3):
        world.poll()
    assert "outlets" not in world.vendor.calls


def test_a_list_of_no_outlet_closes_none(world: PollWorld) -> None:
    world.vendor.outlets_there = []
    for _ in range(2):
        an_hour_later(world)
    assert stock(world) == {"o-1": 3, "o-2": 4}
