"""Product files and sales logs on disk, recognised by their header, not their name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sandbox.pos.csv_bytes import Decoded, decoded
from sandbox.pos.csv_products import read_products
from sandbox.pos.loaded import Loaded, UnknownShape
from sandbox.pos.sales_log import SalesLog, read_sales

_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The first bytes of .xlsx and .ods files, and of .xls files."""


def read_product_files(paths: Sequence[Path]) -> Loaded:
    """Return the products of several files as one catalogue; the first file with an id wins.

    Raise OSError, and UnknownShape for what is no product file or has no column for a price.
    """
    every = Loaded()
    homes: dict[str, int] = {}
    for number, path in enumerate(paths):
        content = _content(path)
        loaded = read_products(content.text, path.name)
        _check_priced(loaded, path.name)
        every.complain(path.name, content.notes)
        every.rows += loaded.rows
        every.about += loaded.about
        every.skipped_rows += loaded.skipped_rows
        every.notes += loaded.notes
        for product in loaded.products:
            product_id = product.id or ""
            line = loaded.lines[product_id]
            home = homes.setdefault(product_id, number)
            if home == number:
                every.products.append(product)
                every.lines[product_id] = line
            else:
                reason = f"{product_id!r} is already in {paths[home].name}"
                every.skip(path.name, line, product_id, reason)
    return every


def read_sales_file(path: Path) -> SalesLog:
    """Return the catalogue and the sales of a sales log. Raise UnknownShape and OSError."""
    content = _content(path)
    log = read_sales(content.text, path.name)
    log.complain(path.name, content.notes)
    return log


def _check_priced(loaded: Loaded, file_name: str) -> None:
    # An import may leave prices as they are; here each product is new, and would cost nothing.
    if any("price" not in product.model_fields_set for product in loaded.products):
        raise UnknownShape(
            f"{file_name} has no column for the price, and a missing price is not taken for 0."
        )


def _content(path: Path) -> Decoded:
    content = path.read_bytes()
    if content.startswith(_WORKBOOK):
        raise UnknownShape(
            f"{path.name} is a spreadsheet. Save it as CSV (UTF-8) and give that file."
        )
    return decoded(content)
