"""The item libraries of Square."""

from __future__ import annotations

from decimal import Decimal

from tests.sandbox.pos.exports import SQUARE, load, options, reasons


def test_squares_variations_of_one_item_are_one_product() -> None:
    loaded = load(
        SQUARE,
        't1,Candle,Small,C-S,Soy wax,"Home > Candles, Gifts",036000291452,1,12,N,,,5,Dock,D-1,10,2,',
        "t2,Candle,Large,C-L,Soy wax,,,,18,N,,,7,Dock,D-2,4,,",
        "t3,Mug,Regular,M,,,,,14,Y,,,,,,9,,",
        "t4,Tee,S Red,T,,,,,20,N,Size,S,,,,1,,",
    )
    candle, mug, tee = loaded.products
    assert (candle.id, candle.department, candle.vendor) == ("t1", "Candles", "Dock")
    assert [(options(v), v.price, v.cost, v.stock["o-main"]) for v in candle.variants] == [
        ({"Variation": "Small"}, Decimal(12), Decimal(5), Decimal(12)),
        ({"Variation": "Large"}, Decimal(18), Decimal(7), Decimal(4)),
    ]
    assert (mug.variants, mug.active, mug.price) == ([], False, Decimal(14))
    assert [options(v) for v in tee.variants] == [{"Size": "S"}]


def test_what_square_prices_at_the_till_is_named_and_left_out() -> None:
    loaded = load(SQUARE, "t1,Gift,Regular,G,,,,,variable,N,,,,,,,,", "t2,,Large,L,,,,,9,N,,,,,,,,")
    assert reasons(loaded) == [
        (2, "Price 'variable' is not a number"),
        (3, "the row has no Item Name"),
    ]
