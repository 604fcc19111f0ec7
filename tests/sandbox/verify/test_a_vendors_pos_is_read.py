"""Verify reads one shop through the vendor's API and through the contract's, and finds the same in both."""

from collections.abc import Iterator
from typing import Any

import pytest

from cli.verify.in_pos import product_values, variant_values
from cli.verify.model import Json, PosSide
from cli.verify.pos_reader import open_pos
from sandbox.lightspeed_x.lab.control import Control
from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.lightspeed_x.state.config import COST, AccountConfig
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.shop_day import play_day

SEED = 7

UNIT = {"id": "p-1", "name": "Lamp", "sku": "L-1", "price": "5.00"}


@pytest.fixture
def shop() -> Iterator[LightspeedServer]:
    with LightspeedServer() as running:
        yield running


def read(shop: LightspeedServer, with_tax: bool | None = None) -> dict[str, Json]:
    side = PosSide(shop.base_url, shop.api_token, "lightspeed-x", with_tax)
    with open_pos(side) as reader:
        return reader.all_records()


def by_contract(shop: LightspeedServer) -> dict[str, Json]:
    with open_pos(PosSide(shop.base_url, shop.token)) as reader:
        return reader.all_records()


def said(record: Json) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what verify holds a product and its variants against; those by what tells them apart."""
    units = () if record["deleted_at"] else record["variants"]
    variants = [variant_values(record, each, {}) for each in units]
    return product_values(record, {}), sorted(variants, key=lambda each: str(each["options"]))


def test_after_a_day_both_wires_say_the_same_of_every_product(shop: LightspeedServer) -> None:
    shop.cloud.load(demo_products())
    read(shop)  # families keep their ids through the day
    play_day(shop.cloud, seed=SEED, actions=60)
    theirs, ours = by_contract(shop), read(shop)
    assert len(ours) == len(theirs)
    for id_, record in ours.items():
        known = theirs[shop.shop_unit(id_, None)[0]]
        (product, variants), (known_product, known_variants) = said(record), said(known)
        # What only the contract has is unknown at the vendor: nothing is said of it. A family has no price, SKU or
        # code of its own there.
        own = set(product) - ({"price", "sku", "cost_price"} if variants else set())
        assert {each: product[each] for each in own} == {each: known_product[each] for each in own}
        assert len(variants) == len(known_variants)
        for variant, known_variant in zip(variants, known_variants, strict=True):
            assert variant == {each: known_variant[each] for each in variant}


def test_a_family_keeps_the_id_of_the_member_that_led_it_first(shop: LightspeedServer) -> None:
    sizes = [
        {"id": size, "sku": f"S-{size}", "option_values": [{"name": "Size", "value": size}]}
        for size in ("s", "m")
    ]
    shop.cloud.save_product("p-1", **UNIT, variants=sizes)
    (first,) = read(shop)
    shop.cloud.save_product("p-1", variants=sizes[1:])
    ((id_, record),) = read(shop).items()
    assert id_ == first != shop.account.book.families.root("p-1")
    assert [each["sku"] for each in record["variants"]] == ["S-m"]


def test_a_product_of_which_nothing_is_left_is_deleted(shop: LightspeedServer) -> None:
    shop.cloud.save_product("p-1", **UNIT)
    shop.cloud.delete_product("p-1")
    (record,) = read(shop).values()
    assert record["deleted_at"]
    assert product_values(record, {}) == {"visibility": False}


def test_a_cost_that_the_token_may_not_see_is_not_compared(shop: LightspeedServer) -> None:
    shop.cloud.save_product("p-1", **UNIT | {"cost": "2.50"})
    (record,) = read(shop).values()
    assert product_values(record, {})["cost_price"] == 2.5
    Control(shop.account).grant(sorted(AccountConfig().scopes - {COST}))
    (record,) = read(shop).values()
    assert "cost_price" not in product_values(record, {})


@pytest.mark.parametrize(("with_tax", "price"), [(None, "5.00"), (False, "5.00"), (True, "5.75")])
def test_the_price_is_that_of_the_retailer_unless_a_person_chose(
    shop: LightspeedServer, with_tax: bool | None, price: str
) -> None:
    shop.cloud.save_product("p-1", **UNIT)
    (record,) = read(shop, with_tax).values()
    assert f"{product_values(record, {})['price']:.2f}" == price


def test_products_are_looked_at_again_by_their_ids(shop: LightspeedServer) -> None:
    shop.cloud.save_product("p-1", **UNIT)
    (id_,) = read(shop)
    with open_pos(PosSide(shop.base_url, shop.api_token, "lightspeed-x")) as reader:
        assert set(reader.records_of([id_, "nobody's"])) == {id_}
