"""JSON with exact numbers: a Decimal is written as a JSON number of up to five decimals (fact 15)."""

import json
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

type Json = dict[str, Any]

_FINEST = Decimal("0.00001")


def json_text(value: Any) -> str:
    """Return a value as JSON; a Decimal never passes through a float."""
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, dict):
        inner = ",".join(f"{json.dumps(str(key))}:{json_text(held)}" for key, held in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(json_text(held) for held in value)}]"
    return json.dumps(value, ensure_ascii=False)


def number_text(value: Decimal) -> str:
    """Return a number of at most five decimals without trailing zeros: "3.02632", "110"."""
    rounded = value.quantize(_FINEST, ROUND_HALF_UP).normalize()
    return "0" if rounded == 0 else f"{rounded:f}"
