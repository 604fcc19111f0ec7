"""Requests about links and all other work take turns, and a push waits for the request before it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.builders import STORE, a_product
from tests.busy_world import BusyWorld
from tests.unit.usecases.busy_shop import A_WAVE_MS, Sales, a_shop, lamps
from tillbridge.domain.link_requests import LinkRequestKind
from tillbridge.domain.product import Product


def _linked_by_hand(world: BusyWorld, products: list[Product]) -> None:
    for product in products:
        world.pos.save(product)
        number = world.web.seed(f"Web {product.id}", f"W-{product.id}", description="ours").id
        world.people_ask(f"link {product.id}", LinkRequestKind.LINK, (product.id, number))
    world.push_until_quiet()


@pytest.mark.parametrize(("busy", "products"), [("an import", 60), ("people", 200)])
def test_an_undo_of_many_products_holds_up_nobody_and_is_done_once(
    busy: str, products: int
) -> None:
    imported = lamps(210, first=1_000) if busy == "an import" else []
    world, shop = a_shop(*imported)
    undone = lamps(products, first=5_000)
    _linked_by_hand(world, undone)
    begun = world.begin()
    world.people_ask("undo", LinkRequestKind.UNDO, *((p.id, None) for p in undone))
    sales = Sales(world, shop, 1, most=200)
    if imported:
        world.happens("product.imported", *(replace(p, version=9) for p in imported))
    wanted = a_product("p-new", name="New", sku="NEW")
    if busy == "people":
        world.clock.at(begun + 20_000, lambda: world.ask(wanted))
    world.live(300)
    answers = world.link_requests.answers_to("undo")
    assert [answer.done for answer in answers] == [True] * products
    assert sales.longest_ms() <= 2 * A_WAVE_MS
    ours = [world.link(p).id for p in undone]
    written = [
        number
        for call in world.web.begun
        if call.method == "update_products"
        for number in call.touches & set(ours)
    ]
    assert len(written) <= products + 2  # each once, but for a slice that ended within one
    if busy == "people":
        created = next(call.at_ms for call in world.web.begun if call.method == "create")
        assert created - begun - 20_000 <= 5_000
    assert all(world.wait_ms(begun, "update_products", p) is not None for p in imported)


@pytest.mark.parametrize(
    "asks",
    [
        lambda world, product: world.ask(product),
        lambda world, product: world.ask(product, *lamps(250, first=9_000)),
    ],
    ids=["asked", "in bulk"],
)
def test_link_then_push_of_one_product_keeps_its_order(
    asks: Callable[[BusyWorld, Product], None],
) -> None:
    world, _ = a_shop(*lamps(30, first=5_000))
    last = a_product("p-last", name="Lamp to link", sku="LAST")
    world.pos.save(last)
    number = world.web.seed("Lamp to link", "LAST").id
    world.begin()
    world.people_ask("undo", LinkRequestKind.UNDO, *((p.id, None) for p in lamps(30, 5_000)))
    world.people_ask("link", LinkRequestKind.LINK, (last.id, number))
    asks(world, last)
    world.live(300)
    assert [answer.done for answer in world.link_requests.answers_to("link")] == [True]
    assert world.link(last).id == number
    assert world.links.get(STORE, [last.id])[last.id].problem is None
