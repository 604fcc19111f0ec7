"""BigCommerce answers a ping and no catalogue call: few calls are made, stock goes on, and nobody
is needed."""

from dataclasses import replace
from decimal import Decimal

from tests.builders import some_stock
from tests.unit.usecases.meanwhile import later
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.errors import (
    LostReply,
    StoreDown,
)
from tillbridge.domain.link import LinkStatus


def test_a_catalogue_that_is_down_for_hours_while_the_store_answers_needs_nobody() -> None:
    world = World()
    products = lamps(3)
    world.linked(*products)
    world.happens("product.saved", *lamps(3, version=2, price=Decimal(2)))
    for _ in range(240):
        for _ in products:
            world.web.fail_next("update_products", StoreDown("500"))
        world.push()
        world.clock.advance(30)
    calls = world.writes().count("update_products")
    assert calls <= 3 * (11 + 2 * 3600 // 900)
    assert [world.link(p).status for p in products] == [LinkStatus.FAILED] * 3
    world.web.script.stop_failing("update_products")
    later(world)
    assert [world.link(p).content_version for p in products] == [2, 2, 2]
    assert [world.link(p).status for p in products] == [LinkStatus.LINKED] * 3


def test_a_catalogue_that_is_down_is_asked_few_questions_however_much_waits() -> None:
    world = World()
    products = lamps(200)
    world.linked(*products)
    world.happens("product.saved", *lamps(200, version=2, price=Decimal(2)))
    for _ in range(2_000):
        world.web.fail_next("update_products", StoreDown("500"))
    for _ in range(120):  # an hour
        world.push()
        world.clock.advance(30)
    assert world.writes().count("update_products") <= 5 * (10 + 3600 // 900)
    world.web.script.stop_failing("update_products")
    later(world)
    assert {world.link(p).content_version for p in products} == {2}


def test_while_only_the_catalogue_is_down_stock_goes_on_and_few_calls_are_spent() -> None:
    world = World()
    products = lamps(100)
    world.linked(*products)
    world.happens("product.saved", *lamps(100, version=2, price=Decimal(2)))
    for _ in range(2_000):
        world.web.fail_next("update_products", StoreDown("500"))
    levels = []
    for minute in range(20):
        left = 100 - minute
        sold = replace(products[0], version=3 + minute, stock=(some_stock(left),))
        world.happens("sale.completed", sold)
        world.push()
        levels.append(world.link(sold).level == left)
        world.clock.advance(60)
    assert all(levels)
    assert world.writes().count("update_products") <= 20 * 5


def test_creates_that_are_not_answered_are_tried_five_at_a_time() -> None:
    world = World()
    products = lamps(20)
    world.ask(*products)
    for _ in range(5):
        world.web.fail_next("create", LostReply("500"))
    world.push()
    assert world.writes().count("create") == 5
    later(world, seconds=61)
    assert all(world.link(p).status is LinkStatus.LINKED for p in products)
