"""JSON as it goes to BigCommerce, with money as numbers, and as it comes back."""

import json
from decimal import Decimal
from typing import Any


def encode(body: object) -> bytes:
    """JSON with Decimals as the shortest number that reads back as the same value.

    Exact up to 15 significant digits, which is what a receiver's double can hold anyway.
    Raises ValueError for NaN and infinity, TypeError for what is no JSON."""
    return json.dumps(
        body, default=_number, allow_nan=False, ensure_ascii=False, separators=(",", ":")
    ).encode()


def decode(body: bytes) -> Any:
    """The JSON value, fractions as Decimal; raises ValueError when it is not JSON."""
    return json.loads(body, parse_float=Decimal)


def _number(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is no JSON value")
    return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
