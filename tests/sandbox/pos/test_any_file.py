"""Any file is either read whole, with every row accounted for, or refused with a reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.pos.cloud import PosCloud
from sandbox.pos.csv_bytes import decoded
from sandbox.pos.csv_products import read_products
from sandbox.pos.files import read_product_files, read_sales_file
from sandbox.pos.loaded import UnknownShape
from sandbox.pos.product_shapes import FOREIGN, Shape
from sandbox.pos.publisher import ListPublisher
from sandbox.pos.sales_log import COLUMNS, read_sales
from sandbox.pos.shop_day import play_day

SHOPIFY = (
    "Handle", "Title", "Body (HTML)", "Vendor", "Type", "Published", "Option1 Name",
    "Option1 Value", "Option2 Name", "Option2 Value", "Variant SKU", "Variant Grams",
    "Variant Inventory Qty", "Variant Price", "Variant Barcode", "Cost per item", "Image Src",
)  # fmt: skip
ODD = ("", " ", "a", "A", "S", "Title", "Default Title", "-1", "0", "3", "1e3", "nan", "9" * 40,
       "12.34567", "$1,000.50", "C1", "c9", "D", "TEST1", "85123A", "85123a", "x" * 300, "é\n“",
       "'012345678905", "https://a.example/1.jpg", "false", "\x00", "½")  # fmt: skip
cells = st.sampled_from(ODD) | st.text(max_size=8)


def tables(columns: tuple[str, ...]) -> st.SearchStrategy[tuple[str, int]]:
    """Generate a CSV under these columns, of short and long rows, and how many rows are not
    blank."""
    rows = st.lists(st.lists(cells, max_size=len(columns) + 1), max_size=12)
    return rows.map(lambda found: written(columns, found))


def written(columns: tuple[str, ...], rows: list[list[str]]) -> tuple[str, int]:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    told = [row for row in rows if any(cell.strip() for cell in row)]
    writer.writerows(told)
    return text.getvalue(), len(told)


@given(tables(COLUMNS))
def test_every_row_of_a_sales_log_is_played_or_named(table: tuple[str, int]) -> None:
    text, rows = table
    log = read_sales(text, "any.csv")
    played = sum(len(entry.lines) for entry in log.happened)
    assert played + len(log.skipped_rows) == rows == log.rows
    assert {line.product_id for entry in log.happened for line in entry.lines} == {
        product.id for product in log.products
    }


@given(tables(COLUMNS))
def test_a_log_that_was_read_can_be_played(
    table: tuple[str, int],
) -> None:
    log = read_sales(table[0], "any.csv")
    cloud = PosCloud(ListPublisher())
    cloud.load(log.products)
    play_day(cloud, seed=1, log=log)


@given(tables(SHOPIFY))
def test_every_product_that_was_read_can_be_loaded(table: tuple[str, int]) -> None:
    text, rows = table
    loaded = read_products(text, "any.csv")
    assert loaded.rows == rows
    assert len(loaded.products) + len(loaded.skipped_rows) <= rows
    cloud = PosCloud(ListPublisher())
    cloud.load(loaded.products)
    assert [product.id for product in cloud.catalogue.live()] == [p.id for p in loaded.products]


WORDS = ("Product", "Variant", "Image", "simple", "variable", "variation", "grouped", "id:1", "1",
         "Type=Rectangle|Name=Size|Value=S", "variable price")  # fmt: skip


@pytest.mark.parametrize("shape", FOREIGN, ids=lambda shape: shape.columns.id)
@given(data=st.data())
def test_every_row_of_a_foreign_export_is_part_of_a_product_or_named(
    shape: Shape, data: st.DataObject
) -> None:
    named = dict.fromkeys((*shape.all_of, *shape.any_of, *filter(None, shape.columns.named())))
    columns = tuple(column for column in named if not column.startswith("Options:"))[:24]
    content = cells | st.sampled_from(WORDS)
    rows = data.draw(st.lists(st.lists(content, max_size=len(columns) + 1), max_size=8))
    text, told = written(columns, rows)
    loaded = read_products(text, "any.csv")
    assert loaded.rows == told
    assert len({skipped.row for skipped in loaded.skipped_rows}) == len(loaded.skipped_rows)
    assert bool(loaded.products) or len(loaded.skipped_rows) == told
    cloud = PosCloud(ListPublisher())
    cloud.load(loaded.products)
    assert [product.id for product in cloud.catalogue.live()] == [p.id for p in loaded.products]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    for read in (read_products, read_sales):
        with suppress(UnknownShape):
            read(decoded(content).text, "any.csv")


def test_a_quotation_that_is_never_closed_is_named_and_not_taken_for_a_product() -> None:
    loaded = read_products('id,name,price\na,Lamp,1\nb,"Rope,5\nc,Line,2\nd,Twine,3\n', "own.csv")
    assert [product.id for product in loaded.products] == ["a"]
    assert [(row.row, row.code) for row in loaded.skipped_rows] == [(3, "b")]
    assert "never closed" in loaded.skipped_rows[0].reason


def test_a_quotation_that_is_never_closed_is_no_sale_either() -> None:
    log = read_sales(
        f'{",".join(COLUMNS)}\n1,A1,"Lantern,6,,2.55\n2,A1,Lantern,1,,2.55\n', "log.csv"
    )
    assert log.happened == []
    assert "never closed" in log.skipped_rows[0].reason


@pytest.mark.parametrize("begins", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"], ids=["xlsx", "xls"])
@pytest.mark.parametrize("read", [lambda path: read_product_files([path]), read_sales_file])
def test_a_spreadsheet_is_to_be_saved_as_csv(
    tmp_path: Path, begins: bytes, read: Callable[[Path], object]
) -> None:
    book = tmp_path / "prices.xlsx"
    book.write_bytes(begins + b"\x00" * 40)
    with pytest.raises(UnknownShape, match=r"prices\.xlsx is a spreadsheet. Save it as CSV"):
        read(book)
