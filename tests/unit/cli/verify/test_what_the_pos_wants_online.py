"""The values that must be online according to the POS, worked out without a store."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cli.verify import in_store
from cli.verify.field import Field, Place
from cli.verify.fields import FIELDS, is_compared, same, shown
from cli.verify.in_pos import fetchable_images, product_values, variant_values
from cli.verify.store_reader import Online
from cli.verify.texts import plain_name


def a_level(on_hand: str, committed: str = "0", outlet: str = "o-main") -> dict[str, Any]:
    return {"outlet_id": outlet, "on_hand": on_hand, "committed": committed, "version": 1}


def a_variant(**overrides: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": "v-1",
        "sku": "TEAPOT-BLUE",
        "price": None,
        "cost": None,
        "barcodes": [],
        "option_values": [{"name": "Colour", "value": "Blue"}],
        "stock": [a_level("2")],
    }
    return values | overrides


def a_record(**overrides: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": "p-1",
        "deleted_at": None,
        "sku": "TEAPOT",
        "name": "Teapot",
        "description_html": "",
        "brand": "",
        "price": "30.00",
        "cost": None,
        "barcodes": [],
        "track_stock": True,
        "stock": [a_level("4")],
        "images": [],
        "variants": [],
        "active": True,
    }
    return values | overrides


@pytest.mark.parametrize(
    ("levels", "settings", "level"),
    [
        ([a_level("4", "1")], {}, 3),
        ([a_level("2.75"), a_level("0.5", outlet="o-west")], {}, 3),
        ([a_level("-3")], {}, 0),
        ([a_level("-0.5"), a_level("1", outlet="o-west")], {}, 0),
        ([a_level("9"), a_level("5", outlet="o-west")], {"outlets": ["o-west"]}, 5),
        ([a_level("4")], {"safety_stock": 3}, 1),
        ([a_level("4")], {"safety_stock": 5}, 0),
        ([a_level("4")], {"learned_safety": {"p-1": {"": 1, "v-1": 3}}}, 3),
        ([a_level("4")], {"safety_stock": 2, "learned_safety": {"p-2": {"": 1}}}, 4),
        ([a_level("3000000000")], {}, 2_147_483_647),
        ([a_level("9999999999.9")], {}, 2_147_483_647),
    ],
)
def test_stock_is_what_chosen_outlets_can_sell_less_safety(
    levels: list[dict[str, Any]], settings: dict[str, Any], level: int
) -> None:
    assert product_values(a_record(stock=levels), settings)["stock"] == level


def test_stock_that_no_chosen_outlet_reported_is_unknown_not_zero() -> None:
    assert "stock" not in product_values(a_record(), {"outlets": ["o-elsewhere"]})


@pytest.mark.parametrize("scanned", [("4006381333931", "0"), ("5", "-36000291452")])
def test_a_scanned_barcode_is_no_count(scanned: tuple[str, str]) -> None:
    levels = [a_level(*scanned), a_level("3", outlet="o-west")]
    assert "stock" not in product_values(a_record(stock=levels), {})
    assert product_values(a_record(stock=levels), {"outlets": ["o-west"]})["stock"] == 3


def test_untracked_products_have_no_level() -> None:
    values = product_values(a_record(track_stock=False), {})
    assert values["tracking"] == "none"
    assert "stock" not in values


def test_with_variants_the_stock_is_the_variants() -> None:
    record = a_record(variants=[a_variant()])
    assert product_values(record, {})["tracking"] == "variant"
    assert "stock" not in product_values(record, {})
    assert variant_values(record, record["variants"][0], {})["stock"] == 2


def test_a_deleted_product_must_be_hidden_and_says_nothing_else() -> None:
    record = {"id": "p-1", "deleted_at": "2026-11-21T10:00:00Z", "name": "Teapot"}
    assert product_values(record, {}) == {"visibility": False}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, {}),
        ({"mpn": None, "condition": None}, {"mpn": ""}),
        ({"mpn": "", "condition": " "}, {"mpn": ""}),
        ({"mpn": " A/1 ", "condition": "used"}, {"mpn": "A/1", "condition": "used"}),
    ],
)
def test_a_key_that_is_left_out_is_unknown_and_one_without_a_value_is_blank(
    record: dict[str, Any], expected: dict[str, str]
) -> None:
    values = product_values(a_record(**record), {})
    assert {name: values[name] for name in ("mpn", "condition") if name in values} == expected


def test_a_variants_part_number_stands_for_itself() -> None:
    blank, own = a_variant(mpn=None), a_variant(mpn="T/B")
    record = a_record(mpn="T", variants=[blank, own])
    assert variant_values(record, blank, {})["mpn"] == ""
    assert variant_values(record, own, {})["mpn"] == "T/B"
    assert "mpn" not in variant_values(record, a_variant(), {})
    assert "condition" not in variant_values(record, own | {"condition": "Used"}, {})


def test_a_further_field_is_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    warranty = Field(
        "warranty",
        Place.PRODUCT,
        lambda unit: unit.own["warranty"] or "",
        lambda unit: unit.own["warranty_text"],
    )
    monkeypatch.setattr("cli.verify.in_pos.FIELDS", {"warranty": warranty})
    monkeypatch.setattr("cli.verify.in_store.FIELDS", {"warranty": warranty})
    monkeypatch.setitem(FIELDS, "warranty", warranty)
    assert product_values(a_record(warranty="2 years"), {}) == {"warranty": "2 years"}
    assert product_values(a_record(), {}) == {}
    online = in_store.product_values({"warranty_text": "1 year"}, Online())
    assert not same("warranty", "2 years", online["warranty"])
    assert is_compared("warranty", {})
    assert not is_compared("warranty", {"fields": {"warranty": "off"}})


def test_a_sku_that_a_variant_has_is_not_the_products_as_well() -> None:
    record = a_record(variants=[a_variant(sku="teapot")])
    assert product_values(record, {})["sku"] == ""


def test_a_variant_without_price_and_cost_has_its_products() -> None:
    record = a_record(cost="12.00", variants=[a_variant()])
    values = variant_values(record, record["variants"][0], {})
    assert (values["price"], values["cost_price"]) == (Decimal("30.00"), Decimal("12.00"))


def test_a_variants_cost_of_0_is_no_cost_of_its_own() -> None:
    record = a_record(cost="12.00", variants=[a_variant(cost="0.00")])
    assert variant_values(record, record["variants"][0], {})["cost_price"] == Decimal("12.00")


@pytest.mark.parametrize(
    ("pos", "store", "alike"),
    [("<p>a</p>\n", "<p>a</p>", True), ("a\nb", "a\r\nb", True), ("a b", "a\nb", False)],
)
def test_of_a_description_line_ends_and_blanks_around_it_do_not_count(
    pos: str, store: str, alike: bool
) -> None:
    assert same("description", pos, store) is alike


def test_barcodes_go_where_bigcommerce_has_a_place_for_their_kind() -> None:
    codes = [
        {"type": "EAN", "code": "not digits"},
        {"type": "GTIN", "code": " 4006381333931 "},
        {"type": "EAN", "code": "5012345678900"},
        {"type": "UPC", "code": "036000291452"},
    ]
    values = product_values(a_record(barcodes=codes), {})
    assert (values["upc"], values["gtin"]) == ("036000291452", "4006381333931")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" Tea &amp; Pot ", "Tea & Pot"),
        ("Tea &amp;amp; Pot", "Tea &amp; Pot"),
        ("Tea\tPot\n", "Tea Pot"),
        ('12" 🌻', '12" 🌻'),
    ],
)
def test_names_stand_online_as_plain_text(typed: str, read: str) -> None:
    assert plain_name(typed) == read


def test_only_images_that_can_be_fetched_and_did_not_fail_visibly_count() -> None:
    urls = [
        "https://pictures.example/a.jpg",
        "https://pictures.example/a.jpg",
        "https://pictures.example/b.jpg",
        "pictures/c.jpg",
        "https://pictures.example/d d.jpg",
        "https://pictures.example/" + "e" * 255,
    ]
    record = a_record(images=[{"url": url} for url in urls])
    assert fetchable_images(record, "") == 2
    assert fetchable_images(record, "could not fetch https://pictures.example/b.jpg") == 1


@pytest.mark.parametrize(
    ("pos", "online", "equal"),
    [
        ("10.99999", "11", True),
        ("10.99994", "10.9999", True),
        ("10.9999", "10.9998", False),
        ("0", "0.0001", False),
    ],
)
def test_money_is_compared_to_the_four_decimals_bigcommerce_keeps(
    pos: str, online: str, equal: bool
) -> None:
    assert same("price", Decimal(pos), Decimal(online)) is equal


def test_brands_are_compared_without_regard_to_case_and_names_with_it() -> None:
    assert same("brand", "Clay Yard", "CLAY YARD")
    assert not same("name", "Mug", "MUG")
    assert same("condition", "refurbished", "Refurbished")
    assert not same("mpn", "a-1", "A-1")


def test_values_are_shown_as_people_say_them() -> None:
    assert shown("description", "") == "blank"
    assert shown("price", Decimal("12.5000")) == "12.5"
    assert shown("price", Decimal(100)) == "100"
    assert shown("visibility", False) == "hidden"
    assert len(shown("description", "x" * 500)) == 80
