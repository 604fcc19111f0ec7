"""Each file is read as what it is, or refused by it."""

from __future__ import annotations

import pytest

from sandbox.pos.cloud import PosCloud
from sandbox.pos.csv_products import read_products
from sandbox.pos.loaded import UnknownShape
from sandbox.pos.product_shapes import FOREIGN, Shape
from sandbox.pos.publisher import ListPublisher
from tests.sandbox.pos.exports import BIGCOMMERCE, SHOPIFY, SQUARE, WOO, XSERIES, load


@pytest.mark.parametrize("header", [WOO, XSERIES, SQUARE, BIGCOMMERCE, SHOPIFY])
def test_what_a_file_was_taken_for_and_what_was_not_read_is_said(header: str) -> None:
    (note,) = load(header).about
    assert note.startswith("export.csv: read as a")


def test_columns_not_read_are_named_as_written() -> None:
    assert load(WOO).about == [
        "export.csv: read as a WooCommerce product export; columns not read: Swatch"
    ]
    assert load(BIGCOMMERCE).about[0].endswith("columns not read: Brand ID, Categories")
    assert load(SQUARE).about[0].endswith("columns not read: New Quantity Main St")
    assert load("id,name,price,colour,,\n").about == [
        "export.csv: columns not read: colour, (no name)"
    ]
    assert load("id,name,price,stock\n").about == []


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("id,name,Amount,Colour", "not a product file we know"),
        ("ID,Name,Regular cost,Pictures,Mother", "not a product file we know"),
        ("Product ID,Product Name,Product Code/SKU,Price", "BigCommerce's former export"),
        ("Handle,SKU,Name,Category,Sold by weight,Price", "Loyverse"),
        ("sku,name,id,attribute_set_code,price", "Magento"),
    ],
)
def test_other_files_are_refused_with_the_columns_found(header: str, told: str) -> None:
    with pytest.raises(UnknownShape) as refused:
        read_products(f"{header}\n", "export.csv")
    assert told in str(refused.value)
    assert f"Columns found: {header.replace(',', ', ')}." in str(refused.value)


@pytest.mark.parametrize("shape", FOREIGN, ids=lambda shape: shape.columns.id)
def test_no_shape_takes_the_files_of_another(shape: Shape) -> None:
    header = dict.fromkeys([*shape.all_of, *filter(None, shape.columns.named())])
    cells = ",".join(f'"{column}"' for column in header)
    (note,) = [note for note in load(f"{cells}\n").about if "read as" in note]
    assert shape.name in note


@pytest.mark.parametrize(
    "text",
    [
        WOO + "1,variable,T,Tee,1,,,,,,,,,,,\n2,variation,T-S,x,1,4,,9,,,T,Size,S,,,\n",
        XSERIES + "0a,tee,1,Tee,Clothing,Size,S,10,25,Quay,Dock,D,1,1,4,2\n",
        SQUARE + "t1,Candle,S,C-S,,,,,12,N,,,5,,,10,2,\nt2,Candle,L,C-L,,,,,18,N,,,,,,4,,\n",
        BIGCOMMERCE + "Product,7,Tee,,T,,variant,,25,,,,TRUE,,\n"
        "Variant,3,,,T-S,Type=Rectangle|Name=Size|Value=S,,4,,,,,,,\n",
    ],
    ids=["woocommerce", "x-series", "square", "bigcommerce"],
)
def test_what_was_read_can_be_loaded(text: str) -> None:
    cloud = PosCloud(ListPublisher())
    cloud.load(read_products(text, "export.csv").products)
    (product,) = cloud.catalogue.live()
    assert product.price > 0
    assert product.variants
