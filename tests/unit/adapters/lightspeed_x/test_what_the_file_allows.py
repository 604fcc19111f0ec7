"""Shapes that the vendor's OpenAPI file of 2026-07 allows, each read as what it means: one thing that is missing, null
or gone loses no more than itself."""

import json
from typing import Any

import pytest

from tests.unit.adapters.canned_http import answer
from tests.unit.adapters.lightspeed_x.rows import BEFORE_TAX, a_row, calls_on, page, source_on
from tillbridge.adapters.lightspeed_x.ensuring import NamesOfPos
from tillbridge.adapters.lightspeed_x.families import item_part
from tillbridge.adapters.lightspeed_x.hooks import LightspeedHooks
from tillbridge.domain.families.parts import MemberFields, Named
from tillbridge.domain.polling import Cursor

START = Cursor(0)

REQUIRED = frozenset({"id", "handle", "name", "sku", "active", "is_composite", "has_inventory"}) | {
    "has_variants",
    "version",
    "variant_options",
    "images",
    "product_codes",
    "product_suppliers",
    "price_including_tax",
    "price_excluding_tax",
}
"""Keys of a product that the file requires, as far as we send or read them."""

NULLABLE = frozenset({"description", "supplier_code", "product_category", "type", "supplier"}) | {
    "brand",
    "price_including_tax",
    "variant_parent_id",
    "weight",
    "weight_unit",
    "deleted_at",
    "source_id",
}
"""Keys that it lets be null."""

GONE = "2026-07-01T10:00:00+00:00"


def fields_of(row: dict[str, Any]) -> MemberFields:
    part = item_part(row, BEFORE_TAX, costs_told=True)
    assert part is not None
    assert not part.deleted
    return part.fields


def test_a_product_with_nothing_but_what_is_required_can_be_read() -> None:
    row = {key: value for key, value in a_row(product_suppliers=[]).items() if key in REQUIRED}
    fields = fields_of(row)
    assert fields.unreadable == ""
    assert (fields.sku, fields.description, fields.brand, fields.cost) == ("LAMP-1", "", None, None)


def test_a_product_of_which_all_is_null_that_may_be_can_be_read() -> None:
    fields = fields_of(a_row() | dict.fromkeys(NULLABLE))
    assert fields.unreadable == ""
    assert (fields.vendor, fields.department, fields.weight) == (None, None, None)


@pytest.mark.parametrize("empty", [None, {}])
@pytest.mark.parametrize(
    "name", ["images", "product_codes", "product_suppliers", "variant_options"]
)
def test_a_list_of_nothing_is_empty_in_whatever_form(name: str, empty: Any) -> None:
    assert fields_of(a_row() | {name: empty}).unreadable == ""


@pytest.mark.parametrize("image", [{"id": "i"}, {"url": None}, {"url": " "}])
def test_a_picture_without_an_address_is_none_yet_and_its_product_goes(
    image: dict[str, Any],
) -> None:
    own = "https://img.example/a.jpg"
    fields = fields_of(a_row(images=[image, {"url": own}]))
    assert (fields.unreadable, fields.images) == ("", (own,))


@pytest.mark.parametrize("name", ["brand", "supplier", "type", "product_category"])
def test_a_brand_a_supplier_or_a_category_that_was_deleted_is_none(name: str) -> None:
    there: dict[str, Any] = {"id": "n-1", "name": "Oak", "deleted_at": None}
    field = {"brand": "brand", "supplier": "vendor"}.get(name, "department")
    assert getattr(fields_of(a_row() | {name: there}), field) == Named("n-1", "Oak")
    for when in (GONE, "yesterday"):
        assert getattr(fields_of(a_row() | {name: there | {"deleted_at": when}}), field) is None


def test_a_page_of_nothing_may_be_null_and_is_an_end() -> None:
    nothing = json.dumps({"data": None, "version": {"min": None, "max": None}}).encode()
    assert source_on(answer(200, nothing)).items(START).rows == 0
    assert source_on(answer(200, b"null")).levels(START).rows == 0
    calls, _, _ = calls_on(answer(200, b'{"data": null}'))
    assert LightspeedHooks(calls).all() == []


@pytest.mark.parametrize("when", [GONE, "yesterday"])
def test_an_outlet_that_says_when_it_was_closed_is_closed(when: str) -> None:
    rows: list[dict[str, Any]] = [{"id": "o-1", "name": "High Street", "version": 1}]
    rows.append({"id": "o-2", "name": "Pier", "version": 2, "deleted_at": ""})
    rows.append({"id": "o-3", "name": "Mill", "version": 3, "deleted_at": when})
    found = source_on(page(*rows), page()).outlets()
    assert [each.active for each in found] == [True, True, False]


def test_a_new_supplier_says_how_to_reach_it_which_the_file_requires() -> None:
    calls, canned, _ = calls_on(page(), answer(200, b'{"data": "s-1"}'))
    assert NamesOfPos(calls).supplier(" No Vendor ") == "s-1"
    assert json.loads(canned.asked[1].body or b"") == {"name": "No Vendor", "contact": {}}


def test_a_page_of_nothing_is_an_end_whatever_version_it_names() -> None:
    found = source_on(page(highest=9_000)).items(Cursor(7))
    assert (found.rows, found.next) == (0, 7)
