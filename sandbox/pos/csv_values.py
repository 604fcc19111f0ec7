"""Cells as values: money, quantities, truth, barcodes. A cell that is none raises BadCell in plain words."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from sandbox.pos.inputs import BarcodeInput, BarcodeType

_THOUSANDS = re.compile(r"^-?\d{1,3}(,\d{3})+(\.\d+)?$")
_DECIMAL_COMMA = re.compile(r"^-?\d+,\d{1,2}$")
_CURRENCY = "$£€¥ \u00a0"
_MOST = Decimal(10) ** 12
_BARCODES: dict[int, BarcodeType] = {12: "UPC", 13: "EAN"}


class BadCell(ValueError):
    """A cell that cannot be what its column says."""


def number(text: str, column: str, places: int) -> Decimal:
    """A number rounded to `places`; currency signs and thousands separators are overlooked."""
    plain = text.strip(_CURRENCY)
    if _THOUSANDS.match(plain):
        plain = plain.replace(",", "")
    elif _DECIMAL_COMMA.match(plain):
        plain = plain.replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise BadCell(f"{column} {text!r} is not a number") from None
    if not value.is_finite() or abs(value) > _MOST:
        raise BadCell(f"{column} {text!r} is not a usable number")
    return round(value, places)


def money(text: str, column: str) -> Decimal:
    """A price or cost of at most four places; negative is refused."""
    value = number(text, column, 4)
    if value < 0:
        raise BadCell(f"{column} {text!r} is below 0")
    return abs(value)


def optional_money(text: str, column: str) -> Decimal | None:
    """As `money`; a blank cell is None."""
    return money(text, column) if text else None


def quantity(text: str, column: str) -> Decimal:
    """A quantity of at most five places, of either sign."""
    return number(text, column, 5)


def is_no(text: str) -> bool:
    """Whether a cell says no; a blank one does not."""
    return text.casefold() in {"false", "no", "n", "0", "inactive", "draft", "archived"}


def barcodes(text: str) -> list[BarcodeInput]:
    """The code of a barcode cell, typed by its length: 12 digits UPC, 13 EAN, all else GTIN."""
    code = text.removeprefix("'").strip()
    if not code:
        return []
    kind: BarcodeType = _BARCODES.get(len(code), "GTIN") if code.isdigit() else "GTIN"
    return [BarcodeInput(type=kind, code=code)]
