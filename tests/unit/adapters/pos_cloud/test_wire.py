"""The POS's record becomes the domain's product."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from tillbridge.adapters.pos_cloud.wire import ProductRecord, TombstoneRecord
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.product import Barcodes, StockLevel, Variant


def a_record(**fields: Any) -> dict[str, Any]:
    return {"id": "p-1", "version": 7, "price": "12.50"} | fields


def test_a_whole_record_is_read() -> None:
    product = ProductRecord.model_validate(
        a_record(
            sku="CHAIR",
            product_number="0417",
            name="Armchair",
            description_html="<p>Soft</p>",
            department={"id": "d1", "name": "Seats"},
            vendor={"id": "v1", "name": "Oak & Co"},
            brand="Oak",
            cost="4.10",
            track_stock=True,
            stock=[{"outlet_id": "o1", "on_hand": "3", "committed": "1", "version": 7}],
            weight="0.25",
            mpn="OC-417",
            bin_picking_number=417,
            condition=None,
            images=[{"url": "https://a.example/1.jpg"}],
            options=[{"name": "Size", "values": ["S"]}],
            variants=[
                {
                    "id": "x1",
                    "sku": "CHAIR-S",
                    "product_number": "0418",
                    "price": None,
                    "cost": None,
                    "barcodes": [],
                    "mpn": "",
                    "bin_picking_number": "B-04",
                    "option_values": [{"name": "Size", "value": "S"}],
                    "stock": [{"outlet_id": "o1", "on_hand": "-2.5", "committed": "0"}],
                }
            ],
            active=False,
        )
    ).as_domain()
    assert (product.price, product.cost, product.weight) == (
        Decimal("12.50"),
        Decimal("4.10"),
        Decimal("0.25"),
    )
    assert (product.department, product.vendor, product.brand) == ("Seats", "Oak & Co", "Oak")
    assert product.stock == (StockLevel("o1", Decimal(3), Decimal(1)),)
    assert (product.images, product.options) == (("https://a.example/1.jpg",), ("Size",))
    assert product.variants == (
        Variant(
            PosVariantId("x1"),
            "CHAIR-S",
            (("Size", "S"),),
            "0418",
            bin_picking_number="B-04",
            stock=(StockLevel("o1", Decimal("-2.5"), Decimal(0)),),
        ),
    )
    assert not product.visible
    assert (product.mpn, product.bin_picking_number) == ("OC-417", "417")
    assert not product.condition


def test_a_key_that_is_left_out_is_unknown_and_a_null_is_blank() -> None:
    said = a_record(name=None, description_html=None, barcodes=[], mpn=None, variants=[])
    product = ProductRecord.model_validate(said).as_domain()
    blank = ("name", "description", "barcodes", "mpn", "variants")
    assert [each for each in blank if not product.knows(each)] == []
    left_out = ("sku", "cost", "brand", "active", "track_stock", "images", "condition")
    assert [each for each in left_out if product.knows(each)] == []


def test_a_variants_keys_are_unknown_for_themselves() -> None:
    (variant,) = ProductRecord.model_validate(
        a_record(variants=[{"id": "x1", "sku": "S"}])
    ).variants
    assert variant.as_domain().knows("sku")
    assert not variant.as_domain().knows("mpn")
    assert variant.as_domain().knows("condition"), "no variant has one"


def test_fields_nobody_knew_and_nulls_are_tolerated() -> None:
    product = ProductRecord.model_validate(
        a_record(
            loyalty={"points": 3},
            description_html=None,
            brand=None,
            department=None,
            vendor=None,
            barcodes=None,
            images=None,
            variants=None,
            cost=None,
            weight=None,
            sku=417,
        )
    ).as_domain()
    assert (product.description, product.brand, product.department, product.sku) == (
        "",
        "",
        "",
        "417",
    )
    assert (product.cost, product.weight, product.images, product.variants) == (None, None, (), ())


@pytest.mark.parametrize("gap", [{"price": None}, {"price": "free"}, {"version": None}])
def test_a_price_or_version_is_never_made_up(gap: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ProductRecord.model_validate(a_record(**gap))


@pytest.mark.parametrize(
    ("codes", "barcodes"),
    [
        ([("UPC", "036000291452")], Barcodes(upc="036000291452")),
        ([("EAN", "4006381333931")], Barcodes(gtin="4006381333931")),
        ([("GTIN", "04006381333931"), ("upc", "1")], Barcodes("1", "04006381333931")),
        ([("ISBN", "9783161484100")], Barcodes(gtin="9783161484100")),
        ([("CODE39", "AB-12")], Barcodes()),
        ([("UPC", "1"), ("UPC", "2"), ("EAN", "3"), ("EAN", "4")], Barcodes("1", "3")),
        ([("UPC", " 1 "), ("EAN", "")], Barcodes(upc="1")),
        ([], Barcodes()),
    ],
)
def test_barcodes_go_to_the_two_fields_bigcommerce_has(
    codes: list[tuple[str, str]], barcodes: Barcodes
) -> None:
    record = a_record(barcodes=[{"type": kind, "code": code} for kind, code in codes])
    assert ProductRecord.model_validate(record).as_domain().barcodes == barcodes


def test_a_tombstone_needs_no_more_than_id_and_version() -> None:
    record = {"id": "p-1", "version": 8, "deleted_at": "2026-11-20T10:00:00Z", "price": None}
    product = TombstoneRecord.model_validate(record).as_domain()
    assert (product.id, product.version, product.deleted, product.visible) == (
        "p-1",
        8,
        True,
        False,
    )
