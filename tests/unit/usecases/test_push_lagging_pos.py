"""A POS that lags behind: what it shows already goes at once, and what it announced is waited for."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import STORE, a_product, some_stock
from tests.world import World
from tillbridge.domain.errors import Refused
from tillbridge.domain.lanes import CONTENT_LANES, Lane
from tillbridge.domain.product import Product

MINUTES_15 = 15 * 60


def version(number: int) -> Product:
    return a_product(version=number, price=Decimal(number), stock=(some_stock(100 - number),))


def price(world: World) -> object:
    link = world.link(version(1))
    assert link.id is not None
    return world.web[link.id].fields["price"]


def waiting(world: World) -> dict[Lane, int]:
    return {row.lane: row.version for row in world.pending.rows}


def announced(world: World, trigger: str, number: int, shown: int) -> None:
    """Have an event announce a version while the POS still shows an older one."""
    world.happens(trigger, version(number))
    world.pos.save(version(shown))


def test_what_the_pos_shows_goes_at_once_while_a_newer_version_is_awaited() -> None:
    world = World()
    world.linked(version(1))
    announced(world, "sale.completed", 5, shown=4)
    world.push()
    link = world.link(version(1))
    assert (link.level, link.stock_version) == (96, 4)
    assert (price(world), link.content_version) == (4, 4)
    assert waiting(world) == {Lane.STOCK: 5, Lane.CONTENT: 5}
    world.pos.save(version(5))
    world.clock.advance(60)
    world.push_until_quiet()
    assert (price(world), world.link(version(1)).level) == (5, 95)
    assert not world.pending.rows


def test_what_was_done_while_waiting_is_not_done_again_at_each_look() -> None:
    world = World()
    world.linked(version(1))
    announced(world, "sale.completed", 5, shown=4)
    world.push()
    world.web.log.clear()
    for _ in range(20):
        world.clock.advance(10)
        world.push()
    assert world.writes() == []


def test_what_a_person_pushes_goes_once_now_and_once_when_the_awaited_version_shows() -> None:
    world = World()
    world.linked(version(1))
    announced(world, "product.saved", 5, shown=4)
    world.happens("push.requested", version(4))
    world.push()
    assert price(world) == 4
    assert waiting(world) == {Lane.ASKED: 0, Lane.CONTENT: 5}
    pushes = world.writes().count("update_products")
    for _ in range(20):
        world.clock.advance(10)
        world.push()
    assert world.writes().count("update_products") == pushes == 1
    world.pos.save(version(5))
    world.clock.advance(60)
    world.push_until_quiet()
    assert price(world) == 5
    assert not world.pending.rows


def test_what_a_person_pushes_does_not_wait_for_what_is_announced_after_it() -> None:
    world = World()
    world.linked(version(1))
    announced(world, "product.saved", 5, shown=4)
    world.happens("push.requested", version(4))
    world.push()
    announced(world, "product.saved", 9, shown=5)
    world.clock.advance(2)
    world.push()
    assert price(world) == 5
    assert waiting(world) == {Lane.CONTENT: 9}


def test_a_refused_version_that_shows_meanwhile_is_refused_once_and_the_awaited_one_still_goes() -> (
    None
):
    world = World()
    world.linked(version(1))
    announced(world, "product.saved", 5, shown=4)
    world.happens("push.requested", version(4))
    world.web.fail_next("update_products", Refused(422, "Not this price."))
    world.push()
    problem = world.link(version(1)).problem
    assert problem is not None
    tried = len(world.writes())
    for _ in range(20):
        world.clock.advance(10)
        world.push()
    assert len(world.writes()) == tried
    world.pos.save(version(5))
    world.clock.advance(60)
    world.push_until_quiet()
    assert (price(world), world.link(version(1)).problem) == (5, None)


def test_a_version_that_never_shows_is_given_up_15_minutes_after_its_own_announcement() -> None:
    world = World()
    world.linked(version(1))
    announced(world, "product.saved", 5, shown=1)
    world.push()
    world.clock.advance(MINUTES_15 - 20)
    world.push()
    announced(world, "product.saved", 6, shown=1)
    world.clock.advance(61)
    world.push()
    assert waiting(world) == {Lane.CONTENT: 6}  # 15 minutes after 5, and a minute after 6
    world.clock.advance(MINUTES_15)
    world.push()
    assert not world.pending.rows


@pytest.mark.parametrize("lane", CONTENT_LANES)
def test_a_row_that_waits_says_since_when_it_is_late(lane: Lane) -> None:
    world = World()
    world.linked(version(1))
    announced(world, "product.saved", 5, shown=4)
    (row,) = world.pending.rows
    world.pending.clear([row])
    world.pending._lanes.setdefault((STORE, lane), {})[row.product] = replace(row, lane=lane)
    world.clock.advance(30)
    world.push()
    (kept,) = world.pending.rows
    assert kept.queued_ms == kept.seen_stale_ms == world.clock.now_ms()
