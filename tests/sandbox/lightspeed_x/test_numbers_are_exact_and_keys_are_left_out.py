"""Fact 15: numbers of up to five decimals, empty objects, absent keys, code types in lower case."""

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sandbox.lightspeed_x.wire.json_text import json_text
from tests.sandbox.lightspeed_x.conftest import Clock, Shop, a_mug

BARE = ("description", "source_id", "supplier_code", "supplier_id", "brand_id", "product_type_id",
        "product_suppliers", "weight", "variant_parent_id", "variant_count", "deleted_at")  # fmt: skip


def test_numbers_have_up_to_five_decimals_and_pass_no_float(shop: Shop) -> None:
    a_mug(shop, price="12345678901234.1234", stock={"o-main": "3.02632"})
    text = shop.call("GET", "/products").text
    assert '"price_excluding_tax":12345678901234.1234' in text
    assert shop.levels()[0]["current_inventory_level"] == Decimal("3.02632")


@given(st.decimals(places=5, min_value=-(10**14), max_value=10**14, allow_nan=False))
def test_every_number_of_five_decimals_is_written_exactly(number: Decimal) -> None:
    text = json_text({"n": number})
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal)["n"] == number
    assert "e" not in text.casefold()


@given(st.text())
def test_every_text_is_written_as_it_is(text: str) -> None:
    assert json.loads(json_text({text: [text, Decimal(1)]})) == {text: [text, 1]}


def test_a_round_number_has_no_decimals(shop: Shop) -> None:
    a_mug(shop, price="110.00")
    assert '"price_excluding_tax":110,' in shop.call("GET", "/products").text


def test_the_shops_own_price_is_exact_and_the_other_follows_from_the_tax(clock: Clock) -> None:
    before_tax, with_tax = Shop(clock), Shop(clock, tax_exclusive=False)
    for shop in (before_tax, with_tax):
        a_mug(shop, price="3.0263")
    (row,) = before_tax.rows()
    assert (row["price_excluding_tax"], row["price_including_tax"]) == (
        Decimal("3.0263"),
        Decimal("3.48025"),
    )
    (row,) = with_tax.rows()
    assert (row["price_excluding_tax"], row["price_including_tax"]) == (
        Decimal("2.63157"),
        Decimal("3.0263"),
    )


def test_what_is_empty_is_an_empty_object_or_left_out(shop: Shop) -> None:
    a_mug(shop)
    (row,) = shop.rows()
    assert (row["brand"], row["supplier"], row["type"]) == ({}, {}, {})
    assert [key for key in BARE if key in row] == []


def test_a_product_without_images_shows_a_placeholder_that_is_none(shop: Shop) -> None:
    a_mug(shop)
    (row,) = shop.rows()
    assert row["images"] == []
    assert "/images/placeholder/" in row["image_url"]


def test_code_types_are_in_lower_case_and_the_sku_is_a_custom_code(shop: Shop) -> None:
    a_mug(shop, barcodes=[{"type": "GTIN", "code": "10012345678902"},
                          {"type": "UPC", "code": "036000291452"}])  # fmt: skip
    codes = [(code["type"], code["code"]) for code in shop.rows()[0]["product_codes"]]
    assert codes == [("custom", "MUG1"), ("itf", "10012345678902"), ("upc", "036000291452")]


def test_times_are_in_whole_seconds(shop: Shop) -> None:
    a_mug(shop)
    (row,) = shop.rows()
    assert row["updated_at"].endswith("+00:00")
    assert len(row["updated_at"]) == len("2015-01-08T20:41:50+00:00")


def test_the_text_of_an_answer_is_json_with_names_as_they_are(shop: Shop) -> None:
    a_mug(shop, name='Café „Glas“ "1"\n🌻')
    assert json.loads(shop.call("GET", "/products").text)["data"][0]["name"] == (
        'Café „Glas“ "1"\n🌻'
    )
