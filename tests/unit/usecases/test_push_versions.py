"""Versions: duplicates, late events, a POS that returns older records. A push never goes
backwards."""

from dataclasses import replace
from decimal import Decimal

from tests.builders import STORE, a_product, some_stock
from tests.unit.usecases.meanwhile import BusyStore
from tests.world import World
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import LinkStatus

BEFORE = a_product(version=1, price=Decimal(1))
AFTER = a_product(version=2, price=Decimal(2))


def _price(world: World) -> object:
    link = world.link(a_product())
    assert link.id is not None
    return world.web[link.id].fields["price"]


def test_an_event_that_arrives_twice_has_no_second_effect() -> None:
    world = World()
    world.linked(BEFORE)
    sold = replace(AFTER, stock=(some_stock(1),))
    world.happens("sale.completed", sold)
    world.push_until_quiet()
    world.web.log.clear()
    world.happens("sale.completed", sold)
    world.happens("product.saved", sold)
    world.push_until_quiet()
    assert world.writes() == []
    assert not world.pending.rows


def test_a_late_event_pushes_what_the_pos_says_now() -> None:
    world = World()
    world.linked(BEFORE)
    world.happens("product.saved", AFTER)
    world.push_until_quiet()
    world.pos.save(AFTER)
    world.web.log.clear()
    late = replace(BEFORE, version=1)
    world.happens("product.saved", late)
    world.pos.save(AFTER)
    world.push_until_quiet()
    assert world.writes() == []
    assert _price(world) == Decimal(2)


def test_an_announced_version_the_pos_does_not_show_is_waited_for() -> None:
    world = World()
    world.linked(BEFORE)
    world.happens("product.saved", AFTER)
    for _ in range(3):
        world.pos.read_stale(BEFORE)
    world.push()
    assert world.writes() == []
    ((_, seconds),) = world.signals.wakes
    world.clock.advance(seconds)
    world.push_until_quiet()
    assert _price(world) == Decimal(2)
    assert len(world.pos.stale[PosProductId("p-lantern")]) == 0


def test_a_stale_product_does_not_hold_up_its_neighbours() -> None:
    world = World()
    other = a_product("p-2", name="Other", sku="O-1")
    world.linked(BEFORE, other)
    world.happens("product.saved", AFTER, replace(other, version=2))
    world.pos.read_stale(BEFORE)
    world.push()
    assert world.link(other).content_version == 2
    assert world.link(BEFORE).content_version == 1


def test_after_fifteen_minutes_what_the_pos_shows_is_pushed() -> None:
    world = World()
    world.linked(BEFORE)
    started = world.clock.now_ms()
    world.happens("product.saved", replace(AFTER, version=9))
    world.pos.save(AFTER)
    world.push_until_quiet()
    assert _price(world) == Decimal(2)
    assert world.link(BEFORE).content_version == 2
    waited = world.clock.now_ms() - started
    assert 15 * 60_000 <= waited < 17 * 60_000
    assert len(world.pos.reads) < 40
    assert not world.pending.rows


def test_after_fifteen_minutes_nothing_older_than_the_link_is_pushed() -> None:
    world = World()
    world.linked(replace(AFTER, version=5))
    world.happens("product.saved", replace(AFTER, version=9))
    world.pos.save(replace(BEFORE, version=4))
    world.push_until_quiet()
    assert world.writes() == []
    assert _price(world) == Decimal(2)


def test_an_older_stock_never_replaces_a_newer_one() -> None:
    world = World()
    world.linked(a_product(version=5))
    world.happens("sale.completed", a_product(version=9))
    world.pos.save(a_product(version=4, stock=(some_stock(99),)))
    world.push_until_quiet()
    assert "set_stock" not in world.writes()
    assert world.link(a_product()).level == 3


