"""A product that takes many calls gets there beside sales and people, and holds up neither."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count, pairwise

import pytest

from tests.builders import a_jumper
from tests.unit.usecases.busy_shop import A_WAVE_MS, Sales, a_shop, lamps
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.mapping import Json
from tillbridge.domain.product import Product

SIZES = tuple(str(n) for n in range(30))


PICTURES = tuple(f"https://shop.example/{n}.jpg" for n in range(30))


LONG: dict[str, tuple[Product, Product]] = {
    "many variants go": (a_jumper(*SIZES), a_jumper("0")),
    "many variants come": (a_jumper("0"), a_jumper(*SIZES)),
    "many images come": (a_jumper(), a_jumper(images=PICTURES)),
    "many SKUs change": (
        a_jumper(*SIZES),
        replace(
            a_jumper(*SIZES),
            variants=tuple(replace(v, sku=f"{v.sku}-NEW") for v in a_jumper(*SIZES).variants),
        ),
    ),
}
"""Products that take many calls, before and after."""


@pytest.mark.parametrize("what", LONG)
@pytest.mark.parametrize("every_s", [0.3, 1.0])
def test_a_product_of_many_calls_gets_there_beside_sales_and_makes_none_wait(
    what: str, every_s: float
) -> None:
    before, after = LONG[what]
    world, shop = a_shop(before)
    world.begin()
    world.happens("product.saved", replace(after, version=9))
    sales = Sales(world, shop, every_s, most=round(100 / every_s))
    world.live(150)
    link = world.link(after)
    assert (link.status, link.content_version) == (LinkStatus.LINKED, 9)
    online = world.web[link.id or StoreProductId(0)]
    assert sorted(v.sku for v in online.variants.values()) == sorted(v.sku for v in after.variants)
    assert len(online.images) == len(after.images)
    assert sales.longest_ms() <= 2 * A_WAVE_MS


@pytest.mark.parametrize("what", LONG)
def test_a_product_of_many_calls_gets_there_though_people_ask_without_end(what: str) -> None:
    before, after = LONG[what]
    world, shop = a_shop(before)
    world.begin()
    world.happens("product.saved", replace(after, version=9))
    versions = count(1_000)

    def people() -> None:
        world.ask(replace(shop[next(versions) % 50], version=next(versions)))
        if world.clock.now_ms() < until:
            world.clock.at(world.clock.now_ms() + 1_000, people)

    until = world.clock.now_ms() + 400_000
    people()
    world.live(500)
    link = world.link(after)
    assert (link.status, link.content_version) == (LinkStatus.LINKED, 9)
    waits = [
        call.at_ms
        for call in world.web.begun
        if call.method == "update_products" and call.at_ms < until
    ]
    assert max(b - a for a, b in pairwise(waits)) < 10_000


def test_a_temporary_name_is_seen_for_a_few_calls_whatever_comes_in_between() -> None:
    crowd = lamps(300, first=100)
    world, shop = a_shop(*crowd)
    one, two = shop[3], shop[4]
    world.begin()
    crowd = [replace(p, version=9, price=Decimal(7)) for p in crowd]
    swapped = [
        replace(one, version=9, name=two.name),
        replace(two, version=9, name=one.name),
    ]
    for start in range(0, 300, 100):
        world.happens("product.saved", *crowd[start : start + 100])
    world.happens("product.saved", *swapped)
    Sales(world, shop[10:], 0.3, most=300)
    versions = count(1_000)

    def people() -> None:
        world.ask(replace(shop[20 + next(versions) % 20], version=next(versions)))
        world.clock.at(world.clock.now_ms() + 700, people)

    people()
    seen: list[int] = []
    update = world.web.update_products

    def watched(items: Sequence[Json]) -> Mapping[StoreProductId, str]:
        answer = update(items)
        names = [product.name for product in world.web.records.products.values()]
        if any(name.startswith("Tillbridge swap") for name in names):
            seen.append(world.clock.now_ms())
        return answer

    world.web.update_products = watched  # type: ignore[method-assign]
    world.live(200)
    assert seen, "the two were not swapped in one plan"
    assert seen[-1] - seen[0] < 5_000
    names = [world.web[world.link(p).id or StoreProductId(0)].name for p in swapped]
    assert names == [p.name for p in swapped]
