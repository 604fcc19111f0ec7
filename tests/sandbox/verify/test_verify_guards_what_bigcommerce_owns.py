"""The eight things of the Retail POS article: any change to one of them is reported on its own."""

from __future__ import annotations

from typing import Any

import pytest

from cli.verify.model import Touch
from cli.verify.owned import THINGS, Snapshot, compare_owned, snapshot_owned
from tests.sandbox.verify.shop import MUG, Shop

pytestmark = pytest.mark.enable_socket

MUG_PATH = "/catalog/products/{mug}"
SHIRT_PATH = "/catalog/products/{shirt}"
SMALL_PATH = SHIRT_PATH + "/variants/{s}"

PRODUCT_EDITS: dict[str, Any] = {
    "weight": 1.25,
    "width": 2,
    "height": 3,
    "depth": 4,
    "retail_price": 12.99,
    "sale_price": 7.99,
    "tax_class_id": 1,
    "product_tax_code": "PC040100",
    "page_title": "The mug",
    "meta_keywords": ["mug", "stoneware"],
    "meta_description": "A mug.",
    "search_keywords": "cup",
    "custom_url": {"url": "/the-mug/", "is_customized": True},
}
VARIANT_EDITS = ("weight", "width", "height", "depth", "retail_price", "sale_price")
MODIFIER = {"display_name": "Engraving", "type": "text", "required": False}


def touched_by(shop: Shop, method: str, path: str, body: Any) -> list[Touch]:
    before = snapshot_owned(shop.store_side)
    shop.change(method, path, body)
    return compare_owned(before, snapshot_owned(shop.store_side))


def with_first_variant(shop: Shop, **values: Any) -> tuple[Snapshot, Snapshot]:
    """Return the mug as a simple product, then with its first real variant."""
    shop.change("PUT", MUG_PATH, {"weight": 2})
    (base,) = shop.change("GET", MUG_PATH + "/variants")
    shop.change("PUT", f"{MUG_PATH}/variants/{base['id']}", {"weight": 3, "sale_price": 5})
    before = snapshot_owned(shop.store_side)
    value = {"label": "Regular", "sort_order": 0, "is_default": False}
    option = shop.change(
        "POST",
        MUG_PATH + "/options",
        {"display_name": "Size", "type": "rectangles", "option_values": [value]},
    )
    chosen = [{"id": option["option_values"][0]["id"], "option_id": option["id"]}]
    variant = {"sku": "MUG1-R", "option_values": chosen, **values}
    shop.change("POST", MUG_PATH + "/variants", variant)
    return before, snapshot_owned(shop.store_side)


def test_the_edits_below_cover_every_field_of_the_eight_things() -> None:
    fields = {field for fields in THINGS.values() for field in fields}
    assert len(THINGS) == 8
    assert fields == {*PRODUCT_EDITS, "modifiers", "custom_fields"}


@pytest.mark.parametrize(("field", "value"), PRODUCT_EDITS.items())
def test_a_changed_field_of_a_product_is_the_only_touch(shop: Shop, field: str, value: Any) -> None:
    (touch,) = touched_by(shop, "PUT", MUG_PATH, {field: value})
    assert (touch.bc_id, touch.variant, touch.field) == (shop.ids["mug"], None, field)


@pytest.mark.parametrize("field", VARIANT_EDITS)
def test_a_changed_field_of_a_variant_is_the_only_touch(shop: Shop, field: str) -> None:
    (touch,) = touched_by(shop, "PUT", SMALL_PATH, {field: 6})
    assert (touch.bc_id, touch.variant) == (shop.ids["shirt"], shop.variants["s"])
    assert (touch.field, touch.before, touch.after) == (field, None, 6)


def test_an_added_customisation_is_the_only_touch(shop: Shop) -> None:
    (touch,) = touched_by(shop, "POST", MUG_PATH + "/modifiers", MODIFIER)
    assert (touch.field, touch.before) == ("modifiers", [])


def test_a_deleted_custom_field_is_the_only_touch(shop: Shop) -> None:
    added = shop.change("POST", MUG_PATH + "/custom-fields", {"name": "Clay", "value": "Red"})
    (touch,) = touched_by(shop, "DELETE", f"{MUG_PATH}/custom-fields/{added['id']}", None)
    assert (touch.field, touch.after) == ("custom_fields", [])


def test_what_the_pos_owns_may_change_without_a_touch(shop: Shop) -> None:
    edits = {"name": "Another mug", "price": 1, "description": "", "is_visible": False}
    assert touched_by(shop, "PUT", MUG_PATH, edits) == []


def test_a_first_variant_that_carries_on_what_the_base_variant_had_is_no_touch(shop: Shop) -> None:
    before, after = with_first_variant(shop, weight=3, sale_price=5)
    assert compare_owned(before, after) == []


def test_a_first_variant_that_lost_what_the_base_variant_had_is_a_touch(shop: Shop) -> None:
    before, after = with_first_variant(shop, weight=3)
    (touch,) = compare_owned(before, after)
    assert (touch.field, touch.before, touch.after) == ("sale_price", 5, 0)


def test_a_variant_that_went_with_the_pos_is_no_touch(shop: Shop) -> None:
    assert touched_by(shop, "DELETE", SHIRT_PATH + "/variants/{l}", None) == []


def test_a_product_that_is_gone_is_a_touch(shop: Shop) -> None:
    (touch,) = touched_by(shop, "DELETE", MUG_PATH, None)
    assert (touch.bc_id, touch.field, touch.after) == (shop.ids["mug"], "product", "gone")


def test_a_product_that_people_deleted_themselves_is_no_touch(shop: Shop) -> None:
    before = snapshot_owned(shop.store_side)
    shop.change("DELETE", MUG_PATH)
    shop.link(MUG)["status"] = "broken"
    verdict = shop.verdict(before=before)
    assert verdict.bigcommerce_owned_touched == []
    assert verdict.owned_compared


def test_a_verdict_with_a_touch_is_not_ok(shop: Shop) -> None:
    before = snapshot_owned(shop.store_side)
    shop.change("PUT", MUG_PATH, {"sale_price": 1})
    verdict = shop.verdict(before=before)
    assert [touch.field for touch in verdict.bigcommerce_owned_touched] == ["sale_price"]
    assert not verdict.ok


def test_more_products_than_a_page_with_modifiers_holds_are_all_guarded(shop: Shop) -> None:
    numbers = shop.store.control.seed(count=25)
    shop.store.control.set_hazard("include-10-lies")
    before = snapshot_owned(shop.store_side)
    assert len(before) == 29
    shop.change("PUT", f"/catalog/products/{numbers[-1]}", {"weight": 9})
    (touch,) = compare_owned(before, snapshot_owned(shop.store_side))
    assert touch.bc_id == numbers[-1]
