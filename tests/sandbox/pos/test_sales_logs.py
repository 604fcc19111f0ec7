"""Sales logs: every rule that docs/csv-files.md states."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.pos.files import read_sales_file
from sandbox.pos.loaded import UnknownShape
from sandbox.pos.sales_log import SalesLog, read_sales
from tests.beside import Beside

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,Country"


def read(*rows: str) -> SalesLog:
    return read_sales("\n".join([HEADER, *rows]) + "\n", "log.csv")


def happened(log: SalesLog) -> list[tuple[str, str, list[tuple[str, int]]]]:
    return [
        (entry.kind, entry.invoice, [(line.product_id, int(line.quantity)) for line in entry.lines])
        for entry in log.happened
    ]


def test_invoices_are_sales_and_those_with_a_c_refunds_in_file_order() -> None:
    log = read(
        "1,A1,Lantern,6,12/1/10 8:26,2.55,UK",
        "1,B2,Kettle,2,2010-12-01T08:26,20,UK",
        "C2,A1,Lantern,-1,whenever,2.55,UK",
        "3,A1,Lantern,1,,2.55,UK",
    )
    assert happened(log) == [
        ("sale", "1", [("A1", 6), ("B2", 2)]),
        ("refund", "C2", [("A1", 1)]),
        ("sale", "3", [("A1", 1)]),
    ]
    assert log.skipped_rows == []


def test_the_opening_stock_is_enough_for_the_whole_log() -> None:
    log = read("1,A1,Lantern,6,,2.55,", "2,A1,Lantern,-4,,0,", "C3,A1,Lantern,-6,,2.55,")
    assert log.products[0].stock == {"o-main": Decimal(15)}


def test_a_quantity_below_zero_without_a_c_is_an_adjustment() -> None:
    log = read("1,A1,Lantern,6,,2.55,", "2,A1,Lantern,-4,,0,")
    assert happened(log)[1] == ("correction", "2", [("A1", -4)])


def test_the_first_description_and_the_first_price_count() -> None:
    log = read(
        "1,A1,,6,,0,",
        "2,A1,RED LANTERN  ,1,,0,",
        "3,A1,RED LAMP,1,,2.55,",
        "4,A1,RED LANTERN,1,,3,",
    )
    (product,) = log.products
    assert (product.id, product.sku, product.name, product.price) == (
        "A1", "A1", "RED LANTERN", Decimal("2.55"),
    )  # fmt: skip
    assert log.notes == ["A1: named 'RED LANTERN', its first description; not used: 'RED LAMP'"]
    assert log.skipped_rows == []


def test_codes_that_differ_in_capitals_are_one_product() -> None:
    log = read("1,85123A,Lantern,6,,2.55,", "2,85123a,Lantern,1,,2.55,")
    assert [product.id for product in log.products] == ["85123A"]
    assert happened(log)[1] == ("sale", "2", [("85123A", 1)])
    assert log.notes == ["85123A: written 85123A, 85123a; taken as one product"]


def test_a_code_without_description_but_with_a_price_is_named_by_its_code() -> None:
    log = read("1,A1,,6,,2.55,")
    assert log.products[0].name == "A1"
    assert log.notes == ["A1: it has no description, so its code is its name"]


def test_a_product_may_cost_nothing_but_only_if_the_log_says_so() -> None:
    log = read("1,A1,Sample,6,,0,", "1,B2,Lamp,6,,,", "2,A1,Sample,1,,,")
    assert [(product.id, product.price) for product in log.products] == [("A1", Decimal(0))]
    assert [(skipped.row, skipped.reason) for skipped in log.skipped_rows] == [
        (3, "it has no price anywhere in the file, and a missing price is not taken for 0")
    ]


@pytest.mark.parametrize(
    "code",
    ["D", "M", "m", "POST", "DOT", "BANK CHARGES", "B", "S", "AMAZONFEE", "CRUK", "PADS", "C2",
     "TEST001", "ADJUST2"],
)  # fmt: skip
def test_a_code_that_is_no_product_is_named_and_left_out(code: str) -> None:
    log = read("1,A1,Lantern,6,,2.55,", f"1,{code},POSTAGE,1,,18,")
    assert [(skipped.row, skipped.code) for skipped in log.skipped_rows] == [(3, code)]
    assert [product.id for product in log.products] == ["A1"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (
            "C1,A1,Lantern,2,,2.55,",
            "a refund (an invoice beginning with C) with a quantity above 0",
        ),
        ("1,A1,Lantern,0,,2.55,", "a quantity of 0 sells nothing"),
        ("1,A1,Lantern,six,,2.55,", "Quantity 'six' is not a number"),
        ("1,A1,Lantern,,,2.55,", "Quantity '' is not a number"),
        ("1,A1,Lantern,nan,,2.55,", "Quantity 'nan' is not a number"),
        ("1,A1,Lantern,1,,free,", "UnitPrice 'free' is not a number"),
        ("1,A1,Lantern,1,,-3,", "UnitPrice '-3' is below 0"),
        (",A1,Lantern,1,,2,", "the row has no InvoiceNo"),
        ("1,,Lantern,1,,2,", "the row has no StockCode"),
        ("1,A1,Lantern", "the row ends before its last column"),
        ("1,A1,Lantern, red,1,,2,,", "Quantity 'red' is not a number"),
        ("1,A1,Lantern,1,,2,UK,more", "the row has more cells than the header has columns"),
        ("9,Q7,,3,,0,", "it has no description and no price anywhere in the file: not a product"),
    ],
)
def test_a_row_that_cannot_be_a_sale_is_named_and_the_rest_goes_on(bad: str, reason: str) -> None:
    log = read("1,A1,Lantern,6,,2.55,", bad, "2,B2,Kettle,1,,20,")
    assert [(skipped.row, skipped.reason) for skipped in log.skipped_rows] == [(3, reason)]
    assert [product.id for product in log.products] == ["A1", "B2"]
    assert len(log.happened) == 2


def test_a_left_out_row_gives_neither_name_nor_price() -> None:
    log = read("1,A1,WRONG,0,,99,", "1,A1,Lantern,6,,2.55,")
    assert (log.products[0].name, log.products[0].price) == ("Lantern", Decimal("2.55"))


def test_a_file_of_another_shape_is_refused_naming_its_columns() -> None:
    with pytest.raises(UnknownShape, match="Columns found: Handle, Title"):
        read_sales("Handle,Title\nx,y\n", "shop.csv")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1"])
def test_a_log_in_another_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "day.txt"
    path.write_bytes(f"{HEADER}\n1,A1,Café crème,6,,£2.55,\n".encode(encoding))
    assert read_sales_file(path).products[0].name == "Café crème"


def test_the_real_morning_loads_naming_only_what_is_no_product(beside: Beside) -> None:
    log = read_sales_file(beside("data", "online-retail-2010-12-01.csv"))
    assert (len(log.products), len(log.happened)) == (587, 65)
    assert sorted({skipped.code for skipped in log.skipped_rows}) == ["D", "POST"]
    assert sum(len(entry.lines) for entry in log.happened) == log.rows - len(log.skipped_rows)
