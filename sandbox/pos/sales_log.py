"""A log of past sales: the catalogue it implies, and its sales and refunds to replay.

docs/csv-files.md says how unusual rows are treated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from sandbox.pos.csv_numbers import Numbers, convention
from sandbox.pos.csv_products import columns_found, refuse_unclear
from sandbox.pos.csv_text import Table, table
from sandbox.pos.csv_values import BadCell
from sandbox.pos.loaded import Loaded, UnknownShape
from sandbox.pos.sales_codes import Code, codes_of, notes_on, product_of
from sandbox.pos.sales_rows import NEEDED, Sale, sale_of

COLUMNS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice")


class LoggedLine(NamedTuple):
    """A quantity of one product; always positive, except in a correction."""

    product_id: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Logged:
    """The lines of one kind on an invoice; one with sales and corrections gives two of these."""

    kind: Literal["sale", "refund", "correction"]
    invoice: str
    lines: list[LoggedLine] = field(default_factory=list)


@dataclass(slots=True)
class SalesLog(Loaded):
    """The products to load first, and what happened then, in file order."""

    happened: list[Logged] = field(default_factory=list)


def is_sales_log(found: Table) -> bool:
    """Return whether the header is that of a sales log."""
    return found.has(*NEEDED)


def read_sales(text: str, file_name: str) -> SalesLog:
    """Return a log's catalogue and its sales. Raise UnknownShape, naming the columns found."""
    found = table(text)
    refuse_unclear(found, file_name)
    if not is_sales_log(found):
        raise UnknownShape(
            f"{file_name} is not a sales log. It needs the columns {', '.join(COLUMNS)}. "
            f"{columns_found(found)}"
        )
    log = SalesLog(rows=len(found.rows))
    numbers = convention(_number_cells(found), found.delimiter)
    log.tell(file_name, "", [c for c in found.columns if c.casefold() not in NEEDED])
    log.complain(file_name, numbers.notes)
    sales = list(_readable(found, file_name, log, numbers))
    codes = codes_of(sales)
    kept = []
    for sale in sales:
        words = codes[sale.code.casefold()].trouble
        if not words:
            kept.append(sale)
        else:
            log.skip(file_name, sale.row.line, sale.code, words)
    log.skipped_rows.sort(key=lambda skipped: skipped.row)
    log.happened = _happened(kept, codes)
    log.products = [product_of(code) for code in codes.values() if not code.trouble]
    log.lines = {}
    for sale in kept:
        log.lines.setdefault(codes[sale.code.casefold()].id, sale.row.line)
    for code in codes.values():
        for words in notes_on(code):
            log.note(words)
    return log


def _number_cells(found: Table) -> Iterator[str]:
    for row in found.rows:
        yield from filter(None, (row.get("Quantity"), row.get("UnitPrice")))


def _readable(found: Table, file_name: str, log: SalesLog, numbers: Numbers) -> Iterator[Sale]:
    for row in found.rows:
        try:
            yield sale_of(row, numbers)
        except BadCell as bad:
            log.skip(file_name, row.line, row.get("StockCode"), str(bad))


def _happened(sales: list[Sale], codes: dict[str, Code]) -> list[Logged]:
    found: dict[tuple[str, str], Logged] = {}
    for sale in sales:
        entry = found.setdefault((sale.kind, sale.invoice), Logged(sale.kind, sale.invoice))
        count = sale.quantity if sale.kind == "correction" else abs(sale.quantity)
        entry.lines.append(LoggedLine(codes[sale.code.casefold()].id, count))
    return list(found.values())
