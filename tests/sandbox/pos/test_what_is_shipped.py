"""Gift cards, services and downloads are digital, whatever the file calls them."""

from __future__ import annotations

import pytest

from sandbox.pos.csv_products import read_products
from tests.sandbox.pos.exports import BIGCOMMERCE, WOO, one

SHOPIFY = "Title,URL handle,Option1 name,Option1 value,Price,SKU,Gift card,Requires shipping\n"
FORMER = (
    "Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant Price,Variant SKU,Gift Card,"
    "Variant Requires Shipping\n"
)


@pytest.mark.parametrize(
    ("gift", "shipping", "kind"),
    [
        ("TRUE", "true", "digital"),
        ("", "FALSE", "digital"),
        ("false", "true", "physical"),
        ("", "", None),
        ("maybe", "", "physical"),
    ],
)
def test_shopifys_gift_cards_and_what_needs_no_shipping_are_digital(
    gift: str, shipping: str, kind: str | None
) -> None:
    assert one(SHOPIFY, f"Card,card,Title,Default Title,10,C1,{gift},{shipping}").type == kind
    assert one(FORMER, f"card,Card,,Title,Default Title,10,C1,{gift},{shipping}").type == kind


def test_a_product_of_which_one_variant_is_shipped_is_physical() -> None:
    rows = ["book,Book,,Form,File,10,B1,,false", "book,,,Form,Paper,12,B2,,true"]
    (product,) = read_products(FORMER + "\n".join(rows), "shop.csv").products
    assert product.type == "physical"
    (product,) = read_products(FORMER + rows[0], "shop.csv").products
    assert product.type == "digital"


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("simple", "physical"),
        ("simple, virtual", "digital"),
        ('"simple, downloadable, virtual"', "digital"),
    ],
)
def test_woocommerces_virtual_and_downloadable_products_are_digital(kind: str, type_: str) -> None:
    cell = kind if kind.startswith('"') else f'"{kind}"'
    assert one(WOO, f"1,{cell},S-1,Song,1,,,3,,,,,,,,").type == type_


@pytest.mark.parametrize("kind", ["physical", "digital"])
def test_bigcommerces_own_export_says_the_type(kind: str) -> None:
    assert one(BIGCOMMERCE, f"Product,7,Song,{kind},S-1,,none,0,3,,,,TRUE,,").type == kind


def test_a_file_without_such_a_column_says_nothing_of_the_type() -> None:
    header = "Title,URL handle,Option1 name,Option1 value,Price,SKU\n"
    assert "type" not in one(header, "Card,card,Title,Default Title,10,C1").model_fields_set
