"""A log of past sales: the catalogue it implies, and its sales and refunds to replay.

docs/csv-files.md says how unusual rows are treated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from sandbox.pos.csv_products import refuse_repeated
from sandbox.pos.csv_text import Row, Table, table
from sandbox.pos.csv_values import BadCell, money, quantity
from sandbox.pos.inputs import ProductInput
from sandbox.pos.loaded import Loaded, SkippedRow, UnknownShape
from sandbox.pos.product_columns import MAIN_OUTLET

COLUMNS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice")
SPARE = 5
"""The quantity of each product that is left after the whole log is replayed."""

_NEEDED = {"invoiceno", "stockcode", "description", "quantity", "unitprice"}
_SERVICE = re.compile(r"(C2|TEST.*|ADJUST.*)", re.IGNORECASE)


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


@dataclass(slots=True)
class _Code:
    """The facts about one stock code in the log."""

    id: str
    names: dict[str, None] = field(default_factory=dict)
    price: Decimal = Decimal(0)
    spellings: dict[str, None] = field(default_factory=dict)
    taken: Decimal = Decimal(0)

    @property
    def is_product(self) -> bool:
        return bool(self.names) or self.price > 0


class _Sale(NamedTuple):
    """A usable row of the log."""

    row: Row
    invoice: str
    code: str
    quantity: Decimal
    price: Decimal

    @property
    def kind(self) -> Literal["sale", "refund", "correction"]:
        if self.invoice[:1] in "Cc":
            return "refund"
        return "sale" if self.quantity > 0 else "correction"


def is_sales_log(found: Table) -> bool:
    """Return whether the header is that of a sales log."""
    return found.has(*_NEEDED)


def read_sales(text: str, file_name: str) -> SalesLog:
    """Return a log's catalogue and its sales. Raises UnknownShape, naming the columns found."""
    found = table(text)
    if not is_sales_log(found):
        present = ", ".join(found.columns) or "none"
        raise UnknownShape(
            f"{file_name} is not a sales log. It needs the columns {', '.join(COLUMNS)}. "
            f"Columns found: {present}."
        )
    refuse_repeated(found, file_name)
    log = SalesLog(rows=len(found.rows))
    sales = list(_readable(found, file_name, log))
    codes = _codes(sales)
    kept = []
    for sale in sales:
        if codes[sale.code.casefold()].is_product:
            kept.append(sale)
        else:
            words = "it has no description and no price anywhere in the file: not a product"
            log.skipped_rows.append(SkippedRow(file_name, sale.row.line, sale.code, words))
    log.skipped_rows.sort(key=lambda skipped: skipped.row)
    log.happened = _happened(kept, codes)
    log.products = [_product(code) for code in codes.values() if code.is_product]
    log.lines = {}
    for sale in kept:
        log.lines.setdefault(codes[sale.code.casefold()].id, sale.row.line)
    log.notes = [note for code in codes.values() for note in _notes(code)]
    return log


def _readable(found: Table, file_name: str, log: SalesLog) -> Iterator[_Sale]:
    for row in found.rows:
        try:
            yield _sale(row)
        except BadCell as bad:
            skipped = SkippedRow(file_name, row.line, row.get("StockCode"), str(bad))
            log.skipped_rows.append(skipped)


def _sale(row: Row) -> _Sale:
    """Return a row as a sale. Raises BadCell with the reason if it is not one."""
    if row.problem:
        raise BadCell(row.problem)
    if not row.cells.keys() >= _NEEDED:
        raise BadCell("the row ends before its last column")
    invoice, code = row.get("InvoiceNo"), row.get("StockCode")
    if not invoice or not code:
        raise BadCell(f"the row has no {'StockCode' if invoice else 'InvoiceNo'}")
    if not any(character.isdigit() for character in code) or _SERVICE.fullmatch(code):
        raise BadCell(f"{code} is a charge, a discount or a test, not a product")
    count = quantity(row.get("Quantity"), "Quantity")
    if count == 0:
        raise BadCell("a quantity of 0 sells nothing")
    if invoice[:1] in "Cc" and count > 0:
        raise BadCell("a refund (an invoice beginning with C) with a quantity above 0")
    price = money(row.get("UnitPrice") or "0", "UnitPrice")
    return _Sale(row, invoice, code, count, price)


def _codes(sales: list[_Sale]) -> dict[str, _Code]:
    """Return the facts about each code; codes that differ only in case are one product."""
    codes: dict[str, _Code] = {}
    for sale in sales:
        code = codes.setdefault(sale.code.casefold(), _Code(sale.code))
        code.spellings[sale.code] = None
        if name := sale.row.get("Description"):
            code.names[name] = None
        code.price = code.price or sale.price
        if sale.kind != "refund":
            code.taken += abs(sale.quantity)
    return codes


def _happened(sales: list[_Sale], codes: dict[str, _Code]) -> list[Logged]:
    found: dict[tuple[str, str], Logged] = {}
    for sale in sales:
        entry = found.setdefault((sale.kind, sale.invoice), Logged(sale.kind, sale.invoice))
        count = sale.quantity if sale.kind == "correction" else abs(sale.quantity)
        entry.lines.append(LoggedLine(codes[sale.code.casefold()].id, count))
    return list(found.values())


def _product(code: _Code) -> ProductInput:
    return ProductInput(
        id=code.id,
        sku=code.id,
        name=next(iter(code.names), code.id),
        price=code.price,
        stock={MAIN_OUTLET: code.taken + SPARE},
    )


def _notes(code: _Code) -> Iterator[str]:
    if not code.is_product:
        return
    names = list(code.names)
    if len(names) > 1:
        others = ", ".join(repr(name) for name in names[1:])
        yield f"{code.id}: named {names[0]!r}, its first description; not used: {others}"
    if not names:
        yield f"{code.id}: it has no description, so its code is its name"
    if len(code.spellings) > 1:
        yield f"{code.id}: written {', '.join(code.spellings)}; taken as one product"
