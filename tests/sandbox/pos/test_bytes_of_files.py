"""Encodings, delimiters, headers and quotation marks of files as spreadsheets write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.pos.csv_bytes import decoded
from sandbox.pos.csv_products import read_products
from sandbox.pos.csv_text import table
from sandbox.pos.files import read_product_files, read_sales_file
from sandbox.pos.loaded import UnknownShape

HEADER = "id,name,price\n"


def test_an_odd_line_does_not_garble_the_others_and_is_told() -> None:
    content = f"{HEADER}a,Café mug,1\n".encode() + b"b,Caf\xe8 cup,1\n" + "c,Naïve tee,1\n".encode()
    read = decoded(content)
    assert read.text == f"{HEADER}a,Café mug,1\nb,Cafè cup,1\nc,Naïve tee,1\n"
    assert read.notes == [
        (
            "not UTF-8 like the other lines, so read as Windows-1252: line 3. "
            "Check the accented letters."
        )
    ]


def test_of_many_odd_lines_a_few_are_named() -> None:
    content = "é\n".encode() + b"\xe8\n" * 8
    assert "line 2, 3, 4, 5, 6 and 3 more" in decoded(content).notes[0]


def test_a_file_that_is_nowhere_utf_8_is_read_as_windows_1252_and_told() -> None:
    read = decoded("a,Café\nb,Crème\n".encode("cp1252"))
    assert read.text == "a,Café\nb,Crème\n"
    assert read.notes == [
        "the file is not UTF-8; it was read as Windows-1252. Check the accented letters."
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8", "utf-8-sig"])
def test_unicode_is_read_with_a_mark_and_without(encoding: str) -> None:
    text = f"{HEADER}a,Café ספל,1\n"
    assert decoded(text.encode(encoding)).text == text
    assert decoded(text.encode(encoding)).notes == []


def test_what_was_odd_is_told_by_file(tmp_path: Path) -> None:
    path = tmp_path / "spring.csv"
    path.write_bytes(f"{HEADER}a,Café,1\n".encode("cp1252"))
    (note,) = read_product_files([path]).about
    assert note.startswith("spring.csv: the file is not UTF-8")
    path.write_bytes(
        "InvoiceNo,StockCode,Description,Quantity,UnitPrice\n1,A1,Café,1,2\n".encode("cp1252")
    )
    assert read_sales_file(path).about[0].startswith("spring.csv: the file is not UTF-8")


@pytest.mark.parametrize("line", ["sep=;\n", '"sep=;"\r\n', "SEP=;\r", "\ufeffsep=;\n"])
def test_excels_first_line_tells_the_delimiter(line: str) -> None:
    found = table(f"{line}id;name, in full\np1;Mug\n")
    assert (found.columns, found.delimiter) == (["id", "name, in full"], ";")
    assert [(row.line, row.get("id")) for row in found.rows] == [(3, "p1")]


def test_a_comma_inside_a_columns_name_separates_nothing() -> None:
    assert table('id;name;"GTIN, UPC, EAN, or ISBN"\n').delimiter == ";"


def test_what_cannot_be_seen_in_a_header_is_no_part_of_its_names() -> None:
    columns = table("\u200bid,\u00a0name ,s\u00adku,\u200eoption1\u00a0name\n").columns
    assert columns == ["id", "name", "sku", "option1 name"]


def test_a_column_that_stands_twice_is_refused() -> None:
    with pytest.raises(UnknownShape, match=r"own\.csv has two columns of one name: price"):
        read_products("id,name,price,Price\na,Lamp,,5\n", "own.csv")


def test_a_column_that_stands_twice_is_refused_in_a_sales_log_too(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("InvoiceNo,StockCode,Description,Quantity,Quantity,UnitPrice\n1,A,B,1,2,3\n")
    with pytest.raises(UnknownShape, match="two columns of one name: quantity"):
        read_sales_file(path)


def test_columns_without_a_name_may_stand_twice() -> None:
    loaded = read_products("id,name,price,,\na,Lamp,5,,\n", "own.csv")
    assert [product.id for product in loaded.products] == ["a"]


@pytest.mark.parametrize("cell", ['"5" pipe fitting"', '"Best" mug', '"a" "b"'])
def test_a_badly_quoted_cell_is_not_changed_but_left_out(cell: str) -> None:
    loaded = read_products(f"{HEADER}a,{cell},1\nb,Lamp,1\n", "own.csv")
    assert [product.id for product in loaded.products] == ["b"]
    assert [(skipped.row, skipped.code) for skipped in loaded.skipped_rows] == [(2, "a")]
    assert "write the mark twice" in loaded.skipped_rows[0].reason


@pytest.mark.parametrize(
    ("cell", "name"),
    [('5" pipe', '5" pipe'), ('"5"" pipe"', '5" pipe'), ('"Two\nlines"', "Two\nlines"), ('""', "")],
)
def test_well_quoted_cells_are_kept(cell: str, name: str) -> None:
    (row,) = table(f"{HEADER}a,{cell},1\n").rows
    assert (row.problem, row.cells["name"]) == ("", name)
