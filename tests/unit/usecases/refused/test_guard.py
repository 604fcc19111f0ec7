"""When BigCommerce refuses most of what it took before, the store waits and no product is blamed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import STORE, a_product, some_stock
from tests.world import World
from tillbridge.domain.breaker import FEWEST_REFUSED, too_many_refused
from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.errors import Gone, Refused
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Product

NOT_FOUND = Gone(404, "Not Found")
ODD = Refused(422, "The catalogue is locked")


def some(count: int) -> list[Product]:
    return [a_product(f"p-{n}", name=f"P {n}", sku=f"S-{n}") for n in range(count)]


def changed(products: list[Product], version: int = 2, price: int = 2) -> list[Product]:
    stock = (some_stock(version),)
    return [replace(p, version=version, price=Decimal(price), stock=stock) for p in products]


def state(world: World) -> Connection:
    found = world.stores.find(STORE)
    assert found is not None
    return found


def failed(world: World, products: list[Product]) -> int:
    return sum(world.link(each).status is not LinkStatus.LINKED for each in products)


def tripped(refusal: Refused, count: int = 100) -> tuple[World, list[Product]]:
    world, products = World(), some(count)
    world.linked(*products)
    for _ in range(5_000):
        world.web.fail_next("update_products", refusal)
    world.happens("product.saved", *changed(products))
    world.push()
    return world, products


@pytest.mark.parametrize(
    ("refused", "taken", "trips"),
    [(19, 0, False), (20, 0, True), (20, 20, False), (21, 20, True), (4, 0, False)],
)
def test_the_rule(refused: int, taken: int, trips: bool) -> None:
    assert too_many_refused(refused, taken) is trips


@pytest.mark.parametrize("refusal", [NOT_FOUND, ODD], ids=str)
def test_the_store_needs_attention_and_the_rows_stay(refusal: Refused) -> None:
    world, products = tripped(refusal)
    assert state(world).state is StoreState.NEEDS_ATTENTION
    assert state(world).attention_code == "too_many_refused"
    assert "store resume" in state(world).attention_words
    assert failed(world, products) < FEWEST_REFUSED
    assert len(world.pending.rows) >= 100 - FEWEST_REFUSED


@pytest.mark.parametrize("refusal", [NOT_FOUND, ODD], ids=str)
def test_one_product_is_tried_each_quarter_of_an_hour_and_stock_goes_on(refusal: Refused) -> None:
    world, products = tripped(refusal)
    world.web.log.clear()
    world.happens("sale.completed", *changed(products[50:], version=3))
    world.push()
    assert "set_stock" in world.writes()
    assert "update_products" not in world.writes()
    for _ in range(3):
        world.web.log.clear()
        world.clock.advance(901)
        world.push()
        assert world.writes().count("update_products") <= 2
        assert state(world).attention_code == "too_many_refused"
    assert failed(world, products) < FEWEST_REFUSED + 3


@pytest.mark.parametrize("refusal", [NOT_FOUND, ODD], ids=str)
def test_all_go_on_by_themselves_when_one_is_taken(refusal: Refused) -> None:
    world, products = tripped(refusal)
    world.web.script.stop_failing("update_products")
    world.clock.advance(901)
    world.push_until_quiet(most=200)
    assert state(world).state is StoreState.ACTIVE
    assert failed(world, products) < FEWEST_REFUSED
    assert not world.pending.rows


def test_a_person_may_resume_it() -> None:
    world, products = tripped(NOT_FOUND)
    world.web.script.stop_failing("update_products")
    world.stores.resume(STORE)
    world.push_until_quiet(most=200)
    assert failed(world, products) == 0


def test_products_deleted_online_in_great_number_are_not_all_marked_broken() -> None:
    world, products = World(), some(100)
    world.linked(*products)
    kept = dict(world.web.records.products)
    world.web.records.products.clear()
    world.happens("product.saved", *changed(products))
    for _ in range(8):
        world.push()
        world.clock.advance(901)
    assert failed(world, products) < FEWEST_REFUSED
    world.web.records.products.update(kept)
    world.push_until_quiet(most=300)
    assert failed(world, products) < FEWEST_REFUSED
    assert state(world).state is StoreState.ACTIVE


def test_a_shop_of_four_products_never_trips_it() -> None:
    world, products = tripped(ODD, count=4)
    assert state(world).state is StoreState.ACTIVE
    assert failed(world, products) == 4


def test_a_file_of_many_bad_products_is_refused_one_by_one() -> None:
    world, products = World(), some(60)
    world.linked(*products)
    world.happens("product.imported", *[replace(p, version=2, name="") for p in products])
    world.push_until_quiet()
    assert state(world).state is StoreState.ACTIVE
    new = [a_product(f"n-{n}", name=f"N {n}", sku=f"N-{n}") for n in range(60)]
    for _ in range(60):
        world.web.fail_next("create", ODD)
    world.ask(*new)
    world.push_until_quiet()
    assert state(world).state is StoreState.ACTIVE
    assert failed(world, new) == 60


def test_products_that_were_refused_before_do_not_count() -> None:
    world, products = World(), some(60)
    world.linked(*products)
    for at in range(0, 60, 10):
        for each in products[at : at + 10]:
            number = world.link(each).id
            assert number is not None
            world.web.refuses[number] = ODD
        world.happens("product.saved", *changed(products[at : at + 10]))
        world.push_until_quiet()
    world.happens("product.saved", *changed(products, version=3))
    world.push_until_quiet()
    assert state(world).state is StoreState.ACTIVE
    assert failed(world, products) == 60
