"""Product CSVs of the known shapes, recognised by their header (docs/csv-files.md)."""

from __future__ import annotations

from sandbox.pos import product_rows
from sandbox.pos.csv_text import Table, table
from sandbox.pos.loaded import Loaded, UnknownShape, listed
from sandbox.pos.product_shapes import shape_of

_NOT_READ = {
    "BigCommerce's former export. Export the products with the present Import/Export": (
        "Product ID", "Product Name", "Product Code/SKU",
    ),
    "a Loyverse export, which is not read": ("Handle", "SKU", "Name", "Sold by weight"),
    "a Magento export, which is not read": ("sku", "attribute_set_code"),
}  # fmt: skip
"""Files that shops have, and that are refused by their name, with the columns they are known by."""


def read_products(text: str, file_name: str) -> Loaded:
    """Return a product CSV's products. Raise UnknownShape, naming the columns found."""
    found = table(text)
    refuse_unclear(found, file_name)
    known = next((words for words, columns in _NOT_READ.items() if found.has(*columns)), "")
    if not known and (shape := shape_of(found)):
        return product_rows.read(found, shape, file_name)
    what = f"{file_name} is {known}." if known else f"{file_name} is not a product file we know."
    raise UnknownShape(
        f"{what} Read are the product files of Shopify (Handle and Title), WooCommerce, "
        "Lightspeed X-Series, Square and BigCommerce, and the POS's own: id, name and, of its "
        f"other columns, no more foreign ones than its own. {columns_found(found)}"
    )


def refuse_unclear(found: Table, file_name: str) -> None:
    """Raise UnknownShape for a header that is not closed, or that has one column twice."""
    if found.unclosed:
        raise UnknownShape(
            f"{file_name}: a quotation mark in the header is never closed, so every row is lost in "
            "it. Close or remove it."
        )
    if repeated := found.repeated():
        raise UnknownShape(
            f"{file_name} has two columns of one name: {listed(repeated)}. "
            "Rename or remove one of each."
        )


def columns_found(found: Table) -> str:
    """Return the sentence that lists a file's columns."""
    return f"Columns found: {listed(found.columns) or 'none'}."
