"""Amounts of orders: lines, tax, shipping and totals, as v2 writes them."""

import json
import sqlite3
from collections.abc import Iterable
from decimal import Decimal

TAX = Decimal("0.10")


def text(amount: Decimal) -> str:
    """Return an amount as v2 writes it: four places."""
    return f"{amount:.4f}"


def line_price(line: sqlite3.Row) -> Decimal:
    """Return the price of one unit without tax."""
    return Decimal(json.loads(line["body"])["price"])


def with_tax(amount: Decimal) -> Decimal:
    """Return an amount with the tax that the sandbox charges on everything but shipping."""
    return amount * (1 + TAX)


def subtotal_of(lines: Iterable[sqlite3.Row]) -> Decimal:
    """Return what the lines of an order cost without tax."""
    return sum((line_price(line) * line["quantity"] for line in lines), Decimal(0))


def total_of(order: sqlite3.Row, lines: Iterable[sqlite3.Row]) -> Decimal:
    """Return what an order costs in all, tax and shipping included, in its own currency."""
    return with_tax(subtotal_of(lines)) + Decimal(json.loads(order["body"])["shipping"])
