"""A POS record that cannot be read: its product fails in words, its stock goes on, and so do all
other products."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import STORE, a_product, some_stock
from tests.reconcile_world import ReconcileWorld
from tests.world import World
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import NO_VERSION, Product

BROKEN = "description has a broken character (half of an emoji)"


@pytest.fixture
def world() -> World:
    world = World()
    world.linked(a_product("bad"), a_product("good", name="Good lamp", sku="GOOD"))
    return world


def unreadable(version: int, **fields: object) -> Product:
    return replace(a_product("bad", name="", version=version, unreadable=BROKEN), **fields)  # type: ignore[arg-type]  # fields of a product


@pytest.mark.parametrize("version", [2, NO_VERSION])
def test_it_fails_at_once_in_words_and_its_neighbour_goes(world: World, version: int) -> None:
    newer = a_product("good", name="Good lamp", sku="GOOD", version=2, price=Decimal(7))
    world.happens("product.saved", newer, a_product("bad", version=2))
    world.pos.records[a_product("bad").id] = unreadable(version)
    world.push()
    link = world.link("bad")
    assert (link.status, link.failed_version) == (LinkStatus.FAILED, 2)
    assert link.problem is not None
    assert BROKEN in link.problem.words
    assert world.link("good").content_version == 2
    assert not world.pending.rows


def test_its_next_version_that_can_be_read_is_pushed(world: World) -> None:
    world.happens("product.saved", a_product("bad", version=2))
    world.pos.records[a_product("bad").id] = unreadable(NO_VERSION)
    world.push()
    world.happens("product.saved", a_product("bad", version=3, price=Decimal(9)))
    world.push_until_quiet()
    assert world.link("bad").problem is None
    assert world.link("bad").content_version == 3


@pytest.mark.parametrize("version", [2, NO_VERSION])
def test_its_stock_goes_on_where_that_can_be_read(world: World, version: int) -> None:
    world.happens("sale.completed", a_product("bad", version=2))
    world.pos.records[a_product("bad").id] = unreadable(version, stock=(some_stock(1),))
    world.push()
    assert world.link("bad").level == 1
    assert world.link("bad").status is LinkStatus.FAILED


def test_its_row_of_the_list_keeps_what_it_showed(world: World) -> None:
    world.happens("product.saved", a_product("bad", version=2))
    world.pos.records[a_product("bad").id] = unreadable(2)
    world.push()
    (row,) = world.read_model.get(STORE, "pos", ["bad"]).values()
    assert row.name == "Storm Lantern"


def test_a_person_who_pushes_it_reads_why(world: World) -> None:
    world.happens("push.requested", a_product("bad", version=2))
    world.pos.records[a_product("bad").id] = unreadable(NO_VERSION)
    world.push()
    problem = world.link("bad").problem
    assert problem is not None
    assert BROKEN in problem.words


def test_reconcile_forgets_nothing_of_texts_that_it_could_not_compare() -> None:
    world = ReconcileWorld()
    world.linked(a_product("bad"))
    world.runs.accept(STORE, "bad", {"name": Accepted("tried abc")})
    world.pos.records[a_product("bad").id] = unreadable(2)
    world.reconcile()
    assert ("bad", "name") in world.runs.accepted(STORE)


def test_one_that_was_missing_before_is_not_taken_for_deleted(world: World) -> None:
    bad = a_product("bad")
    world.happens("push.requested", bad)
    world.pos.records[bad.id] = unreadable(NO_VERSION)
    world.pos.leave_out(bad.id, times=2)
    world.push()
    world.clock.advance(31)
    world.push_until_quiet()
    problem = world.link("bad").problem
    assert problem is not None
    assert BROKEN in problem.words
