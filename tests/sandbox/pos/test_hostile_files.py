"""Huge, broken and hostile files: a clear error, or a skipped row with its reason."""

from __future__ import annotations

import pytest

from sandbox.pos.csv_products import read_products
from sandbox.pos.loaded import Loaded, UnknownShape
from sandbox.pos.sales_log import COLUMNS, read_sales

HEADER = "id,name,price\n"
LOG = f"{','.join(COLUMNS)}\n"
HUGE = 10_000_001


def read(rows: str) -> Loaded:
    return read_products(HEADER + rows, "own.csv")


def outcome(loaded: Loaded) -> tuple[list[str | None], list[int]]:
    """Return the ids of the products, and the lines of the rows skipped."""
    return [product.id for product in loaded.products], [row.row for row in loaded.skipped_rows]


def test_a_cell_of_more_than_ten_million_characters_is_left_out_with_its_reason() -> None:
    loaded = read(f"a,{'x' * HUGE},1\nb,Rope,2\n")
    assert outcome(loaded) == (["b"], [2])
    assert "more than 10,000,000 characters" in loaded.skipped_rows[0].reason


def test_a_quotation_that_is_never_closed_is_named_however_long_the_file_is() -> None:
    loaded = read('a,Lamp,1\nb,"Rope,2\n' + "c,Twine of the long kind,3\n" * 400_000)
    assert outcome(loaded) == (["a"], [3])
    assert "never closed" in loaded.skipped_rows[0].reason


@pytest.mark.parametrize("header", ['id,name,price,"note', 'id,"name,price'])
def test_a_quotation_that_is_never_closed_in_the_header_is_refused(header: str) -> None:
    with pytest.raises(UnknownShape, match=r"own\.csv: a quotation mark in the header"):
        read_products(f"{header}\na,Lamp,1\n", "own.csv")
    with pytest.raises(UnknownShape, match=r"log\.csv: a quotation mark in the header"):
        read_sales(f'{LOG.strip()},"note\n1,A1,Lamp,1,,2\n', "log.csv")


@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        ("\x1eend\nb,Rope,2\n", ["b"]),
        ("a,Lamp,1\n\x1eend\nb,Rope,2\n", ["a", "b"]),
        ("a,Lamp,1\nb,Rope,2\n\x1eend\n", ["a", "b"]),
    ],
)
def test_a_line_like_the_readers_own_last_one_loses_no_row(rows: str, ids: list[str]) -> None:
    loaded = read(rows)
    assert [product.id for product in loaded.products] == ids
    assert len(loaded.skipped_rows) == 1
    assert loaded.rows == len(ids) + 1


def test_a_cell_like_the_readers_own_last_line_is_a_cell() -> None:
    loaded = read_products("id,price,name\na,1,Lamp\x1eend\n", "own.csv")
    assert [product.name for product in loaded.products] == ["Lamp\x1eend"]
    assert outcome(loaded) == (["a"], [])


def test_a_column_like_the_readers_own_last_line_shifts_no_other() -> None:
    loaded = read_products("\x1eend,id,name,price\nz,a,Lamp,1\n", "own.csv")
    assert outcome(loaded) == (["a"], [])


def test_a_number_of_millions_of_digits_is_left_out_with_a_reason_that_can_be_read() -> None:
    loaded = read(f"a,Lamp,{'9' * 2_000_000}\nb,Rope,2\n")
    assert outcome(loaded) == (["b"], [2])
    reason = loaded.skipped_rows[0].reason
    assert reason.startswith("price '999")
    assert reason.endswith("999' is not a usable number")
    assert len(reason) < 500


def test_a_row_that_swallowed_the_file_is_named_by_the_beginning_of_its_code() -> None:
    log = read_sales(f'{LOG}1,"A1,Lamp,1,,2\n' + "2,B2,Rope,1,,3\n" * 1_000, "log.csv")
    (skipped,) = log.skipped_rows
    assert skipped.code.startswith("A1,Lamp,1,,2")
    assert len(skipped.code) < 500


def test_what_was_decided_over_a_huge_cell_can_be_read() -> None:
    log = read_sales(f"{LOG}1,A1,Lamp,1,,2\n2,A1,{'x' * 5_000},1,,2\n", "log.csv")
    assert len(log.products) == 1
    assert max(map(len, log.notes)) < 500


def test_of_a_great_many_columns_the_first_hundred_are_named() -> None:
    wide = ",".join(f"c{number}" for number in range(100_000))
    with pytest.raises(UnknownShape, match=r"c0, c1, .* c99 and 99900 more"):
        read_products(f"{wide}\n", "own.csv")
    log = read_sales(f"{LOG.strip()},{wide}\n1,A1,Lamp,1,,2,{wide}\n", "log.csv")
    assert log.about[0].endswith(" c98 and 99901 more")
    assert [product.id for product in log.products] == ["A1"]


def test_formulas_are_text_in_a_text_column_and_no_numbers() -> None:
    loaded = read('"=1+1","=HYPERLINK(""http://x"")",1\nb,@SUM(A1),=2\n')
    assert [(product.id, product.name) for product in loaded.products] == [
        ("=1+1", '=HYPERLINK("http://x")')
    ]
    assert loaded.skipped_rows[0].reason == "price '=2' is not a number"


def test_a_nul_is_kept_in_text_and_no_part_of_a_number() -> None:
    loaded = read("a,La\x00mp,1\nb,Rope,\x002\n")
    assert loaded.products[0].name == "La\x00mp"
    assert loaded.skipped_rows[0].reason == "price '\\x002' is not a number"


@pytest.mark.parametrize("text", [HEADER, HEADER.strip(), f"{HEADER}\n\n,,\n"])
def test_a_header_without_rows_is_a_file_without_products(text: str) -> None:
    assert outcome(read_products(text, "own.csv")) == ([], [])


def test_more_blank_cells_than_columns_are_no_fault() -> None:
    assert outcome(read(f"a,Lamp,1{',' * 100_000}\nb,Rope,2{',x' * 100_000}\n")) == (["a"], [3])
