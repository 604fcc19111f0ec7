"""The exports of WooCommerce: variations, attributes, and what it does not sell itself."""

from __future__ import annotations

from decimal import Decimal

from tests.sandbox.pos.exports import WOO, load, one, options, reasons


def test_woocommerces_variations_are_variants_of_their_parent() -> None:
    product = one(
        WOO,
        "104,variation,TEE-M,Tee - M,1,5,,26,,https://a/m.jpg,TEE,Size,M,Hue,Red,",
        '102,variable,TEE,Tee,-1,,0.5,,"Sale, Shop > Shirts","https://a/1.jpg, https://a/2.jpg",,'
        'Fabric,Cotton,Size,"S, M",',
        "103,variation,TEE-S,Tee - S,1,4,,25,,,id:102,Hue,Blue,Size,S,",
    )
    assert (product.id, product.name, product.sku) == ("102", "Tee", "TEE")
    assert (product.active, product.department) == (False, "Sale")
    assert product.weight == Decimal("0.2268")
    assert [(v.sku, v.price, options(v)) for v in product.variants] == [
        ("TEE-M", Decimal(26), {"Size": "M", "Hue": "Red"}),
        ("TEE-S", Decimal(25), {"Size": "S", "Hue": "Blue"}),
    ]
    assert [image.url[-5:] for image in product.images] == ["1.jpg", "2.jpg", "m.jpg"]


def test_woocommerces_simple_products_have_attributes_but_no_options() -> None:
    product = one(
        WOO, '7,"simple, virtual",MUG,Mug,1,12,,14.50,Home > Kitchen > Mugs,,,Fabric,Clay,,,'
    )
    assert (product.variants, product.department, product.stock) == (
        [], "Mugs", {"o-main": Decimal(12)},
    )  # fmt: skip


def test_what_woocommerce_does_not_sell_itself_is_named_and_left_out() -> None:
    loaded = load(
        WOO,
        "1,grouped,,Set,1,,,,,,,,,,,",
        "2,external,,Elsewhere,1,,,9,,,,,,,,",
        "3,variation,X-S,X - S,1,4,,9,,,GONE,Size,S,,,",
        "4,variable,Y,Y,1,,,,,,,,,,,",
        "5,simple,Z,Z,1,4,,,,,,,,,,",
    )
    assert loaded.products == []
    assert reasons(loaded) == [
        (2, "a product of Type grouped has no stock of its own"),
        (3, "a product of Type external has no stock of its own"),
        (4, "its Parent 'GONE' is no variable product of the file"),
        (5, "no row of '4' can be read as a variant"),
        (6, "Regular price is blank, and a missing price is not taken for 0"),
    ]


def test_a_stock_of_all_variants_together_is_told() -> None:
    loaded = load(
        WOO,
        "1,variable,T,Tee,1,30,,,,,,,,,,",
        "2,variation,T-S,Tee - S,1,,,9,,,T,Size,S,,,",
    )
    assert not loaded.products[0].track_stock
    assert loaded.notes == [
        "1: its stock is that of all its variants together, so none of it is tracked"
    ]
