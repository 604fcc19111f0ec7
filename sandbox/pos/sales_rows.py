"""The rows of a sales log, each as a sale, a refund or a correction."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from sandbox.pos.csv_numbers import Numbers
from sandbox.pos.csv_text import Row
from sandbox.pos.csv_values import BadCell

NEEDED = {"invoiceno", "stockcode", "description", "quantity", "unitprice"}
"""The columns that are read, in small letters."""

_SERVICE = re.compile(r"(C2|TEST.*|ADJUST.*)", re.IGNORECASE)


class Sale(NamedTuple):
    """A usable row of the log."""

    row: Row
    invoice: str
    code: str
    quantity: Decimal
    price: Decimal | None
    """None if the cell is blank."""

    @property
    def kind(self) -> Literal["sale", "refund", "correction"]:
        """Whether goods were sold, came back, or were written up or off."""
        if self.invoice[:1] in "Cc":
            return "refund"
        return "sale" if self.quantity > 0 else "correction"


def sale_of(row: Row, numbers: Numbers) -> Sale:
    """Return a row as a sale. Raise BadCell with the reason if it is not one."""
    if row.problem:
        raise BadCell(row.problem)
    if not row.cells.keys() >= NEEDED:
        raise BadCell("the row ends before its last column")
    invoice, code = row.get("InvoiceNo"), row.get("StockCode")
    if not invoice or not code:
        raise BadCell(f"the row has no {'StockCode' if invoice else 'InvoiceNo'}")
    if not any(character.isdigit() for character in code) or _SERVICE.fullmatch(code):
        raise BadCell(f"{code} is a charge, a discount or a test, not a product")
    count = numbers.quantity(row.get("Quantity"), "Quantity")
    if count == 0:
        raise BadCell("a quantity of 0 sells nothing")
    if invoice[:1] in "Cc" and count > 0:
        raise BadCell("a refund (an invoice beginning with C) with a quantity above 0")
    written = row.get("UnitPrice")
    price = numbers.money(written, "UnitPrice") if written else None
    return Sale(row, invoice, code, count, price)
