"""Each field of X-Series in our words; what is blank, what is unknown, and what cannot be read."""

import logging
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.adapters.lightspeed_x.rows import BEFORE_TAX, a_level, a_row
from tillbridge.adapters.lightspeed_x.families import barcodes, item_part, level_part
from tillbridge.adapters.lightspeed_x.prices import Terms
from tillbridge.adapters.lightspeed_x.wire import CodeRow
from tillbridge.domain.families.parts import ItemPart, LevelPart, MemberFields, Named
from tillbridge.domain.product import Barcodes


def part_of(terms: Terms = BEFORE_TAX, *, costs_told: bool = True, **changes: Any) -> ItemPart:
    part = item_part(a_row(**changes), terms, costs_told=costs_told)
    assert part is not None
    return part


def fields_of(**changes: Any) -> MemberFields:
    return part_of(**changes).fields


def test_a_simple_product_is_a_member_without_a_parent() -> None:
    part = part_of()
    assert (part.member, part.version) == (a_row()["id"], 59_780_001)
    assert part.parent is None
    assert not part.deleted
    assert (part.fields.name, part.fields.sku, part.fields.options) == ("Lamp 1", "LAMP-1", ())


def test_a_variant_names_its_parent_and_its_options_in_order() -> None:
    options = [{"name": "Size", "value": "L"}, {"name": "Colour", "value": "Green"}]
    part = part_of(variant_parent_id="root", variant_options=options)
    assert part.parent == "root"
    assert part.fields.options == (("Size", "L"), ("Colour", "Green"))


def test_of_a_doubled_attribute_the_first_value_wins(caplog: pytest.LogCaptureFixture) -> None:
    same = [{"name": "Fabric", "value": "Cotton"}] * 2
    assert fields_of(variant_options=same).options == (("Fabric", "Cotton"),)
    assert caplog.records == []
    other = [*same, {"name": "Fabric", "value": "Silk"}]
    assert fields_of(variant_options=other).options == (("Fabric", "Cotton"),)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_the_product_number_is_the_suppliers_code_and_never_the_handle() -> None:
    assert fields_of().product_number == ""
    supplied = [{"code": "S-1", "supplier_id": "s"}, {"code": "S-2", "supplier_id": "t"}]
    assert fields_of(product_suppliers=supplied).product_number == "S-1"
    assert fields_of(supplier_code="C-9", product_suppliers=supplied).product_number == "C-9"


def test_a_description_that_is_left_out_is_blank() -> None:
    assert fields_of().description == ""
    assert fields_of(description="<p>Bright</p>").description == "<p>Bright</p>"
    assert "description" not in fields_of().unknown


@pytest.mark.parametrize("nothing", [{}, [], None])
def test_an_empty_object_is_no_brand_no_vendor_and_no_department(nothing: Any) -> None:
    fields = fields_of(brand=nothing, supplier=nothing, type=nothing)
    assert (fields.brand, fields.vendor, fields.department) == (None, None, None)


def test_the_department_is_the_leaf_of_its_path() -> None:
    leaf = {"id": "t-2", "name": "Desk lamps", "category_path": [{"id": "t-1", "name": "Lamps"}]}
    assert fields_of(type=leaf).department == Named("t-2", "Desk lamps")
    assert fields_of(type={}, product_category=leaf).department == Named("t-2", "Desk lamps")


def test_a_brand_without_a_name_keeps_its_id_so_that_it_can_be_asked_for() -> None:
    assert fields_of(brand={"id": "b-1"}).brand == Named("b-1", "")


def test_what_the_token_may_not_see_is_unknown_and_never_blank() -> None:
    assert "cost" in part_of(costs_told=False, supply_price=None).fields.unknown
    blank = part_of(supply_price=None).fields
    assert blank.cost is None
    assert "cost" not in blank.unknown


def test_fields_that_x_series_does_not_have_are_unknown() -> None:
    assert fields_of().unknown == {"mpn", "bin_picking_number", "condition", "type"}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([("upc", "036000291452"), ("UPC", "1")], Barcodes(upc="036000291452")),
        ([("Ean", "4006381333931")], Barcodes(gtin="4006381333931")),
        ([("CUSTOM", "123456"), ("custom", "9")], Barcodes()),
        ([("ISBN", "080442957X"), ("itf", "10012345678902")], Barcodes(gtin="10012345678902")),
        ([("JAN", "4901234567894"), ("upc", "1")], Barcodes("1", "4901234567894")),
        ([("LATER", "123")], Barcodes()),
    ],
)
def test_barcodes_are_told_by_their_type_in_any_case(
    codes: list[tuple[str, str]], expected: Barcodes
) -> None:
    assert barcodes([CodeRow(type=kind, code=code) for kind, code in codes]) == expected


@pytest.mark.parametrize(
    ("changes", "tracked"),
    [
        ({}, True),
        ({"has_inventory": False}, False),
        ({"is_composite": True}, False),
    ],
)
def test_a_composite_is_not_counted(changes: dict[str, Any], tracked: bool) -> None:
    assert fields_of(**changes).track_stock is tracked


