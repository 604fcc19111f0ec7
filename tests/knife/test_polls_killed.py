"""A poll that is killed after any call loses nothing, and a late twin makes no mirror wrong."""

from collections.abc import Callable
from decimal import Decimal
from threading import Barrier, Thread

import pytest

from tests.knife.knife import Cut, Kill, Knife
from tests.poll_world import KEY, PollWorld, settled
from tests.polled_shop import check
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.families.parts import Named
from tillbridge.domain.ids import MemberId
from tillbridge.usecases.poll_pos.poll_account import poll_account
from tillbridge.usecases.poll_pos.session import PollDeps

PORTS = ("mirror", "pokes", "accounts", "bus", "signals", "runs")


def under_the_knife(world: PollWorld, knife: Knife) -> PollDeps:
    """Return what polls need, each port of it under the knife."""
    cut = {name: Cut(getattr(world, name), knife) for name in PORTS}
    return world.deps(**cut, open_source=lambda *_: Cut(world.vendor, knife))


def changed() -> PollWorld:
    """Return a world in which levels, products and families changed."""
    world = settled("chair", "table", "lamp", levels=["chair", "lamp"])
    world.vendor.page = 2
    world.vendor.level("chair", 7)
    world.vendor.save("table", price=Decimal(9))
    world.vendor.save("blue", "chair", options=(("Colour", "blue"),))
    world.vendor.save("chair", options=(("Colour", "red"),))
    world.vendor.save("lamp", "chair", options=(("Colour", "none"),))  # moves, with its stock
    world.vendor.level("blue", 3)
    world.pokes.poke(KEY)
    return world


def first() -> PollWorld:
    """Return a world that was never read."""
    world = PollWorld()
    world.vendor.page = 2
    for number in range(5):
        world.vendor.save(f"p-{number}")
        world.vendor.level(f"p-{number}", number)
    return world


def nightly() -> PollWorld:
    """Return a world in which a product is gone without a word, and its nightly walk is due."""
    world = PollWorld()
    world.vendor.page = 2
    for name in ("chair", "table", "lamp"):
        world.vendor.save(name)
    world.poll()
    del world.vendor.rows[MemberId("chair")]
    world.clock.advance(2 * 86_400)
    return world


def daily() -> PollWorld:
    """Return a world in which a brand was renamed and an outlet closed, and what is asked daily is due."""
    world = PollWorld()
    world.vendor.brands = {"b-1": "Oak"}
    for name in ("chair", "table", "lamp"):
        world.vendor.save(name, brand=Named("b-1", "Oak"))
        world.vendor.level(name, 3)
    world.poll()
    world.vendor.brands = {"b-1": "Oak & Son"}
    world.vendor.closed = {"o-1"}
    world.clock.advance(86_400)
    return world


STORIES = {"changed": changed, "first": first, "nightly": nightly, "daily": daily}


def calls_of(make: Callable[[], PollWorld]) -> int:
    """Return how many calls a poll of this world makes."""
    world, knife = make(), Knife()
    poll_account(KEY, under_the_knife(world, knife))
    return len(knife.calls)


POINTS = [(name, after) for name, make in STORIES.items() for after in range(calls_of(make))]


@pytest.mark.parametrize(("story", "after"), POINTS)
def test_a_poll_killed_after_any_call_is_made_good(story: str, after: int) -> None:
    world = STORIES[story]()
    with pytest.raises(Kill):
        poll_account(KEY, under_the_knife(world, Knife(after)))
    for _ in range(6):
        world.poll()
    check(world)
    assert world.pokes.marked(KEY) is None


@pytest.mark.parametrize(("story", "after"), POINTS)
def test_a_poll_that_finds_a_table_or_the_bus_busy_after_any_call_is_made_good(
    story: str, after: int
) -> None:
    world = STORIES[story]()

    class Busy(Knife):
        def made(self, name: str) -> None:
            super().made(name)
            if len(self.calls) == after + 1:
                raise RetryLater("DynamoDB is busy.")

    poll_account(KEY, under_the_knife(world, Busy()))
    for _ in range(6):
        world.poll()
    check(world)
    assert world.pokes.marked(KEY) is None


@pytest.mark.parametrize("after", range(calls_of(daily)))
def test_what_concerns_all_families_is_told_whenever_the_poll_is_killed(after: int) -> None:
    world = daily()
    with pytest.raises(Kill):
        poll_account(KEY, under_the_knife(world, Knife(after)))
    for _ in range(6):
        world.poll()
    told = {*world.told()}
    for name in ("chair", "table", "lamp"):
        assert world.product(name).brand == "Oak & Son"
        assert {("stock.changed", name), ("product.saved", name)} <= told
    assert (world.state.to_retell, world.state.places) == ((), {})


def test_what_is_told_twice_after_a_kill_has_the_same_id() -> None:
    world, knife = changed(), Knife()
    poll_account(KEY, under_the_knife(world, knife))
    place = knife.calls.index("tell")
    again = changed()
    with pytest.raises(Kill):
        poll_account(KEY, under_the_knife(again, Knife(place + 1)))
    before = [each.id for each in again.bus.told]
    again.poll()
    after = [each.id for each in again.bus.told][len(before) :]
    assert before == after[: len(before)] != []


@pytest.mark.parametrize("after", range(calls_of(changed)))
def test_a_twin_that_polls_in_the_middle_makes_no_mirror_wrong(after: int) -> None:
    world = changed()
    twin = [lambda: poll_account(KEY, world.deps())]

    class Meeting(Knife):
        def made(self, name: str) -> None:
            super().made(name)
            if len(self.calls) == after + 1 and twin:
                twin.pop()()

    poll_account(KEY, under_the_knife(world, Meeting()))
    for _ in range(6):
        world.poll()
    check(world)


def test_twins_in_threads_make_no_mirror_wrong() -> None:
    for _ in range(20):
        world = changed()
        start = Barrier(2)

        def run(world: PollWorld = world, start: Barrier = start) -> None:
            start.wait()
            poll_account(KEY, world.deps())

        twins = [Thread(target=run) for _ in range(2)]
        for each in twins:
            each.start()
        for each in twins:
            each.join()
        for _ in range(6):
            world.poll()
        check(world)
