"""Sends an event to every subscribed store, after its change is committed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sandbox.pos.claim_check import MOST_INLINE, MemoryObjects, ObjectStore, claim_check
from sandbox.pos.clock import utc_now
from sandbox.pos.events import envelope
from sandbox.pos.publisher import Publisher


class Emitter:
    """Wraps data as one event per store and passes the events to the publisher."""

    def __init__(
        self,
        publisher: Publisher,
        store_ids: Sequence[str],
        objects: ObjectStore | None = None,
    ) -> None:
        self._publisher = publisher
        self._objects = objects or MemoryObjects()
        self.store_ids = tuple(store_ids)
        # Of the other wires of this shop: each is called with every event's type, data and products.
        self.listeners: list[Callable[[str, dict[str, Any], list[dict[str, Any]]], None]] = []

    def emit(
        self,
        detail_type: str,
        data: dict[str, Any],
        products: list[dict[str, Any]],
        *,
        sequence: int,
        correlation_id: str | None = None,
    ) -> dict[str, Any]:
        """Publish an event and return its data: products inline or, above 200, a claim check."""
        for listen in self.listeners:
            listen(detail_type, data, products)
        if len(products) <= MOST_INLINE:
            data = data | {"products": products}
        else:
            key = f"imports/{correlation_id or sequence}/changed.ndjson.gz"
            data = data | claim_check(self._objects, key, products)
        now = utc_now()
        self._publisher.publish(
            [
                envelope(
                    detail_type,
                    store_id,
                    data,
                    sequence=sequence,
                    occurred_at=now,
                    correlation_id=correlation_id,
                )
                for store_id in self.store_ids
            ]
        )
        return data
