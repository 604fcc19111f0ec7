"""Strict decoding of JSON bodies: NaN, infinity and lone surrogates are refused."""

import json
import math
from typing import Any


def decoded(raw: bytes) -> Any:
    """Return the value of a JSON text. Raises ValueError, or RecursionError if too deep."""
    value = json.loads(raw, parse_constant=_no_number, parse_float=_finite)
    if b"\\u" in raw:
        # UTF-8 cannot encode a lone surrogate, so no table or answer can hold it.
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is too large for a number")
    return number
