"""The exports of Lightspeed X-Series."""

from __future__ import annotations

from decimal import Decimal

from tests.sandbox.pos.exports import XSERIES, one


def test_lightspeeds_rows_of_one_handle_are_one_product() -> None:
    product = one(
        XSERIES,
        "0a-1,tee,10001,Tee,Clothing,Size,S,10,25,Quay,Dock Ltd,DK-1,1,1,4,2",
        "0a-2,tee,10002,Tee,Clothing,Size,M,10,26,Quay,Dock Ltd,DK-2,1,1,5,",
    )
    assert (product.id, product.brand, product.vendor) == ("tee", "Quay", "Dock Ltd")
    assert (product.department, product.active, product.track_stock) == ("Clothing", True, True)
    assert [(v.sku, v.price, v.cost, v.product_number, v.stock) for v in product.variants] == [
        ("10001", Decimal(25), Decimal(10), "DK-1", {"o-main": Decimal(6)}),
        ("10002", Decimal(26), Decimal(10), "DK-2", {"o-main": Decimal(5)}),
    ]


def test_lightspeeds_untracked_and_inactive_products() -> None:
    product = one(XSERIES, "0a-3,fee,10003,Fee,,,,,5,,,,0,0,,")
    assert (product.active, product.track_stock) == (False, False)
