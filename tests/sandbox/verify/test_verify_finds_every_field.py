"""Verify can fail: it reports exactly the one value that was changed in the store behind its
back."""

from __future__ import annotations

from typing import Any

import pytest

from cli.verify.field import Place
from cli.verify.fields import FIELDS
from sandbox.pos.faults import FaultPlan
from sandbox.pos.wire import RECORD_KEYS
from tests.sandbox.verify.shop import MUG, OLD, SHIRT, Shop

pytestmark = pytest.mark.enable_socket

MUG_PATH = "/catalog/products/{mug}"
SHIRT_PATH = "/catalog/products/{shirt}"
SMALL_PATH = SHIRT_PATH + "/variants/{s}"
LARGE_PATH = SHIRT_PATH + "/variants/{l}"

PRODUCT_EDITS: list[tuple[str, str, Any, str, str]] = [
    ("name", "name", "Mug", "Salt & Pepper Mug", "Mug"),
    ("description", "description", "", "<p>Holds <b>350</b> ml.</p>", "blank"),
    ("sku", "sku", "MUG2", "MUG1", "MUG2"),
    ("price", "price", 9.51, "9.5", "9.51"),
    ("price", "price", 9.5001, "9.5", "9.5001"),
    ("cost_price", "cost_price", 0, "4.1", "0"),
    ("brand", "brand_name", "Forge Row", "Clay Yard", "Forge Row"),
    ("brand", "brand_id", 0, "Clay Yard", "blank"),
    ("visibility", "is_visible", False, "shown", "hidden"),
    ("upc", "upc", "", "036000291452", "blank"),
    ("gtin", "gtin", "4006381333948", "5012345678900", "4006381333948"),
    ("mpn", "mpn", "CY-351", "CY-350", "CY-351"),
    ("mpn", "mpn", "", "CY-350", "blank"),
    ("bin_picking_number", "bin_picking_number", "B-05", "B-04", "B-05"),
    ("condition", "condition", "New", "used", "New"),
    ("type", "type", "physical", "Digital", "physical"),
    ("tracking", "inventory_tracking", "none", "tracked", "not tracked"),
]

VARIANT_EDITS: list[tuple[str, str, str, Any, str, str]] = [
    ("sku", "Size: S", "sku", "SHIRT-XS", "SHIRT-S", "SHIRT-XS"),
    ("price", "Size: S", "price", 19, "20", "19"),
    ("price", "Size: L", "price", None, "22", "20"),
    ("cost_price", "Size: L", "cost_price", 8.5, "9", "8.5"),
    ("upc", "Size: S", "upc", "036000291452", "blank", "036000291452"),
    ("gtin", "Size: S", "gtin", "", "4006381333931", "blank"),
    ("mpn", "Size: S", "mpn", None, "SH-S", "blank"),
    ("mpn", "Size: L", "mpn", "SH", "blank", "SH"),
    ("bin_picking_number", "Size: S", "bin_picking_number", "B", "blank", "B"),
]

KEY_OF = {
    "description": "description_html",
    "cost_price": "cost",
    "visibility": "active",
    "upc": "barcodes",
    "gtin": "barcodes",
    "tracking": "track_stock",
}
"""The POS's key, where a field has another name there."""


def the_only_difference(shop: Shop, settings: dict[str, Any] | None = None) -> tuple[str, ...]:
    verdict = shop.verdict(settings)
    (found,) = verdict.mismatches
    assert not verdict.ok
    assert verdict.duplicates == []
    assert found.bc_id in shop.ids.values()
    return (found.pos_id, found.field, found.variant or "", found.pos, found.store)


def test_two_sides_that_agree_have_no_differences(shop: Shop) -> None:
    verdict = shop.verdict()
    assert verdict.mismatches == []
    assert verdict.ok
    assert (verdict.compared_products, verdict.compared_variants) == (4, 2)


@pytest.mark.parametrize(("field", "column", "value", "pos", "online"), PRODUCT_EDITS)
def test_one_edited_field_of_a_product_is_the_only_difference(
    shop: Shop, field: str, column: str, value: Any, pos: str, online: str
) -> None:
    shop.change("PUT", MUG_PATH, {column: value})
    assert the_only_difference(shop) == (MUG, field, "", pos, online)


