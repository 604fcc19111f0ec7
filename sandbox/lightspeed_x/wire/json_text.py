"""JSON with exact numbers: a Decimal is written as a JSON number of up to five decimals (fact 15)."""

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

type Json = dict[str, Any]

_FINEST = Decimal("0.00001")
_MARK = "\x01"
_MARKED = re.compile(r'"\\u0001(-?[0-9.]+)\\u0001"')


def json_text(value: Any) -> str:
    """Return a value as JSON; a Decimal never passes through a float.

    `json` cannot write a number as given, so it writes marked texts, of which the marks are then
    taken off: control characters, between which no text of a shop is one number and nothing else.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_marked)
    return _MARKED.sub(r"\1", text)


def _marked(value: object) -> str:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is no JSON")
    return f"{_MARK}{number_text(value)}{_MARK}"


def number_text(value: Decimal) -> str:
    """Return a number of at most five decimals without trailing zeros: "3.02632", "110"."""
    rounded = value.quantize(_FINEST, ROUND_HALF_UP).normalize()
    return "0" if rounded == 0 else f"{rounded:f}"
