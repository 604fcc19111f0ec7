"""What the POS leaves out of an answer: one look proves nothing, two looks half a minute apart do, and a
deleted record does at once."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.builders import STORE, a_change, a_product
from tests.world import World
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.waiting import SECOND_LOOK_MS

LANTERN = a_product(version=3)


def _asked(world: World) -> None:
    world.happens("push.requested", LANTERN)


def _in_bulk(world: World) -> None:
    change = a_change(LANTERN.id, lane=Lane.BULK, version=0, force=True, manual=True)
    world.pending.mark([change])


def _repaired(world: World) -> None:
    change = a_change(LANTERN.id, lane=Lane.BULK, version=0, force=True, trigger="repair")
    world.pending.mark([change])


def _released(world: World) -> None:
    change = a_change(LANTERN.id, lane=Lane.CONTENT, version=0, force=True, trigger="release")
    world.pending.mark([change])


def _saved(world: World) -> None:
    world.happens("product.saved", replace(LANTERN, version=4))


FORCED = [_asked, _in_bulk, _repaired, _released]
ALL = [*FORCED, _saved]


def visible(world: World) -> object:
    link = world.link(LANTERN)
    assert link.id is not None
    return world.web[link.id].fields["is_visible"], link.visible, link.status


SHOWN = (True, True, LinkStatus.LINKED)
HIDDEN = (False, False, LinkStatus.LINKED)


@pytest.mark.parametrize("happens", ALL)
def test_one_answer_without_a_product_hides_nothing_and_leaves_no_trace(
    happens: Callable[[World], None],
) -> None:
    world = World()
    world.linked(LANTERN)
    happens(world)
    world.pos.leave_out(LANTERN.id)
    world.push_until_quiet()
    assert visible(world) == SHOWN
    assert world.link(LANTERN).problem is None
    assert not world.pending.rows
    for _ in range(4):
        world.clock.advance(901)
        world.push_until_quiet()
    assert visible(world) == SHOWN


@pytest.mark.parametrize("happens", FORCED)
def test_a_product_that_stays_away_is_hidden_after_the_second_look(
    happens: Callable[[World], None],
) -> None:
    world = World()
    world.linked(LANTERN)
    happens(world)
    world.pos.forget(LANTERN.id)
    began = world.clock.now_ms()
    world.push()
    assert visible(world) == SHOWN
    world.clock.advance(SECOND_LOOK_MS / 1_000)
    world.push_until_quiet()
    assert visible(world) == HIDDEN
    assert SECOND_LOOK_MS <= world.clock.now_ms() - began <= 2 * SECOND_LOOK_MS
    assert not world.pending.rows


def test_the_second_look_asks_for_the_product_alone() -> None:
    world = World()
    others = [a_product(f"p-{n}", name=f"Other {n}", sku=f"O-{n}") for n in range(3)]
    world.linked(LANTERN, *others)
    world.happens("push.requested", LANTERN, *others)
    world.pos.leave_out(LANTERN.id, times=2)  # of each answer that is for several
    world.push()
    world.clock.advance(31)
    world.happens("push.requested", LANTERN, *others)
    world.push_until_quiet()
    assert (LANTERN.id,) in world.pos.reads
    assert visible(world) == SHOWN


def test_a_product_that_shows_in_between_is_absent_anew() -> None:
    world = World()
    world.linked(LANTERN)
    world.happens("product.saved", replace(LANTERN, version=9))
    world.pos.save(LANTERN)
    world.pos.leave_out(LANTERN.id)
    world.push()
    world.clock.advance(31)
    world.push()  # it shows again, and version 9 is still awaited
    assert [row.absent_ms for row in world.pending.rows] == [0]
    world.clock.advance(15 * 60)
    world.pos.leave_out(LANTERN.id)
    world.push()
    assert visible(world) == SHOWN


def test_an_older_record_for_15_minutes_and_then_one_answer_without_it_hides_nothing() -> None:
    world = World()
    world.linked(LANTERN)
    world.happens("product.saved", replace(LANTERN, version=9))
    world.pos.save(LANTERN)
    world.push()
    world.clock.advance(15 * 60)
    world.pos.leave_out(LANTERN.id)
    world.push_until_quiet()
    assert visible(world) == SHOWN
    assert not world.pending.rows


def test_a_record_that_says_deleted_hides_at_once() -> None:
    world = World()
    world.linked(LANTERN)
    world.happens("product.saved", a_product(version=4, deleted=True))
    world.push()
    assert visible(world) == HIDDEN


def test_a_new_product_that_one_answer_leaves_out_is_created_all_the_same() -> None:
    world = World()
    world.ask(LANTERN)
    world.pos.leave_out(LANTERN.id)
    world.push()
    assert world.links.get(STORE, [PosProductId(LANTERN.id)]) == {}
    world.clock.advance(SECOND_LOOK_MS / 1_000)
    world.push_until_quiet()
    assert visible(world) == SHOWN


def test_an_absent_product_does_not_hold_up_its_neighbours() -> None:
    world = World()
    other = a_product("p-2", name="Other", sku="O-1")
    world.linked(LANTERN, other)
    world.happens("push.requested", LANTERN, replace(other, version=2))
    world.pos.leave_out(LANTERN.id)
    world.push()
    assert world.link(other).content_version == 2
