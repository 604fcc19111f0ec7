"""JSON to and from BigCommerce, with money as numbers."""

import json
from decimal import Decimal
from typing import Any

from tillbridge.adapters.borders.json_texts import mended


def encode(body: object) -> bytes:
    """Return JSON in which a Decimal is the shortest number that parses to the same value.

    Exact up to 15 significant digits, which is all that a receiver's double holds.
    Raise ValueError for NaN and infinity, TypeError for values that JSON does not have."""
    return json.dumps(
        body, default=_number, allow_nan=False, ensure_ascii=False, separators=(",", ":")
    ).encode()


def decode(body: bytes) -> Any:
    """Return the JSON value, with fractions as Decimal, and U+FFFD for what is no character. Raise
    ValueError when it is not JSON."""
    return mended(body)


def _number(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is not a JSON value")
    return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
