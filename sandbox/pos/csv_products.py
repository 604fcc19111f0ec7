"""Product CSVs of the known shapes, recognised by their header (docs/csv-files.md)."""

from __future__ import annotations

from sandbox.pos import product_rows
from sandbox.pos.csv_text import Table, table
from sandbox.pos.loaded import Loaded, UnknownShape
from sandbox.pos.product_columns import SHAPES

__all__ = ["UnknownShape", "is_products", "read_products"]


def is_products(found: Table) -> bool:
    """Return whether the header is that of a product file."""
    return any(columns.fit(found) for columns in SHAPES)


def read_products(text: str, file_name: str) -> Loaded:
    """Return a Shopify or own CSV's products. Raises UnknownShape, naming the columns found."""
    found = table(text)
    refuse_repeated(found, file_name)
    for columns in SHAPES:
        if columns.fit(found):
            return product_rows.read(found, columns, file_name)
    present = ", ".join(found.columns) or "none"
    raise UnknownShape(
        f"{file_name} is not a product file we know. It needs the columns Handle and Title "
        f"(Shopify) or id and name (the POS's own). Columns found: {present}."
    )


def refuse_repeated(found: Table, file_name: str) -> None:
    """Raise UnknownShape if a column stands in the header twice: which one is meant?"""
    if repeated := found.repeated():
        names = ", ".join(repeated)
        raise UnknownShape(
            f"{file_name} has two columns of one name: {names}. Rename or remove one of each."
        )
