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
