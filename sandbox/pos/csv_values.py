"""Cells as values: money, quantities, yes or no, barcodes. A bad cell raises BadCell."""

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
    """A cell that does not fit its column; the message is for people."""


def number(text: str, column: str, places: int) -> Decimal:
    """Return a number rounded to `places`; currency signs and thousands separators are ignored."""
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
    """Return a price or cost, rounded to four places. Raises BadCell if it is below 0."""
    value = number(text, column, 4)
    if value < 0:
        raise BadCell(f"{column} {text!r} is below 0")
    return abs(value)


def optional_money(text: str, column: str) -> Decimal | None:
    """Return the same as `money`, or None for a blank cell."""
    return money(text, column) if text else None


def quantity(text: str, column: str) -> Decimal:
    """Return a quantity of either sign, rounded to five places."""
    return number(text, column, 5)


def is_no(text: str) -> bool:
    """Return whether a cell says no; a blank one does not."""
    return text.casefold() in {"false", "no", "n", "0", "inactive", "draft", "archived"}


def barcodes(text: str) -> list[BarcodeInput]:
    """Return a cell's barcode, typed by length: 12 digits UPC, 13 EAN, all else GTIN; or none."""
    code = text.removeprefix("'").strip()
    if not code:
        return []
    kind: BarcodeType = _BARCODES.get(len(code), "GTIN") if code.isdigit() else "GTIN"
    return [BarcodeInput(type=kind, code=code)]
