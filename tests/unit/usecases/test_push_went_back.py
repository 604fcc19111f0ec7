"""A POS that went back: it shows older versions than were pushed, as after a restored backup. Nothing
goes backwards unless a person says so, and nobody is left to guess."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import STORE, a_change, a_jumper, a_product, some_stock
from tests.world import World
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.product import Product
from tillbridge.domain.waiting import SECOND_LOOK_MS

NOW = a_product(version=500, price=Decimal("39.90"), stock=(some_stock(3),))
THEN = replace(NOW, version=20, price=Decimal("1.00"), stock=(some_stock(0),))


def restored() -> World:
    world = World()
    world.linked(NOW)
    world.pos.save(THEN)
    return world


def words(world: World, product: Product = NOW) -> str:
    problem = world.link(product).problem
    return problem.words if problem else ""


def online(world: World) -> tuple[object, object]:
    link = world.link(NOW)
    assert link.id is not None
    return world.web[link.id].fields["price"], world.web[link.id].levels[1]


BEFORE, AFTER = (Decimal("39.90"), 3), (Decimal("1.00"), 0)


def _sold(world: World) -> None:
    world.happens("sale.completed", THEN)


def _saved(world: World) -> None:
    world.happens("product.saved", THEN)


def _pushed(world: World) -> None:
    world.happens("push.requested", THEN)


def _repaired(world: World) -> None:
    change = a_change(NOW.id, lane=Lane.BULK, version=0, force=True, trigger="repair")
    world.pending.mark([change])


def _first_level(world: World) -> None:
    world.pending.mark([a_change(NOW.id, lane=Lane.AFTER, version=0, force=True)])


WAYS = [_sold, _saved, _pushed, _repaired, _first_level]


@pytest.mark.parametrize("happens", WAYS)
def test_whatever_comes_first_says_so_on_the_link_and_sends_nothing(
    happens: Callable[[World], None],
) -> None:
    world = restored()
    happens(world)
    world.push_until_quiet()
    assert world.writes() == []
    assert online(world) == BEFORE
    said = words(world)
    assert "shows version 20 of 'Storm Lantern', and version 500 was pushed before" in said
    assert "was the POS restored from a backup?" in said
    assert "stock neither (the POS has 0, the store 3)" in said
    assert "Push it" in said
    assert "tillbridge reconcile --adopt" in said
    assert world.link(NOW).status is LinkStatus.FAILED
    assert (world.link(NOW).content_version, world.link(NOW).stock_version) == (500, 500)
    assert not world.pending.rows


@pytest.mark.parametrize("happens", WAYS)
def test_one_older_answer_proves_nothing_and_leaves_no_trace(
    happens: Callable[[World], None],
) -> None:
    world = World()
    world.linked(NOW)
    happens(world)
    world.pos.save(NOW)
    world.pos.read_stale(THEN)
    world.push_until_quiet()
    assert words(world) == ""
    assert world.link(NOW).status is LinkStatus.LINKED
    assert online(world) == BEFORE


def test_a_push_by_a_person_on_such_a_link_takes_what_the_pos_shows() -> None:
    world = restored()
    _sold(world)
    world.push_until_quiet()
    _pushed(world)
    world.push_until_quiet()
    assert online(world) == AFTER
    link = world.link(NOW)
    assert (link.content_version, link.stock_version) == (20, 20)
    assert (link.status, link.problem) == (LinkStatus.LINKED, None)
    assert link.doubts == {}, "all of it was sent"
    world.happens("sale.completed", replace(THEN, version=21, price=Decimal(2)))
    world.push_until_quiet()
    assert online(world) == (Decimal(2), 0)


def test_two_pushes_by_a_person_are_enough_when_no_event_came_before() -> None:
    world = restored()
    _pushed(world)
    world.push_until_quiet()
    assert online(world) == BEFORE
    _pushed(world)
    world.push_until_quiet()
    assert online(world) == AFTER


def test_nothing_but_a_person_lowers_a_version() -> None:
    world = restored()
    for happens in (_sold, _saved, _repaired, _first_level, _sold):
        happens(world)
        world.push_until_quiet()
        world.clock.advance(60)
    assert online(world) == BEFORE
    assert world.link(NOW).content_version == 500


def test_variants_are_taken_too() -> None:
    world = World()
    jumper = a_jumper("S", "M", version=500)
    world.linked(jumper)
    old = a_jumper("S", "M", version=20, price=Decimal("1.00"))
    world.happens("sale.completed", old)
    world.push_until_quiet()
    assert "version 20" in words(world, jumper)
    world.happens("push.requested", old)
    world.push_until_quiet()
    assert world.link(jumper).content_version == 20
    assert world.link(jumper).problem is None


def test_a_kill_between_the_fall_and_the_push_changes_nothing() -> None:
    world = restored()
    _sold(world)
    world.push_until_quiet()
    _pushed(world)
    for row in list(world.pending.rows):
        assert row.manual
    fall = world.links.fall

    def killed(store: StoreId, before: Link, link: Link) -> None:
        fall(store, before, link)
        raise KeyboardInterrupt

    world.links.fall = killed  # type: ignore[method-assign]  # dies after its write
    with pytest.raises(KeyboardInterrupt):
        world.push()
    world.links.fall = fall  # type: ignore[method-assign]  # alive again
    world.clock.advance(80)
    world.push_until_quiet()
    assert online(world) == AFTER
    assert world.link(NOW).problem is None


def test_the_words_go_when_the_pos_shows_again_what_was_pushed() -> None:
    world = restored()
    _sold(world)
    world.push_until_quiet()
    world.happens("product.saved", NOW)
    world.push_until_quiet()
    assert words(world) == ""
    assert world.stores.went_back(STORE) == []


def test_the_words_go_when_the_pos_has_counted_past_what_was_pushed() -> None:
    world = restored()
    _sold(world)
    world.push_until_quiet()
    world.happens("sale.completed", replace(THEN, version=501))
    world.push_until_quiet()
    assert words(world) == ""
    assert online(world) == AFTER


def test_a_product_that_says_so_needs_no_second_look_at_each_sale() -> None:
    world = restored()
    _sold(world)
    world.push_until_quiet()
    wakes = len(world.signals.wakes)
    world.happens("sale.completed", replace(THEN, version=21))
    world.push()
    assert len(world.signals.wakes) == wakes
    assert not world.pending.rows


def test_a_deleted_record_of_an_old_version_hides_nothing() -> None:
    world = World()
    world.linked(NOW)
    world.happens("product.saved", a_product(version=20, deleted=True))
    world.push_until_quiet()
    assert world.link(NOW).visible is True
    assert "version 20" in words(world)


def test_the_store_says_so_of_many_and_goes_on_with_the_others() -> None:
    world = World()
    many = [a_product(f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}", version=500) for n in range(5)]
    other = a_product("p-other", name="Other", sku="O-1")
    world.linked(*many, other)
    world.happens("sale.completed", *(replace(each, version=20) for each in many))
    world.happens("product.saved", replace(other, version=2, price=Decimal(7)))
    world.push()
    assert world.link(other).content_version == 2
    world.clock.advance(SECOND_LOOK_MS / 1_000)
    world.push_until_quiet()
    assert world.stores.went_back(STORE) == [each.id for each in many]
    connection = world.stores.find(STORE)
    assert connection is not None
    assert connection.state.value == "active"
    world.happens("push.requested", replace(many[0], version=20))
    world.push_until_quiet()
    assert world.stores.went_back(STORE) == [each.id for each in many[1:]]


def test_the_words_name_the_newest_version_of_which_anything_was_pushed() -> None:
    world = restored()
    link = world.link(NOW)
    world.links.fall(STORE, link, replace(link, content_version=10))
    _pushed(world)
    world.push_until_quiet()
    assert "shows version 20" in words(world)
    assert "version 500 was pushed" in words(world)
