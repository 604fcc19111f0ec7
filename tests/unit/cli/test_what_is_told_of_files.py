"""What is told of the files that a demo was given: columns not read, odd bytes, prices missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.cannot_run import WrongArguments
from cli.demo.input import read_input
from cli.demo.store_products import store_catalogue

WOO = (
    "ID,Type,Name,SKU,Published,Stock,Regular price,Swatch\n"
    "1,simple,Mug,M1,1,4,14.50,x\n"
    "2,simple,Cup,C1,1,4,,x\n"
)
TOLD = "woo.csv: read as a WooCommerce product export; columns not read: Swatch"


@pytest.fixture
def woo(tmp_path: Path) -> Path:
    path = tmp_path / "woo.csv"
    path.write_text(WOO)
    return path


def test_columns_not_read_are_told_before_the_notes_on_products(tmp_path: Path, woo: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,Country\n"
        "1,A1,Lamp,1,,2,\n1,A1,Lantern,1,,2,\n"
    )
    given = read_input([woo], log)
    assert given.notes == [
        TOLD,
        "log.csv: columns not read: InvoiceDate, Country",
        "A1: named 'Lamp', its first description; not used: 'Lantern'",
    ]
    assert [(row.file, row.row) for row in given.skipped] == [("woo.csv", 3)]


def test_a_stores_catalogue_tells_them_too(woo: Path) -> None:
    catalogue = store_catalogue(woo)
    assert catalogue.notes == [TOLD]
    assert catalogue.skipped == [
        "line 3: Regular price is blank, and a missing price is not taken for 0"
    ]
    assert [body["price"] for body, _ in catalogue.products] == [14.5]


@pytest.mark.parametrize("read", [lambda file: read_input([file], None), store_catalogue])
def test_a_file_without_a_price_ends_the_command(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name,stock\na,Lamp,4\n")
    with pytest.raises(WrongArguments, match="no column for the price"):
        read(path)


def test_what_stands_out_is_told_first_for_only_the_first_notes_are_printed(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    rows = "".join(f"p{n},Lamp {n},0,0,x\n" for n in range(30))
    path.write_text(f"id,name,price,stock,swatch\n{rows}")
    assert read_input([path], None).notes[0].startswith("Worth a look first")
