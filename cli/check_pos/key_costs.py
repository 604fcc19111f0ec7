"""What a shop loses by each required key that the records of a POS leave out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cli.check_pos.client import required_keys

_UNREADABLE = ("id", "version", "price")
"""Without one of these a record cannot be read (contracts/pos-api.openapi.yaml)."""

_COSTS = {
    **dict.fromkeys(_UNREADABLE, "the record cannot be read, so the product fails"),
    "deleted_at": "a product deleted in the POS stays for sale online",
    "stock": "no level of the product goes online",
    "currency": "nobody can tell whether prices are in the store's currency",
    **dict.fromkeys(("updated_at", "external_ids"), "nothing is lost: Tillbridge does not read it"),
}


def costs_of_keys(records: Sequence[dict[str, Any]]) -> str:
    """Return the required keys that any record lacks, each with its cost, as the end of a sentence; '' for none.

    A key is *unknown* where it is left out, so the web store keeps its own value."""
    lacking = [key for key in required_keys("Product") if any(key not in each for each in records)]
    told = [
        f"without {key} {_COSTS.get(key, 'the web store keeps its own value')}" for key in lacking
    ]
    return "".join(f"; {each}" for each in told)
