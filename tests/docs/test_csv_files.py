"""The table of docs/csv-files.md has exactly the columns that the reader knows, shape by shape."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from sandbox.pos.plain_fields import PRODUCT_FIELDS
from sandbox.pos.product_columns import Columns
from sandbox.pos.product_shapes import FOREIGN, OWN_SHAPE

SHAPES = {
    "the POS's own": OWN_SHAPE,
    "Shopify": FOREIGN[0],
    "Shopify, formerly": FOREIGN[1],
    "WooCommerce": FOREIGN[2],
    "Lightspeed X-Series": FOREIGN[3],
    "Square": FOREIGN[4],
    "BigCommerce": FOREIGN[5],
}
PACKED = "Options"
STOCK_AT = {
    "the POS's own": "stock o-west",
    "Lightspeed X-Series": "inventory_Main_Outlet",
    "Square": "Current Quantity Main St",
}


def fields(name: str) -> dict[str, Iterable[str]]:
    """Return the columns of each row of the table; of options, those of the first."""
    columns: Columns = SHAPES[name].columns
    option, value = columns.options[0]
    return {
        "product": (columns.id, *columns.placing),
        "name": (columns.name,),
        "description": (columns.description,),
        "department": columns.department,
        "vendor": (columns.vendor,),
        "SKU": (columns.sku,),
        "price": (columns.price,),
        "cost": (columns.cost,),
        "barcode": (columns.barcode,),
        "stock": (columns.stock, STOCK_AT.get(name, "")),
        "tracked": (columns.track_stock,),
        "weight": columns.weights,
        "pictures": columns.images,
        "on sale": (*columns.active, columns.archived),
        "options": () if PACKED in columns.placing else (option, value),
        **{field: (columns.plain.get(field, ""),) for field in PRODUCT_FIELDS},
        "type": (columns.plain.get("type", ""), *columns.unshipped),
    }


@pytest.fixture(scope="module")
def written(repository: Path) -> dict[str, dict[str, set[str]]]:
    """Return the table of the page: the columns in each cell, by shape and field."""
    page = (repository / "docs" / "csv-files.md").read_text(encoding="utf-8")
    _, _, below = page.partition("## Every column that is read")
    lines = [line for line in below.split("\n## ")[0].splitlines() if line.startswith("|")]
    header, _, *rows = ([cell.strip() for cell in line.strip("|").split(" | ")] for line in lines)
    found: dict[str, dict[str, set[str]]] = {shape: {} for shape in header[1:]}
    for field, *cells in rows:
        for shape, cell in zip(header[1:], cells, strict=True):
            found[shape][field.strip("`")] = set(re.findall(r"`([^`]+)`", cell))
    return found


def test_every_shape_has_its_column_in_the_table(
    written: dict[str, dict[str, set[str]]],
) -> None:
    assert list(written) == list(SHAPES)
    assert {shape.columns.id for shape in (OWN_SHAPE, *FOREIGN)} == {
        shape.columns.id for shape in SHAPES.values()
    }


@pytest.mark.parametrize("name", SHAPES)
def test_the_table_names_the_columns_that_are_read(
    written: dict[str, dict[str, set[str]]], name: str
) -> None:
    assert written[name] == {
        field: {column for column in columns if column} for field, columns in fields(name).items()
    }


@pytest.mark.parametrize("name", SHAPES)
def test_the_table_leaves_no_column_out(name: str) -> None:
    columns = SHAPES[name].columns
    told = {column for row in fields(name).values() for column in row}
    further = {column for pair in columns.options for column in pair}
    assert set(columns.named()) - further <= told


@pytest.mark.parametrize(("name", "column"), STOCK_AT.items())
def test_the_stock_columns_of_places_are_examples_of_what_is_read(name: str, column: str) -> None:
    assert re.fullmatch(SHAPES[name].columns.stock_at, column, re.IGNORECASE)
