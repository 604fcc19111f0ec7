"""Strategies for what may come from outside: any JSON, and records that are nearly right."""

import json
from typing import Any

from hypothesis import strategies as st

_TEXTS = st.text(st.characters(exclude_categories=[]), max_size=40) | st.sampled_from(
    ["", "x" * 300, "Lamp \ud83d", "a\0b", "&#55357;", "&lt;br&gt;", "\u202egnal", "1e999999"]
)
_NUMBERS = (
    st.integers(-(10**20), 10**20)
    | st.floats()
    | st.decimals(allow_nan=True, allow_infinity=True).map(str)
    | st.sampled_from(["1e999999", "7E1234567", "9" * 5_000, "12.50", "0", "-0.00001"])
)
SCALARS = st.none() | st.booleans() | _NUMBERS | _TEXTS
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)
_MONEY = st.decimals(-1, 10**9, places=4).map(str) | _NUMBERS
_NAMES = _TEXTS | st.text(max_size=20)
_LEVELS = st.lists(
    st.fixed_dictionaries({"outlet_id": _NAMES, "on_hand": _MONEY, "committed": _MONEY}), max_size=2
)
_VARIANTS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from(["x-1", "x-2", "x-3"]),
            "sku": _NAMES,
            "price": st.none() | _MONEY,
            "option_values": st.lists(
                st.fixed_dictionaries({"name": _NAMES, "value": _NAMES}), max_size=2
            ),
            "stock": _LEVELS,
        }
    ),
    max_size=3,
)
RECORDS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"id": st.just("p-1"), "version": st.integers(0, 9), "price": _MONEY},
    optional={
        "name": _NAMES,
        "sku": _NAMES,
        "description_html": _NAMES,
        "department": st.none() | st.fixed_dictionaries({"name": _NAMES}),
        "brand": _NAMES,
        "cost": st.none() | _MONEY,
        "weight": st.none() | _MONEY,
        "mpn": _NAMES,
        "barcodes": st.lists(
            st.fixed_dictionaries({"type": st.sampled_from(["UPC", "EAN"]), "code": _NAMES}),
            max_size=2,
        ),
        "images": st.lists(st.fixed_dictionaries({"url": _NAMES}), max_size=2),
        "track_stock": st.booleans(),
        "stock": _LEVELS,
        "variants": _VARIANTS,
        "active": st.booleans(),
        "deleted_at": st.none() | ANYTHING,
    },
)


def as_json(value: Any) -> bytes:
    """Return a value as JSON, NaN and halves of characters included."""
    return json.dumps(value).encode()
