"""The exports of BigCommerce, whose rows follow their product's."""

from __future__ import annotations

from decimal import Decimal

from tests.sandbox.pos.exports import BIGCOMMERCE, load, options, reasons


def test_bigcommerces_rows_follow_their_product() -> None:
    loaded = load(
        BIGCOMMERCE,
        "Product,77,Mug,physical,MUG,,product,12,14.50,6,3,5;8,TRUE,MP-1,",
        "Image,901,,,,,,,,,,,,,https://a/1.jpg",
        "Product,78,Tee,physical,TEE,,variant,0,25,,,5,FALSE,,",
        "Variant,301,,,TEE-S,Type=Swatch|Name=Hue|Value=Red[#f00]Type=Rectangle|Name=Size|Value=S,"
        ",4,,,,,,,",
        "Variant,302,,,TEE-M,Type=Rectangle|Name=Size|Value=MType=Swatch|Name=Hue|Value=Red[#f00],"
        ",5,26,,,,,,",
        "Video,12,,,,,,,,,,,,,",
    )
    assert loaded.skipped_rows == []
    mug, tee = loaded.products
    assert (mug.id, mug.name, mug.sku, mug.mpn, mug.cost) == (
        "77",
        "Mug",
        "MUG",
        "MP-1",
        Decimal(6),
    )
    assert (mug.stock, [image.url for image in mug.images]) == (
        {"o-main": Decimal(12)}, ["https://a/1.jpg"],
    )  # fmt: skip
    assert (tee.sku, tee.price, tee.active, tee.track_stock) == ("TEE", Decimal(25), False, True)
    assert [(v.sku, v.price, options(v), v.stock["o-main"]) for v in tee.variants] == [
        ("TEE-S", None, {"Hue": "Red", "Size": "S"}, Decimal(4)),
        ("TEE-M", Decimal(26), {"Hue": "Red", "Size": "M"}, Decimal(5)),
    ]


def test_a_bigcommerce_row_whose_product_cannot_be_read_is_not_the_one_aboves() -> None:
    loaded = load(
        BIGCOMMERCE,
        "Variant,9,,,A-S,Type=Rectangle|Name=Size|Value=S,,4,,,,,,,",
        "Product,77,Mug,physical,MUG,,none,,14.50,,,,TRUE,,",
        "Product,,Tee,physical,TEE,,variant,0,25,,,,TRUE,,",
        "Variant,301,,,TEE-S,Type=Rectangle|Name=Size|Value=S,,4,,,,,,,",
        "Rule,1,,,,,,,,,,,,,",
    )
    assert [(product.id, product.track_stock) for product in loaded.products] == [("77", False)]
    assert reasons(loaded) == [
        (2, "no Product row is above it"),
        (4, "the row has no ID"),
        (5, "its Product row, line 4, was left out"),
        (6, "its Item 'Rule' is not read"),
    ]


def test_a_product_that_is_given_twice_counts_once() -> None:
    rows = [
        "Product,78,Tee,physical,TEE,,variant,0,25,,,5,TRUE,,",
        "Variant,301,,,TEE-S,Type=Rectangle|Name=Size|Value=S,,4,,,,,,,",
    ]
    loaded = load(BIGCOMMERCE, *rows, *rows)
    assert [len(product.variants) for product in loaded.products] == [1]
    assert reasons(loaded) == [
        (4, "the product '78' is already given on line 2"),
        (5, "S is already given on line 3"),
    ]


def test_a_price_of_the_whole_that_cannot_be_read_is_told() -> None:
    loaded = load(
        BIGCOMMERCE,
        "Product,78,Tee,physical,TEE,,variant,0,ask,,,5,TRUE,,",
        "Variant,301,,,TEE-S,Type=Rectangle|Name=Size|Value=S,,4,25,,,,,,",
    )
    assert loaded.products[0].price == 25
    assert loaded.notes == ["78: its price 'ask' cannot be read, so it has its first variant's"]
