"""What each happening asks for, as it was counted last."""

import json
from dataclasses import dataclass
from pathlib import Path

COUNTED = Path(__file__).with_name("counted.json")
"""Written by `python -m benches.costs count`."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One happening: products in it, calls to BigCommerce, reads of the POS (bookings too), requests to
    DynamoDB, write and read units."""

    products: int
    calls: float
    pos_calls: float
    requests: float
    writes: float
    reads: float


def counted() -> dict[str, Counted]:
    """Return what was counted last, by the name of the happening."""
    kept = json.loads(COUNTED.read_text(encoding="utf-8"))
    return {name: Counted(**each) for name, each in kept.items()}
