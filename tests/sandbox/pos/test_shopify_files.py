"""Shopify product files: every rule that docs/csv-files.md states."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.pos.csv_products import read_products
from sandbox.pos.files import read_product_files
from sandbox.pos.inputs import ProductInput
from sandbox.pos.loaded import Loaded, UnknownShape
from tests.beside import Beside
from tests.sandbox.pos.exports import SHOPIFY
from tests.sandbox.pos.exports import one as one_of

HEADER = (
    "Handle,Title,Body (HTML),Vendor,Type,Published,Option1 Name,Option1 Value,Option2 Name,"
    "Option2 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Barcode,"
    "Image Src"
)
COLUMNS = HEADER.split(",")


def row(handle: str, **cells: str) -> str:
    """Return a row by shortened column names: title=, value=, price=, qty= and so on."""
    full = {
        "title": "Title",
        "body": "Body (HTML)",
        "vendor": "Vendor",
        "type": "Type",
        "published": "Published",
        "option": "Option1 Name",
        "value": "Option1 Value",
        "option2": "Option2 Name",
        "value2": "Option2 Value",
        "sku": "Variant SKU",
        "grams": "Variant Grams",
        "qty": "Variant Inventory Qty",
        "price": "Variant Price",
        "barcode": "Variant Barcode",
        "image": "Image Src",
    }
    given = {"Handle": handle} | {full[name]: text for name, text in cells.items()}
    return ",".join('"' + given.get(column, "").replace('"', '""') + '"' for column in COLUMNS)


def load(*rows: str) -> Loaded:
    return read_products("\n".join([HEADER, *rows]), "shop.csv")


def one(*rows: str) -> ProductInput:
    loaded = load(*rows)
    (product,) = loaded.products
    return product


def reasons(loaded: Loaded) -> list[tuple[int, str]]:
    return [(skipped.row, skipped.reason) for skipped in loaded.skipped_rows]


def test_a_product_without_options_is_one_row() -> None:
    product = one(
        row(
            "mug", title="Mug ", body="<p>Hot</p>", vendor="Clay Yard", type="Kitchen",
            option="Title", value="Default Title", sku="M1", grams="380", qty="4", price="9.5",
            barcode="'036000291452", image="https://a.example/m.jpg",
        )
    )  # fmt: skip
    assert (product.id, product.name, product.sku) == ("mug", "Mug ", "M1")
    assert (product.brand, product.department, product.vendor) == ("Clay Yard", "Kitchen", None)
    assert (product.price, product.weight) == (Decimal("9.5"), Decimal("0.38"))
    assert product.stock == {"o-main": Decimal(4)}
    assert [(code.type, code.code) for code in product.barcodes] == [("UPC", "036000291452")]
    assert product.variants == []
    assert product.active


def test_several_rows_are_variants_and_extra_rows_are_pictures() -> None:
    product = one(
        row("top", title="Top", option="Size", value="S", qty="1", price="60", image="https://a/1"),
        row("top", value="M", qty="2", price="61", image="https://a/2"),
        row("top", image="https://a/3"),
        row("top", image="https://a/1"),
    )
    assert [v.option_values[0].value for v in product.variants] == ["S", "M"]
    assert [v.price for v in product.variants] == [Decimal(60), Decimal(61)]
    assert product.price == Decimal(60)
    assert [image.url for image in product.images] == ["https://a/1", "https://a/2", "https://a/3"]


def test_rows_of_one_handle_need_not_stand_together() -> None:
    loaded = load(
        row("a", title="A", option="Size", value="S", price="1"),
        row("b", title="B", price="2"),
        row("a", value="M", price="1"),
    )
    assert [(p.id, len(p.variants)) for p in loaded.products] == [("a", 2), ("b", 0)]


def test_without_any_quantity_stock_is_not_tracked() -> None:
    assert not one(row("a", title="A", price="1")).track_stock
    assert one(row("a", title="A", price="1", qty="0")).track_stock


@pytest.mark.parametrize(("said", "active"), [("true", True), ("", True), ("FALSE", False)])
def test_published_is_active(said: str, active: bool) -> None:
    assert one(row("a", title="A", price="1", published=said)).active is active


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row("", title="B"), "the row has no Handle"),
        (row("b", price="1"), "no row of 'b' has a Title"),
        (row("b", title="B", price="ten"), "Variant Price 'ten' is not a number"),
        (
            row("b", title="B"),
            "Variant Price is blank, and a missing price is not taken for 0",
        ),
        (row("b", title="B", price="-1"), "Variant Price '-1' is below 0"),
        (
            row("b", title="B", price="1", qty="some"),
            "Variant Inventory Qty 'some' is not a number",
        ),
        (row("b", title="B", option="Size"), "the variant has no value for the option 'Size'"),
        (row("a", title="A again", price="1"), "the product 'a' is already given on line 2"),
        (row("b", title="B") + ",surplus", "the row has more cells than the header has columns"),
    ],
)
def test_a_row_that_cannot_be_a_product_is_named_and_the_rest_goes_on(
    bad: str, reason: str
) -> None:
    loaded = load(row("a", title="A", price="1"), bad, row("z", title="Z", price="1"))
    assert reasons(loaded) == [(3, reason)]
    assert [product.id for product in loaded.products] == ["a", "z"]


def test_a_variant_given_twice_counts_once() -> None:
    loaded = load(
        row("a", title="A", option="Size", value="S", option2="Hue", value2="Red", price="1"),
        row("a", value="S", value2="Blue", price="1"),
        row("a", value="S", value2="Red", price="2"),
    )
    assert reasons(loaded) == [(4, "S / Red is already given on line 2")]
    assert len(loaded.products[0].variants) == 2


def test_lines_are_counted_through_descriptions_of_several_lines() -> None:
    loaded = load(
        row("a", title="A", body="one\ntwo\nthree", price="1"), row("", title="B", price="1")
    )
    assert reasons(loaded) == [(5, "the row has no Handle")]


def test_what_a_store_will_refuse_is_loaded_all_the_same() -> None:
    loaded = load(
        row("a", title="Same", sku="X/1", price="0"),
        row("b", title="Same", sku="X/1", price="0"),
        row("c", title="n" * 300, price="0"),
    )
    assert len(loaded.products) == 3
    assert loaded.skipped_rows == []


@pytest.mark.parametrize(
    ("text", "price"),
    [("$1,299.00", "1299"), ("12,50", "12.5"), ("1.23456", "1.2346"), ("0", "0")],
)
def test_prices_are_read_as_people_write_them(text: str, price: str) -> None:
    assert one(row("a", title="A", price=text)).price == Decimal(price)


def test_a_file_of_another_shape_is_refused_naming_its_columns() -> None:
    with pytest.raises(UnknownShape, match="Columns found: Name, Amount"):
        read_products("Name,Amount\nMug,1\n", "other.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_spreadsheets_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "any name.txt"
    lines = [HEADER, row("a", title="Café Crème", price="1.5"), row("b", title="Tè", price="2")]
    path.write_bytes("\n".join(lines).encode(encoding))
    read = read_product_files([path]).products
    assert [(product.name, product.price) for product in read] == [
        ("Café Crème", Decimal("1.5")),
        ("Tè", Decimal(2)),
    ]


def test_semicolons_part_cells_as_well(tmp_path: Path) -> None:
    path = tmp_path / "semicolons.csv"
    path.write_text('id;name;price\nmug;"Mug; blue";9,50\n', encoding="utf-8")
    (product,) = read_product_files([path]).products
    assert (product.name, product.price) == ("Mug; blue", Decimal("9.50"))


def test_an_id_of_an_earlier_file_is_kept(tmp_path: Path) -> None:
    for name, title in (("1.csv", "First"), ("2.csv", "Second")):
        (tmp_path / name).write_text(
            "\n".join([HEADER, row("a", title=title, price="1")]), encoding="utf-8"
        )
    loaded = read_product_files([tmp_path / "1.csv", tmp_path / "2.csv"])
    assert [product.name for product in loaded.products] == ["First"]
    assert loaded.skipped_rows[0].json() == {
        "file": "2.csv",
        "row": 2,
        "code": "a",
        "reason": "'a' is already in 1.csv",
    }


@pytest.mark.parametrize("name", ["shopify-apparel.csv", "shopify-jewelery.csv"])
def test_real_shopify_files_load_without_a_skipped_row(name: str, beside: Beside) -> None:
    loaded = read_product_files([beside("data", name)])
    assert (len(loaded.products), loaded.skipped_rows) == (20, [])


def test_shopifys_present_template_has_new_names_for_the_same() -> None:
    product = one_of(
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
