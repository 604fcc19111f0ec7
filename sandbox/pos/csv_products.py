"""Product CSVs of any shape we know, told apart by their header (docs/csv-files.md)."""

from __future__ import annotations

from sandbox.pos import shopify_csv
from sandbox.pos.csv_text import Table, table
from sandbox.pos.loaded import Loaded, UnknownShape

__all__ = ["UnknownShape", "is_products", "read_products"]


def is_products(found: Table) -> bool:
    """Whether the header is one of a product file."""
    return shopify_csv.fits(found)


def read_products(text: str, file_name: str) -> Loaded:
    """The products of a Shopify or own CSV. Raises UnknownShape, naming the columns found."""
    found = table(text)
    if shopify_csv.fits(found):
        return shopify_csv.read(found, file_name)
    columns = ", ".join(found.columns) or "none"
    raise UnknownShape(
        f"{file_name} is not a product file we know. It needs the columns Handle and Title "
        f"(Shopify) or id and name (the POS's own). Columns found: {columns}."
    )
