"""The POS's events as contracts/events/ defines them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ulid import ULID

from sandbox.pos.clock import timestamp, utc_now
from sandbox.pos.model import Level, Product
from sandbox.pos.numbers import quantity_text

SOURCE = "pos.reference"


def envelope(
    detail_type: str,
    store_id: str,
    data: dict[str, Any],
    *,
    sequence: int,
    occurred_at: datetime,
    correlation_id: str | None = None,
) -> dict[str, Any]:
    """Return one bus entry for one store, with a new event_id at each call."""
    return {
        "source": SOURCE,
        "detail-type": detail_type,
        "detail": {
            "metadata": {
                "event_id": str(ULID()),
                "schema_version": "1.0",
                "store_id": store_id,
                "occurred_at": timestamp(occurred_at),
                "emitted_at": timestamp(utc_now()),
                "sequence": f"{sequence:020d}",
                "correlation_id": correlation_id,
                "replay": False,
            },
            "data": data,
        },
    }


def reference(
    product: Product, *, change: str | None = None, changed_fields: Iterable[str] = ()
) -> dict[str, Any]:
    """Return an event's entry for one product: id, version and, as a hint, the levels it set."""
    entry: dict[str, Any] = {"product_id": product.id, "version": product.version}
    if change:
        entry["change"] = change
        entry["changed_fields"] = sorted(changed_fields)
    hints = [_level(None, level) for level in product.stock if level.version == product.version]
    hints += [
        _level(variant.id, level)
        for variant in product.variants
        for level in variant.stock
        if level.version == product.version
    ]
    return entry | ({"stock": hints} if hints else {})


def _level(variant_id: str | None, level: Level) -> dict[str, Any]:
    entry: dict[str, Any] = {} if variant_id is None else {"variant_id": variant_id}
    return entry | {
        "outlet_id": level.outlet_id,
        "on_hand": quantity_text(level.on_hand),
        "version": level.version,
    }