@pytest.mark.parametrize(("field", "variant", "column", "value", "pos", "online"), VARIANT_EDITS)
def test_one_edited_field_of_a_variant_is_the_only_difference(
    shop: Shop, field: str, variant: str, column: str, value: Any, pos: str, online: str
) -> None:
    path = SMALL_PATH if variant == "Size: S" else LARGE_PATH
    shop.change("PUT", path, {column: value})
    assert the_only_difference(shop) == (SHIRT, field, variant, pos, online)


def test_every_field_has_its_edit() -> None:
    edited = {Place.PRODUCT: {edit[0] for edit in PRODUCT_EDITS} | {"stock"}}
    edited[Place.VARIANT] = {edit[0] for edit in VARIANT_EDITS} | {"stock", "options"}
    for place, names in edited.items():
        assert names == {name for name, field in FIELDS.items() if place in field.place}


@pytest.mark.parametrize(("field", "column", "value"), [edit[:3] for edit in PRODUCT_EDITS])
def test_what_the_pos_leaves_out_is_unknown_and_no_difference(
    shop: Shop, field: str, column: str, value: Any
) -> None:
    shop.change("PUT", MUG_PATH, {column: value})
    shop.pos.cloud.faults.set(FaultPlan(omits=[KEY_OF.get(field, field)]))
    assert shop.verdict().mismatches == []


@pytest.mark.parametrize(
    ("field", "variant", "column", "value"), [edit[:4] for edit in VARIANT_EDITS]
)
def test_what_the_pos_leaves_out_of_a_variant_is_unknown_and_no_difference(
    shop: Shop, field: str, variant: str, column: str, value: Any
) -> None:
    path = SMALL_PATH if variant == "Size: S" else LARGE_PATH
    shop.change("PUT", path, {column: value})
    shop.pos.cloud.faults.set(FaultPlan(omits=[KEY_OF.get(field, field)]))
    assert shop.verdict().mismatches == []


@pytest.mark.parametrize("key", sorted(RECORD_KEYS - {"id", "version", "deleted_at"}))
def test_a_pos_that_leaves_any_one_key_out_has_no_difference(shop: Shop, key: str) -> None:
    shop.link(SHIRT)["came_with_sku"] = True
    shop.pos.cloud.save_product(SHIRT, product_number="SHIRT")
    shop.pos.cloud.faults.set(FaultPlan(omits=[key]))
    assert shop.verdict().ok


def test_a_blank_condition_asks_for_nothing_online(shop: Shop) -> None:
    shop.pos.cloud.save_product(MUG, condition=None, price="9.60")
    assert the_only_difference(shop)[1] == "price"


def test_a_part_number_and_a_condition_that_the_store_keeps_are_not_compared(shop: Shop) -> None:
    shop.change("PUT", MUG_PATH, {"mpn": "OURS", "condition": "New", "price": 1})
    settings = {"fields": {"mpn": "create", "condition": "manual"}}
    assert the_only_difference(shop, settings)[1] == "price"


def test_a_formatted_description_where_the_pos_has_none_is_a_difference(shop: Shop) -> None:
    shop.change("PUT", SHIRT_PATH, {"description": "<h1>Soft!</h1>"})
    assert the_only_difference(shop) == (SHIRT, "description", "", "blank", "<h1>Soft!</h1>")


def test_entities_in_a_name_online_are_a_difference(shop: Shop) -> None:
    shop.change("PUT", MUG_PATH, {"name": "Salt &amp; Pepper Mug"})
    found = the_only_difference(shop)
    assert found == (MUG, "name", "", "Salt & Pepper Mug", "Salt &amp; Pepper Mug")


def test_a_fifth_decimal_of_a_price_is_no_difference(shop: Shop) -> None:
    shop.change("PUT", MUG_PATH, {"price": 9.50004})
    assert shop.verdict().ok


def test_a_wrong_stock_level_of_a_product_is_the_only_difference(shop: Shop) -> None:
    shop.set_level(9, product_id=shop.ids["mug"])
    assert the_only_difference(shop) == (MUG, "stock", "", "8", "9")


def test_a_wrong_stock_level_of_a_variant_is_the_only_difference(shop: Shop) -> None:
    shop.set_level(0, variant_id=shop.variants["l"])
    assert the_only_difference(shop) == (SHIRT, "stock", "Size: L", "7", "0")


def test_stock_counted_at_the_product_instead_of_its_variants_is_the_only_difference(
    shop: Shop,
) -> None:
    shop.change("PUT", SHIRT_PATH, {"inventory_tracking": "product"})
    assert the_only_difference(shop) == (SHIRT, "tracking", "", "tracked by variant", "tracked")


