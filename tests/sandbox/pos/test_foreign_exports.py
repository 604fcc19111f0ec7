"""The exports of other systems are read as what they are, or refused by it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.pos.cloud import PosCloud
from sandbox.pos.csv_products import read_products
from sandbox.pos.files import read_product_files
from sandbox.pos.inputs import ProductInput, VariantInput
from sandbox.pos.loaded import Loaded, UnknownShape
from sandbox.pos.product_shapes import FOREIGN, Shape
from sandbox.pos.publisher import ListPublisher

WOO = (
    "ID,Type,SKU,Name,Published,Stock,Weight (lbs),Regular price,Categories,Images,Parent,"
    "Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s),Swatch\n"
)
XSERIES = (
    "id,handle,sku,name,product_category,variant_option_one_name,variant_option_one_value,"
    "supply_price,retail_price,brand_name,supplier_name,supplier_code,active,track_inventory,"
    "inventory_Main_Outlet,inventory_Harbour\n"
)
SQUARE = (
    "Token,Item Name,Variation Name,SKU,Description,Categories,GTIN,Weight (lb),Price,Archived,"
    "Option Name 1,Option Value 1,Default Unit Cost,Default Vendor Name,Default Vendor Code,"
    "Current Quantity Main St,Current Quantity Harbour,New Quantity Main St\n"
)
BIGCOMMERCE = (
    "Item,ID,Name,Type,SKU,Options,Inventory Tracking,Current Stock,Price,Cost Price,Brand ID,"
    "Categories,Is Visible,Manufacturer Part Number,Internal Image URL (Export)\n"
)
SHOPIFY = (
    "Title,URL handle,Description,Vendor,Type,Published on online store,Status,SKU,Barcode,"
    "Option1 name,Option1 value,Price,Cost per item,Inventory quantity,Weight value (grams),"
    "Product image URL,Google Shopping / Manufacturer part number (MPN)\n"
)


def load(header: str, *rows: str) -> Loaded:
    return read_products(header + "\n".join(rows), "export.csv")


def one(header: str, *rows: str) -> ProductInput:
    loaded = load(header, *rows)
    assert loaded.skipped_rows == []
    (product,) = loaded.products
    return product


def reasons(loaded: Loaded) -> list[tuple[int, str]]:
    return [(skipped.row, skipped.reason) for skipped in loaded.skipped_rows]


def options(variant: VariantInput) -> dict[str, str]:
    return {chosen.name: chosen.value for chosen in variant.option_values}


def test_shopifys_present_template_has_new_names_for_the_same() -> None:
    product = one(
        SHOPIFY,
        "Mug,mug,<p>Hot</p>,Quay,Kitchen,TRUE,Draft,M1,036000291452,Title,Default Title,14.50,6,12,"
        "400,https://a/1.jpg,MP-1",
        ",mug,,,,,,,,,,,,,,https://a/2.jpg,",
    )
    assert (product.id, product.name, product.sku, product.mpn) == ("mug", "Mug", "M1", "MP-1")
    assert (product.brand, product.department, product.active) == ("Quay", "Kitchen", False)
    assert (product.price, product.cost, product.weight) == (
        Decimal("14.5"),
        Decimal(6),
        Decimal("0.4"),
    )
    assert product.stock == {"o-main": Decimal(12)}
    assert [image.url for image in product.images] == ["https://a/1.jpg", "https://a/2.jpg"]
    assert product.variants == []


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


@pytest.mark.parametrize("header", [WOO, XSERIES, SQUARE, BIGCOMMERCE, SHOPIFY])
def test_what_a_file_was_taken_for_and_what_was_not_read_is_said(header: str) -> None:
    (note,) = load(header).about
    assert note.startswith("export.csv: read as a")


def test_columns_not_read_are_named_as_written() -> None:
    assert load(WOO).about == [
        "export.csv: read as a WooCommerce product export; columns not read: Swatch"
    ]
    assert load(BIGCOMMERCE).about[0].endswith("columns not read: Type, Brand ID, Categories")
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


def test_a_file_without_a_price_is_no_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name,stock\na,Lamp,4\n")
    with pytest.raises(UnknownShape, match="no column for the price"):
        read_product_files([path])


def test_a_blank_price_is_the_products_or_the_row_is_left_out() -> None:
    header = "id,name,option1_name,option1_value,price\n"
    loaded = load(header, "a,Tee,Size,S,9", "a,,,M,", "b,Cap,Size,S,", "b,,,M,8", "c,Mug,,,")
    assert [(p.id, p.price, [v.price for v in p.variants]) for p in loaded.products] == [
        ("a", Decimal(9), [Decimal(9), None]), ("b", Decimal(8), [Decimal(8)]),
    ]  # fmt: skip
    words = "price is blank, and a missing price is not taken for 0"
    assert reasons(loaded) == [(4, words), (6, words)]


def test_the_products_price_is_that_of_its_first_row_even_if_that_row_is_left_out() -> None:
    header = "id,name,option1_name,option1_value,price,stock\n"
    loaded = load(header, "a,Tee,Size,S,9,some", "a,,,M,,4", "b,Cap,Size,S,x,", "b,,,M,,4")
    assert [(product.id, product.price) for product in loaded.products] == [("a", Decimal(9))]
    assert [row for row, _ in reasons(loaded)] == [2, 4, 5]


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