def test_an_older_version_never_replaces_a_newer_one_even_when_a_person_asks() -> None:
    world = World()
    world.linked(replace(AFTER, version=5))
    world.ask(replace(BEFORE, version=4))
    world.push_until_quiet()
    assert _price(world) == Decimal(2)
    problem = world.link(AFTER).problem
    assert problem is not None
    assert problem.code == "pos_went_back"
    world.happens("product.saved", replace(AFTER, version=6, price=Decimal(6)))
    world.push_until_quiet()
    assert _price(world) == Decimal(6)
    assert world.link(AFTER).problem is None


def test_a_drain_that_was_overtaken_by_a_newer_one_sends_the_newest_again() -> None:
    web = BusyStore()
    world = World(web=web)
    world.linked(BEFORE)
    world.happens("product.saved", AFTER)
    newest = replace(BEFORE, version=3, price=Decimal(3))

    def another_drain() -> None:
        link = world.link(BEFORE)
        world.pos.save(newest)
        world.links.pushed(STORE, [replace(link, content_version=3)])

    web.during("update_products", another_drain)
    world.push_until_quiet()
    assert _price(world) == Decimal(3)
    assert world.link(BEFORE).content_version == 3


def test_a_level_that_was_overtaken_by_a_newer_one_is_sent_again() -> None:
    web = BusyStore()
    world = World(web=web)
    world.linked(BEFORE)
    world.happens("sale.completed", replace(AFTER, stock=(some_stock(2),)))
    newest = replace(AFTER, version=3, stock=(some_stock(1),))

    def another_drain() -> None:
        # It sends and records level 1, and our call of level 2 reaches BigCommerce after it.
        world.pos.save(newest)
        link = world.link(BEFORE)
        world.links.stocked(STORE, [replace(link, stock_version=3, level=1)])

    web.during("set_stock", another_drain)
    world.push_until_quiet()
    sent = [call.sent for call in web.log if call.method == "set_stock"]
    assert [items[0].level for items in sent] == [2, 1]
    assert world.link(BEFORE).level == 1


def test_an_event_that_overtakes_the_creation_is_not_lost() -> None:
    world = World()
    world.happens("product.saved", replace(AFTER, version=2))
    world.ask(AFTER)
    world.push_until_quiet()
    assert world.link(AFTER).status is LinkStatus.LINKED
    assert _price(world) == Decimal(2)


def test_a_product_the_pos_does_not_know_is_waited_for_and_then_let_go() -> None:
    world = World()
    world.happens("product.saved", a_product(version=2))
    world.pos.forget(PosProductId("p-lantern"))
    world.push_until_quiet()
    assert not world.pending.rows
    assert not world.web.log


def test_what_the_pos_never_had_and_a_person_pushes_is_told_after_a_second_look() -> None:
    world = World()
    world.ask(a_product("p-typo"))
    world.pos.forget(PosProductId("p-typo"))
    done = world.push_until_quiet()
    link = world.link("p-typo")
    assert link.status is LinkStatus.FAILED
    assert link.problem is not None
    assert link.problem.code == "not_in_pos"
    assert "p-typo" in link.problem.words
    assert done.failed == 1
    assert not world.pending.rows


def test_a_product_the_pos_forgot_is_hidden_after_fifteen_minutes() -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2))
    world.pos.forget(PosProductId("p-lantern"))
    world.push_until_quiet()
    link = world.link(a_product())
    assert link.visible is False
    assert link.id is not None
    assert world.web[link.id].fields["is_visible"] is False


def test_a_linked_product_the_pos_forgot_is_hidden_when_a_person_pushes_it() -> None:
    world = World()
    world.linked(a_product(version=7))
    world.ask(a_product(version=7))
    world.pos.forget(PosProductId("p-lantern"))
    world.push_until_quiet()
    assert world.link(a_product()).visible is False


def test_a_stale_read_of_stock_waits_in_its_own_lane() -> None:
    world = World()
    world.linked(a_product())
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(1),)))
    world.pos.read_stale(a_product())
    world.push()
    waiting = world.pending.of(STORE, Lane.STOCK, ["p-lantern"])
    assert [row.not_before_ms > world.clock.now_ms() for row in waiting] == [True]
    world.clock.advance(world.signals.wakes[-1][1])
    world.push_until_quiet()
    assert world.link(a_product()).level == 1
