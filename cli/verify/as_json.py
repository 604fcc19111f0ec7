"""A verdict as JSON. Its names are public; values that do not apply are left out."""

import json
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from cli.verify.model import Json, Verdict

_LISTS = (
    "mismatches",
    "bigcommerce_owned_touched",
    "duplicates",
    "missing_online",
    "behind",
    "failed",
    "broken",
    "not_linked",
    "unknown_online",
    "orders_wrong",
    "orders_waiting",
)


def verdict_json(verdict: Verdict) -> Json:
    """Return the verdict as plain values."""
    counts = {
        name: getattr(verdict, name)
        for name in (
            "pos_products",
            "store_products",
            "compared_products",
            "compared_variants",
            "owned_compared",
            "web_orders",
            "orders",
            "orders_unasked",
            "seconds",
        )
    }
    found = {name: [_plain(asdict(item)) for item in getattr(verdict, name)] for name in _LISTS}
    return {"ok": verdict.ok, **counts, **found}


def write_json(verdict: Verdict, path: Path) -> None:
    """Write the verdict to a file, as JSON."""
    text = json.dumps(verdict_json(verdict), indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def _plain(item: Json) -> Json:
    # In a touch, None for `before` or `after` means blank; elsewhere it means "does not apply".
    return {
        name: _value(value)
        for name, value in item.items()
        if value is not None or name in ("before", "after")
    }


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {name: _value(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_value(inner) for inner in value]
    return value