def test_a_missing_image_is_the_only_difference(shop: Shop) -> None:
    (image,) = shop.change("GET", MUG_PATH + "/images")
    shop.change("DELETE", f"{MUG_PATH}/images/{image['id']}")
    assert the_only_difference(shop) == (MUG, "images", "", "1", "0")


def test_other_peoples_images_are_no_difference(shop: Shop) -> None:
    shop.change("POST", MUG_PATH + "/images", {"image_url": "https://pictures.example/ours.jpg"})
    assert shop.verdict().ok


def test_an_image_whose_failure_is_noted_in_words_is_no_difference(shop: Shop) -> None:
    (image,) = shop.change("GET", MUG_PATH + "/images")
    shop.change("DELETE", f"{MUG_PATH}/images/{image['id']}")
    shop.link(MUG)["notes"] = ["Could not fetch the image https://pictures.example/mug.jpg (404)."]
    assert shop.verdict().ok


def test_a_visible_product_on_no_sales_channel_is_a_difference(shop: Shop) -> None:
    shop.change("DELETE", "/catalog/products/channel-assignments?product_id:in={mug}")
    found = the_only_difference(shop)
    assert found == (MUG, "visibility", "", "shown", "on no sales channel")


def test_a_renamed_option_value_is_the_only_difference(shop: Shop) -> None:
    (option,) = shop.change("GET", SHIRT_PATH + "/options")
    (small, _) = option["option_values"]
    path = f"{SHIRT_PATH}/options/{option['id']}/values/{small['id']}"
    shop.change("PUT", path, {"label": "Small"})
    assert the_only_difference(shop) == (SHIRT, "options", "Size: S", "Size: S", "Size: Small")


def test_a_variant_deleted_online_is_the_only_difference(shop: Shop) -> None:
    shop.change("DELETE", LARGE_PATH)
    assert the_only_difference(shop) == (SHIRT, "variant", "Size: L", "there", "missing")


def test_a_variant_that_the_pos_does_not_have_is_the_only_difference(shop: Shop) -> None:
    (option,) = shop.change("GET", SHIRT_PATH + "/options")
    values = f"{SHIRT_PATH}/options/{option['id']}/values"
    added = shop.change("POST", values, {"label": "XXL", "sort_order": 9, "is_default": False})
    chosen = [{"id": added["id"], "option_id": option["id"]}]
    shop.change("POST", SHIRT_PATH + "/variants", {"sku": "SHIRT-XXL", "option_values": chosen})
    assert the_only_difference(shop) == (SHIRT, "variant", "Size: XXL", "missing", "there")


def test_two_variants_linked_the_wrong_way_round_differ(shop: Shop) -> None:
    variants = shop.link(SHIRT)["variants"]
    variants["v-s"], variants["v-l"] = variants["v-l"], variants["v-s"]
    fields = {(found.variant, found.field) for found in shop.verdict().mismatches}
    assert {("Size: S", "options"), ("Size: L", "options"), ("Size: S", "sku")} <= fields


def test_a_product_that_the_pos_deleted_must_be_hidden_and_nothing_else(shop: Shop) -> None:
    shop.change("PUT", "/catalog/products/{lamp}", {"is_visible": True})
    assert the_only_difference(shop) == (OLD, "visibility", "", "hidden", "shown")


def test_a_change_in_the_pos_that_was_not_pushed_is_the_only_difference(shop: Shop) -> None:
    shop.pos.cloud.save_product(MUG, price="11.00")
    assert the_only_difference(shop) == (MUG, "price", "", "11", "9.5")


def test_only_chosen_outlets_and_what_safety_stock_leaves_count(shop: Shop) -> None:
    shop.set_level(3, product_id=shop.ids["mug"])
    shop.set_level(0, variant_id=shop.variants["s"])
    settings = {"outlets": ["o-main"], "safety_stock": 2}
    # 5.5 and 7 at the main outlet, floored, less 2.
    assert the_only_difference(shop, settings) == (SHIRT, "stock", "Size: L", "5", "7")


def test_a_field_that_the_store_switched_off_is_not_compared(shop: Shop) -> None:
    shop.change("PUT", MUG_PATH, {"price": 99, "upc": ""})
    assert the_only_difference(shop, {"fields": {"price": "off"}})[1] == "upc"
