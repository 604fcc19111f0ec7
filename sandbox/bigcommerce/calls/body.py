"""Decoding a body as strictly as JSON is defined: no NaN, no infinity, no half characters."""

import json
import math
from typing import Any


def decoded(raw: bytes) -> Any:
    """Return the value of a JSON text. Raises ValueError, or RecursionError if it nests too deep."""
    value = json.loads(raw, parse_constant=_no_number, parse_float=_finite)
    if b"\\u" in raw:
        # Half of a surrogate pair is no character: no table holds it and no answer can carry it.
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is beyond every number")
    return number
