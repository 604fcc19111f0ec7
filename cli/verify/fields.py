"""The fields verify compares: what they are called, when two values are one, how they are shown."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cli.verify.model import Json

LABELS = {
    "name": "name",
    "description": "description",
    "sku": "SKU",
    "price": "price",
    "cost_price": "cost price",
    "brand": "brand",
    "visibility": "visibility",
    "upc": "UPC barcode",
    "gtin": "EAN/GTIN barcode",
    "tracking": "stock tracking",
    "stock": "stock level",
    "images": "number of images",
    "options": "options",
    "variant": "variant",
}
_SETTING_OF = {
    "cost_price": "cost",
    "upc": "barcodes",
    "gtin": "barcodes",
    "tracking": "stock",
}
_WITHOUT_CASE = frozenset({"brand", "options"})
"""BigCommerce finds brands and option values without regard to case and keeps the first spelling."""
_HTML = frozenset({"description"})
"""BigCommerce's documentation: "The product description, which can include HTML formatting". HTML has
one line end, however it is written, and no blanks around a text. Of a name nothing like it is said."""
_FOUR_PLACES = Decimal("0.0001")
_LONGEST_SHOWN = 80


def is_forced(field: str, settings: Json) -> bool:
    """Whether the store's settings let the POS force this field at every push (`on`)."""
    modes = settings.get("fields") or {}
    return bool(modes.get(_SETTING_OF.get(field, field), "on") == "on")


def same(field: str, pos: Any, store: Any) -> bool:
    """Whether two values are one to BigCommerce; money is kept to four decimals."""
    if isinstance(pos, Decimal):
        return _rounded(pos) == _rounded(store)
    if field in _WITHOUT_CASE:
        return bool(pos.casefold() == store.casefold())
    if field in _HTML:
        return _one_line_end(pos) == _one_line_end(store)
    if field == "images":
        # Other people's images stay beside ours, so there may be more.
        return bool(store >= pos)
    return bool(pos == store)


def shown(field: str, value: Any) -> str:
    """A value as shop staff read it."""
    if field == "visibility":
        return "shown" if value else "hidden"
    if field == "tracking":
        return {"none": "not tracked", "product": "tracked", "variant": "tracked by variant"}.get(
            value, str(value)
        )
    if isinstance(value, Decimal):
        return f"{_rounded(value).normalize():f}"
    text = str(value)
    if not text:
        return "blank"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(_FOUR_PLACES, ROUND_HALF_UP)
