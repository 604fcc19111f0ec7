"""Numbers are read by one convention per file, and never guessed."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.pos.csv_numbers import Numbers, convention, meanings
from sandbox.pos.csv_products import read_products
from sandbox.pos.csv_values import BadCell
from sandbox.pos.loaded import Loaded
from sandbox.pos.sales_log import read_sales


def prices(delimiter: str, *cells: str) -> Loaded:
    rows = [delimiter.join((f"p{n}", f"Lamp {n}", f'"{cell}"')) for n, cell in enumerate(cells)]
    return read_products("\n".join([delimiter.join(("id", "name", "price")), *rows]), "own.csv")


def read(loaded: Loaded) -> list[Decimal]:
    return [product.price for product in loaded.products]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.299,00", "1299"), ("1 234,56", "1234.56"), ("1\u202f234,56", "1234.56"),
        ("0,125", "0.125"), ("5,-", "5"), ("5,--", "5"), ("5,\u2013", "5"), ("€ 14,50", "14.5"),
        ("1.234.567", "1234567"), ("2345,678", "2345.678"), ("-0,5", "-0.5"), (",5", "0.5"),
    ],
)  # fmt: skip
def test_some_cells_show_that_the_comma_is_the_decimal_mark(text: str, value: str) -> None:
    assert meanings(text) == {",": Decimal(value)}


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,299.00", "1299"), ("1'234.50", "1234.5"), ("1\u2019234.50", "1234.5"), ("5.-", "5"),
     ("0.125", "0.125"), ("$14.50", "14.5"), ("1,234,567", "1234567"), (".5", "0.5")],
)  # fmt: skip
def test_some_show_that_the_point_is(text: str, value: str) -> None:
    assert meanings(text) == {".": Decimal(value)}


@pytest.mark.parametrize(("text", "value"), [("14", "14"), ("1 234", "1234"), ("1'234", "1234")])
def test_some_read_alike_either_way(text: str, value: str) -> None:
    assert set(meanings(text).values()) == {Decimal(value)}


@pytest.mark.parametrize(
    "text",
    ["", "-", ".", "five", "1e3", "1_000", "١٢", "nan", "(5.00)", "5.00-", "USD 5", "1,23,456.00",
     "1 23", "1.2.3", "1,234.567,8", "12:30", "0,125,000"],
)  # fmt: skip
def test_what_is_no_number_is_none(text: str) -> None:
    assert meanings(text) == {}


def test_cells_that_tell_decide_for_those_that_do_not() -> None:
    assert read(prices(",", "1,299", "14,50")) == [Decimal("1.299"), Decimal("14.5")]
    assert read(prices(",", "1,299", "14.50")) == [Decimal(1299), Decimal("14.5")]
    assert read(prices(";", "1.299", "14.50")) == [Decimal("1.299"), Decimal("14.5")]
    assert read(prices("\t", "1.299", "14,50")) == [Decimal(1299), Decimal("14.5")]


def test_where_no_cell_tells_the_delimiter_does() -> None:
    assert read(prices(";", "2,375", "1.299")) == [Decimal("2.375"), Decimal(1299)]
    assert read(prices(",", "2,375", "1.299")) == [Decimal(2375), Decimal("1.299")]


def test_where_nothing_tells_the_row_is_left_out_and_both_readings_are_said() -> None:
    loaded = prices("\t", "2,375", "14")
    assert read(loaded) == [14]
    assert [skipped.reason for skipped in loaded.skipped_rows] == [
        "price '2,375' may be 2.375 or 2375, and the file does not tell which"
    ]


def test_a_file_that_writes_numbers_in_two_ways_is_told_and_nothing_is_guessed() -> None:
    loaded = prices(";", "14,50", "14.50", "1.299")
    assert read(loaded) == [Decimal("14.5"), Decimal("14.5")]
    assert loaded.skipped_rows[0].row == 4
    assert loaded.about == ["own.csv: numbers are written in two ways, as in '14.50' and '14,50'"]


def test_only_columns_of_numbers_tell() -> None:
    text = 'id,name,sku,price\na,Lamp,"1,5","1,299"\n'
    assert read(read_products(text, "own.csv")) == [1299]


def test_a_price_that_would_be_rounded_to_nothing_is_left_out() -> None:
    loaded = prices(",", "0.00004", "0", "0.00")
    assert read(loaded) == [0, 0]
    assert "too small" in loaded.skipped_rows[0].reason


def test_sales_logs_are_read_so_as_well() -> None:
    log = read_sales(
        "InvoiceNo;StockCode;Description;Quantity;InvoiceDate;UnitPrice\n"
        "1;A1;Rope;2,500;;3,125\n2;A1;Rope;1.000;;3,125\n3;B2;Chain;1,000;;0,5\n",
        "log.csv",
    )
    assert [product.price for product in log.products] == [Decimal("3.125"), Decimal("0.5")]
    quantities = [line.quantity for entry in log.happened for line in entry.lines]
    assert quantities == [Decimal("2.5"), Decimal(1000), Decimal(1)]


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(".,"))
def test_what_a_shop_writes_is_read_back(value: Decimal, mark: str) -> None:
    text = f"{value:,.2f}"
    if mark == ",":
        text = text.replace(",", " ").replace(".", ",").replace(" ", ".")
    assert convention([text], ",").number(text, "price", 2) == value


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_refused_in_words(text: str) -> None:
    for numbers in (Numbers("."), Numbers(","), Numbers(None)):
        with suppress(BadCell):
            numbers.quantity(text, "stock")
