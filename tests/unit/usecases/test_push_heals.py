"""Whatever a person sees wrong online, one Push puts right: nothing of a product is believed blindly.

The states are made in the store behind our back, so the link says that all is well."""

import copy
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import a_connection, a_jumper, a_product
from tests.fakes.store_records import ProductRecord
from tests.knife.end_state import online_product
from tests.knife.inverse import shown_to_shoppers
from tests.knife.loop import settle
from tests.unit.usecases.test_push_unsure import picture
from tests.world import World
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.product import Product

LANTERN = a_product(images=picture("a", "b"))
SIZES = a_jumper("S", "M", images=picture("a"))

type Spoil = Callable[[World, ProductRecord], None]


def sets(**fields: Any) -> Spoil:
    def spoil(_: World, there: ProductRecord) -> None:
        there.fields |= fields

    return spoil


def set_size(**fields: Any) -> Spoil:
    def spoil(_: World, there: ProductRecord) -> None:
        _first(there).fields |= fields

    return spoil


def _first(there: ProductRecord) -> Any:
    return next(iter(there.variants.values()))


def _loses_images(_: World, there: ProductRecord) -> None:
    there.images.clear()


def _has_another_picture(world: World, there: ProductRecord) -> None:
    _loses_images(world, there)
    world.web.add_image(there.id, {"image_url": "https://cdn.example/theirs.jpg"})


def _loses_level(_: World, there: ProductRecord) -> None:
    there.levels[1] = 999


def _loses_level_of_size(_: World, there: ProductRecord) -> None:
    _first(there).levels[1] = 999


def _gets_a_size(world: World, there: ProductRecord) -> None:
    option = next(iter(there.options.values()), None)
    if option is None:
        option = world.web.create_option(there.id, "Size", ["L"])
    else:
        world.web.add_option_value(there.id, option.id, "L")
        option = there.options[option.id]
    value = {"option_id": option.id, "id": option.values["L"]}
    world.web.update_variants([{"product_id": there.id, "sku": "STRAY", "option_values": [value]}])


def _loses_a_size(_: World, there: ProductRecord) -> None:
    there.variants.pop(_first(there).id)


def _swaps_skus(_: World, there: ProductRecord) -> None:
    one, other = there.variants.values()
    one.sku, other.sku = other.sku, one.sku


def _renames_a_size(_: World, there: ProductRecord) -> None:
    _first(there).options = (("Size", "Small"),)


STATES: dict[str, tuple[Product, Spoil]] = {
    "hidden": (LANTERN, sets(is_visible=False)),
    "temporary name": (LANTERN, sets(name="Tillbridge swap 102", sku="tb-swap-102")),
    "wrong price": (LANTERN, sets(price=Decimal(1))),
    "wrong description": (LANTERN, sets(description="gone")),
    "wrong brand": (LANTERN, sets(brand_name="Other")),
    "wrong barcode": (LANTERN, sets(upc="1")),
    "wrong tracking": (LANTERN, sets(inventory_tracking="none")),
    "wrong stock": (LANTERN, _loses_level),
    "no picture": (LANTERN, _loses_images),
    "a size too much on a simple product": (LANTERN, _gets_a_size),
    "hidden, of sizes": (SIZES, sets(is_visible=False)),
    "wrong price of a size": (SIZES, set_size(price=Decimal(1))),
    "wrong stock of a size": (SIZES, _loses_level_of_size),
    "a size too much": (SIZES, _gets_a_size),
    "a size too few": (SIZES, _loses_a_size),
    "SKUs of two sizes swapped": (SIZES, _swaps_skus),
    "a size renamed": (SIZES, _renames_a_size),
    "no picture, of sizes": (SIZES, _loses_images),
}


def seen(world: World, product: Product) -> dict[str, Any]:
    """Return what a shopper may notice."""
    number = world.link(product).id
    return copy.deepcopy(shown_to_shoppers(online_product(world, number)))


@pytest.mark.parametrize("mode", PushContent)
@pytest.mark.parametrize("state", STATES)
def test_one_push_puts_right_what_a_person_sees(state: str, mode: PushContent) -> None:
    product, spoil = STATES[state]
    world = World(connection=replace(a_connection(), settings=Settings(push_content=mode)))
    world.linked(product)
    right = seen(world, product)
    number = world.link(product).id
    assert number is not None
    spoil(world, world.web[number])
    assert seen(world, product) != right
    world.ask(product)
    settle(world)
    assert seen(world, product) == right
    assert world.link(product).problem is None


def test_a_push_keeps_the_pictures_that_are_not_ours() -> None:
    world = World()
    world.linked(LANTERN)
    number = world.link(LANTERN).id
    assert number is not None
    _has_another_picture(world, world.web[number])
    world.ask(LANTERN)
    settle(world)
    urls = [image["image_url"] for image in world.web[number].images.values()]
    assert sorted(urls) == sorted(["https://cdn.example/theirs.jpg", *picture("a", "b")])


def test_what_a_push_of_many_costs_more_is_one_read() -> None:
    world = World()
    products = [a_product(f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(30)]
    world.linked(*products)
    world.ask(*products)
    done = world.push_until_quiet()
    assert done.calls == {
        "GET /catalog/products": 1,
        "GET /catalog/brands": 1,
        "PUT /catalog/products": 3,
        "PUT /inventory/adjustments/absolute": 1,
    }
