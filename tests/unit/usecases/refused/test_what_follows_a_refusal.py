"""What is asked or written because of one product, and gets no answer though the store answers others,
holds back that product alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import STORE, a_jumper, a_product, some_stock
from tests.fakes.reconcile import FakeReader
from tests.world import World
from tillbridge.domain.errors import Gone, StoreDown, TillbridgeError
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct

GOOD = [a_product(f"p-{n}", name=f"Lamp {n}", sku=f"S-{n}") for n in range(3)]
BAD = a_product("p-bad", name="Bad", sku="S-BAD")
DOWN = StoreDown("502")
SIZES = a_jumper("S", "M", id=BAD.id)


def newer(product: Product, **fields: Any) -> Product:
    changed: dict[str, Any] = {"version": 2, "price": Decimal(2), **fields}
    return replace(product, **changed)


def a_shop(bad: Product = BAD) -> World:
    world = World()
    world.linked(*GOOD, bad)
    world.web.seed("Taken", "TAKEN")
    return world


def deleted(world: World) -> None:
    number = world.link(BAD).id
    assert number is not None
    world.web.records.products.pop(number)


def fails(world: World, method: str, error: TillbridgeError = DOWN) -> None:
    for _ in range(200):
        world.web.fail_next(method, error)


def others_go(world: World) -> None:
    """Push, and fail when another product or the store had to wait."""
    for _ in range(3):
        world.push()
        store = world.stores.find(STORE)
        assert store is not None
        assert (store.failures, store.attention_words) == (0, "")
        world.clock.advance(20)
    for product in GOOD:
        number = world.link(product).id
        assert number is not None
        assert world.web[number].fields["price"] == 2


def test_a_name_that_is_taken_by_nobody_who_shows() -> None:
    world = a_shop()
    fails(world, "find_by_name")
    world.happens("product.saved", newer(BAD, name="Taken"), *map(newer, GOOD))
    others_go(world)
    world.web.script.stop_failing("find_by_name")
    world.clock.advance(900)
    world.push()
    problem = world.link(BAD).problem
    assert problem is not None
    assert problem.code == "name_taken"


def test_a_change_of_sizes_beside_a_name_that_is_taken() -> None:
    world = a_shop(SIZES)
    fails(world, "find_by_name")
    more = replace(a_jumper("S", "M", "L", id=SIZES.id, version=2), name="Taken")
    world.happens("product.saved", more, *map(newer, GOOD))
    others_go(world)


def test_a_picture_of_a_product_that_is_gone() -> None:
    world = a_shop()
    fails(world, "add_image", Gone(404, "no such product"))
    fails(world, "is_listed")
    picture = ("https://shop.example/a.jpg",)
    world.happens("product.saved", newer(BAD, images=picture), *map(newer, GOOD))
    others_go(world)


@pytest.mark.parametrize("trigger", ["product.saved", "sale.completed"])
def test_a_product_of_which_nobody_says_whether_it_is_gone(trigger: str) -> None:
    world = a_shop()
    deleted(world)
    fails(world, "is_listed")
    sold = (some_stock(1),)
    world.happens(trigger, newer(BAD, stock=sold), *(newer(p, stock=sold) for p in GOOD))
    others_go(world)
    assert all(world.link(product).level == 1 for product in GOOD)


def unreadable(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Have no list with the bad product answered."""
    bad, real = world.link(BAD).id, FakeReader.products

    def products(
        reader: FakeReader, ids: Sequence[StoreProductId], **how: Any
    ) -> Sequence[WebProduct]:
        if bad in ids:
            raise StoreDown("500")
        return real(reader, ids, **how)

    monkeypatch.setattr(FakeReader, "products", products)
    return lambda: monkeypatch.setattr(FakeReader, "products", real)


def test_a_product_that_a_person_pushes_and_no_list_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    world = a_shop()
    unreadable(world, monkeypatch)
    world.ask(newer(BAD))
    world.happens("product.saved", *map(newer, GOOD))
    others_go(world)
    assert world.link(BAD).content_version == 2  # its content needs no list


def test_a_list_that_fails_once_is_read_again_for_what_a_person_pushed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    world.linked(SIZES)
    number = world.link(SIZES).id
    assert number is not None
    world.web[number].variants.popitem()
    mends = unreadable(world, monkeypatch)
    world.ask(SIZES)
    world.push()
    mends()
    world.clock.advance(3)
    world.push_until_quiet()
    assert len(world.web[number].variants) == 2


def test_a_product_that_no_look_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    world = a_shop()
    world.web.fail_next("update_products", StoreDown("timed out"), late_s=600)
    world.happens("product.saved", newer(BAD))
    world.push()
    world.clock.advance(3)
    world.push()
    unreadable(world, monkeypatch)
    world.clock.advance(70)
    world.push()
    world.happens("product.saved", *map(newer, GOOD))
    others_go(world)
