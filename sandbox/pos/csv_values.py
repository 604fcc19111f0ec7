"""Cells as values: yes or no, barcodes. A cell that does not fit its column raises BadCell."""

from __future__ import annotations

from sandbox.pos.inputs import BarcodeInput, BarcodeType

_BARCODES: dict[int, BarcodeType] = {12: "UPC", 13: "EAN"}
_NO = {"false", "no", "n", "0", "-1", "none", "inactive", "draft", "archived"}
_YES = {"true", "yes", "y", "1"}


class BadCell(ValueError):
    """A cell that does not fit its column; the message is for people."""


def is_no(text: str) -> bool:
    """Return whether a cell says no; a blank one does not."""
    return text.casefold() in _NO


def is_yes(text: str) -> bool:
    """Return whether a cell says yes; a blank one does not."""
    return text.casefold() in _YES


def barcodes(text: str) -> list[BarcodeInput]:
    """Return a cell's barcode, typed by length: 12 digits UPC, 13 EAN, all else GTIN; or none."""
    code = text.removeprefix("'").strip()
    if not code:
        return []
    kind: BarcodeType = _BARCODES.get(len(code), "GTIN") if code.isdigit() else "GTIN"
    return [BarcodeInput(type=kind, code=code)]
