"""Two drains of one store at once, clocks apart, events doubled and shuffled: in memory."""

from dataclasses import replace
from random import Random
from typing import NoReturn

import pytest

from tests.builders import STORE
from tests.fakes.clock import FakeClock
from tests.faults import Faults, Planted
from tests.knife.at_once import at_once
from tests.knife.end_state import end_state
from tests.knife.loop import OVER_S, settle
from tests.knife.meeting import meet
from tests.knife.stories import ALONE, SHORT, STORIES, some
from tests.world import World
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.product import Product
from tillbridge.domain.slices import Turn
from tillbridge.ports.store_api import StoreApi
from tillbridge.usecases.store_work import LAST_CALL_MS

pytestmark = pytest.mark.long

MANY_CALLS = ["create", "images", "first variants", "variants change", "options change", "swap"]
"""Stories that pass through states in the store that must not stay."""


@pytest.mark.parametrize("story", [s for s in SHORT if s not in ALONE])
def test_two_drains_of_one_store_at_once_end_as_one(story: str) -> None:
    calm = STORIES[story]()
    settle(calm)
    for _ in range(3):
        world = STORIES[story]()
        at_once(world, world)
        settle(world)
        assert end_state(world) == end_state(calm)
        assert not world.web.violations


@pytest.mark.parametrize("story", SHORT)
def test_two_drains_that_meet_at_any_call_end_as_one(story: str) -> None:
    outcome = meet(STORIES[story])
    assert outcome.points > 20
    assert not outcome.differing, "\n".join(outcome.differing[:3])


@pytest.mark.parametrize("story", MANY_CALLS)
def test_a_drain_that_outlives_its_slice_changes_nothing_online(story: str) -> None:
    outcome = meet(STORIES[story], stopped_s=OVER_S)
    assert outcome.points > 20
    assert not outcome.differing, "\n".join(outcome.differing[:3])


def test_a_drain_that_finds_another_at_work_asks_to_be_woken_when_that_must_be_over() -> None:
    world = STORIES["first variants"]()
    world.stores.begin_slice(STORE, "other", world.clock.now_ms(), world.clock.now_ms() + 40_000)
    waiting = world.pending.rows
    world.push()
    assert world.writes() == []
    assert world.pending.rows == waiting
    assert world.signals.wakes[-1] == (STORE, 40.5)


def test_a_slice_that_was_slow_to_begin_calls_no_later_than_the_others_believe() -> None:
    world, begun, deadlines = STORIES["update"](), list[int](), list[int]()
    begin = world.stores.begin_slice

    def slowly(store: StoreId, token: str, now_ms: int, until_ms: int, sent_ms: int = 0) -> Turn:
        begun.append(until_ms)
        turn = begin(store, token, now_ms, until_ms, sent_ms)
        world.clock.advance(50)
        return turn

    def open_store(_: Connection, deadline_ms: int) -> StoreApi:
        deadlines.append(deadline_ms)
        return world.web

    world.stores.begin_slice = slowly  # type: ignore[method-assign]  # a slow table
    world.deps = replace(world.deps, open_store=open_store)
    world.push()
    assert deadlines == [begun[0] - LAST_CALL_MS]


def test_a_slice_that_fails_lets_the_next_one_begin_at_once(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = STORIES["update"]()

    def bug(*_: object) -> NoReturn:
        raise Planted

    with monkeypatch.context() as planted:
        planted.setattr(world.pending, "due", bug)
        world.push()
    assert faults.noted
    world.clock.advance(60)
    world.push()
    assert "update_products" in world.writes()


@pytest.mark.parametrize("minutes", [-7, 7])
@pytest.mark.parametrize("story", ["create", "stock", "released", "stale"])
def test_a_drain_whose_clock_is_minutes_off_changes_no_end(story: str, minutes: int) -> None:
    calm = STORIES[story]()
    settle(calm)
    world = STORIES[story]()
    off = FakeClock(world.clock.now + minutes * 60_000)
    World.push(_with_clock(world, off))
    settle(world)
    assert end_state(world) == end_state(calm)


def _with_clock(world: World, clock: FakeClock) -> World:
    other = World()
    other.deps = replace(world.deps, push=replace(world.deps.push, clock=clock))
    return other


def test_events_doubled_and_shuffled_end_as_told_once() -> None:
    products = some(8)
    told_once, shuffled = World(), World()
    for world in (told_once, shuffled):
        world.linked(*products)
    changes = [replace(p, version=v, brand=f"Brand {v}") for p in products for v in (2, 3, 4)]
    told_once.happens("product.saved", *changes)
    settle(told_once)
    again = changes * 2
    Random(5).shuffle(again)
    for number, change in enumerate(again):
        _tell(shuffled, change)
        if number % 7 == 0:
            shuffled.push()
    settle(shuffled)
    assert end_state(shuffled) == end_state(told_once)


def _tell(world: World, change: Product) -> None:
    newest = max(change, world.pos.records[change.id], key=lambda product: product.version)
    world.happens("product.saved", change)
    world.pos.save(newest)
