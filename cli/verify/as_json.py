"""A verdict as JSON. Its names are public; values that do not apply are left out."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any, cast

from cli.shapes.sides import Compared
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


NAMES = {"bc_id": "bigcommerce_id"}
"""The names that other commands have for the same."""


def verdict_json(verdict: Verdict) -> Compared:
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
    return cast(Compared, {"ok": verdict.ok, **counts, **found})


def _plain(item: Json) -> Json:
    # In a touch, None for `before` or `after` means blank; elsewhere it means "does not apply".
    return {
        NAMES.get(name, name): _value(value)
        for name, value in item.items()
        if value is not None or name in ("before", "after")
    }


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {name: _value(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_value(inner) for inner in value]
    return value