def test_what_is_not_sold_at_the_till_is_not_active() -> None:
    assert fields_of(is_active=False).active is False
    assert fields_of(is_active=None, active=False).active is False
    assert fields_of(is_active=True, active=False).active is True
    assert fields_of(is_active=None, active=None).active is True


def test_placeholders_are_no_pictures() -> None:
    own = "https://img.example/a.jpg"
    none = "https://secure.example/images/placeholder/product/no-image.png"
    assert fields_of(images=[{"url": none}, {"url": own, "sizes": {}}]).images == (own,)


@pytest.mark.parametrize(
    ("weight", "unit", "kilograms"),
    [
        (1.5, "KG", "1.5"),
        (250, "g", "0.250"),
        (2, "LB", "0.90718474"),
        (1, "OZ", "0.028349523125"),
        (5, "CT", "0.0010"),
        (3, "STONE", None),
        (3, None, None),
    ],
)
def test_weights_are_told_in_kilograms(
    weight: float, unit: str | None, kilograms: str | None
) -> None:
    told = fields_of(weight=weight, weight_unit=unit).weight
    assert told == (None if kilograms is None else Decimal(kilograms))


def test_the_price_is_the_one_of_the_retailers_habit() -> None:
    assert fields_of().price == Decimal("2.6316")
    with_tax = Terms("NZD", tax_in_prices=True)
    assert part_of(with_tax).fields.price == Decimal("3.03")


def test_a_row_without_the_price_of_its_kind_has_none() -> None:
    row = a_row() | {"price_excluding_tax": None}
    part = item_part(row, BEFORE_TAX, costs_told=True)
    assert part is not None
    assert part.fields.price is None
    assert part.fields.unreadable == ""


def test_a_deleted_row_needs_no_more_than_its_id_and_version() -> None:
    row = {"id": "p", "version": 7, "deleted_at": "2026-11-21T10:00:00+00:00"}
    assert item_part(row, BEFORE_TAX, costs_told=True) == ItemPart("p", 7, deleted=True)  # type: ignore[arg-type]  # an id in a test


@pytest.mark.parametrize(
    ("made", "changed", "untouched"),
    [
        ("2020-09-01T06:54:03+00:00", "2020-09-01T06:54:03+00:00", True),
        ("2020-09-01T06:54:03+00:00", "2020-09-01T06:54:23+00:00", False),
        (None, None, False),
        ("", "", False),
        ([1], [1], False),
    ],
)
def test_a_row_that_nobody_edited_since_it_was_made_says_so(
    made: Any, changed: Any, untouched: bool
) -> None:
    assert part_of(created_at=made, updated_at=changed).untouched is untouched


@pytest.mark.parametrize(
    "changes",
    [{"sku": "vend-discount"}, {"sku": "vend-internal-gift-card"}],
)
def test_discounts_and_gift_cards_are_tombstones(changes: dict[str, Any]) -> None:
    part = part_of(**changes)
    assert part.deleted
    assert part.fields == MemberFields()


def test_the_discount_product_of_the_retailer_is_a_tombstone() -> None:
    assert part_of(Terms("USD", tax_in_prices=False, discount_product=a_row()["id"])).deleted


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"price_excluding_tax": "cheap"}, "price excluding tax is no number that can be used"),
        ({"name": "Lamp \ud83d"}, "name has a broken character (half of an emoji)"),
        ({"sku": None}, "sku is missing"),
        ({"variant_options": [{"name": "Size"}]}, "variant options 1 value is missing"),
        ({"has_inventory": "perhaps"}, "has inventory is not as it should be"),
        ({"deleted_at": "yesterday"}, "deleted at is not as it should be"),
    ],
)
def test_a_row_that_cannot_be_read_says_why_and_keeps_its_id_and_version(
    changes: dict[str, Any], why: str, caplog: pytest.LogCaptureFixture
) -> None:
    part = part_of(variant_parent_id="root", **changes)
    assert (part.member, part.version, part.parent) == (a_row()["id"], 59_780_001, "root")
    assert part.fields == MemberFields(unreadable=why)
    assert not part.deleted
    (told,) = caplog.records
    assert told.levelno == logging.ERROR


@pytest.mark.parametrize(
    "row", [{"id": "p"}, {"version": 3}, {}, None, [], "p", {"id": "", "version": 1}]
)
def test_a_row_without_an_id_or_a_version_is_no_part(row: Any) -> None:
    assert item_part(row, BEFORE_TAX, costs_told=True) is None
    assert level_part(row) is None


def test_a_level_is_exact_and_may_be_negative() -> None:
    row = a_level(current_inventory_level=Decimal("-10.25"))
    assert level_part(row) == LevelPart(row["product_id"], "o-1", 1_639_001, Decimal("-10.25"))


@pytest.mark.parametrize(
    "changes",
    [
        {"deleted_at": "2026-11-21T10:00:00Z"},
        {"current_inventory_level": None},
        {"current_inventory_level": "many"},
        {"deleted_at": "yesterday"},
    ],
)
def test_a_level_that_is_gone_or_cannot_be_read_is_unknown(changes: dict[str, Any]) -> None:
    part = level_part(a_level(**changes))
    assert part is not None
    assert (part.deleted, part.on_hand) == (True, Decimal(0))
