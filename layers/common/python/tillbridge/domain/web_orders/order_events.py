"""What others are told of web orders on the bus: an order's state, and nothing of who bought."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from tillbridge.domain.ids import StoreId
from tillbridge.domain.web_orders.entry import EntryLine, OrderEntry

type Json = dict[str, Any]

SOURCE = "tillbridge.orders"
"""The source of these events."""

_ID_DIGITS = 32


class OrderEventType(StrEnum):
    """What happened to an order. `placed`, `changed` and `refunded` are told by whoever reads the store's
    orders; `booked` and `overdue` by whoever tells the POS."""

    PLACED = "web_order.placed"
    CHANGED = "web_order.changed"
    REFUNDED = "web_order.refunded"
    BOOKED = "web_order.booked"
    OVERDUE = "web_order.overdue"


_OF_WHAT_IS_SEEN = (OrderEventType.PLACED, OrderEventType.CHANGED, OrderEventType.REFUNDED)


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """An event of one order; `occurred_ms` is our time (epoch ms)."""

    type: OrderEventType
    store: StoreId
    entry: OrderEntry
    occurred_ms: int

    @property
    def id(self) -> str:
        """Return its id: that of the same news, however often it is told.

        The revision stays when only what the POS is not told changes, as from one status to the next of
        an open order. So of what is seen the id says all that is told, the number of the change
        included: an order that is again as it was is other news."""
        named = [self.store, str(self.entry.order.id), str(self.entry.revision), self.type.value]
        if self.type in _OF_WHAT_IS_SEEN:
            named.append(text_of(seen_by_others(self.entry)))
        return id_of(*named)

    @property
    def about(self) -> Json:
        """Return what a log line says of it."""
        return {"order_id": self.entry.order.id}

    def detail(self) -> Json:
        """Return what the event holds (contracts/events/orders)."""
        return detail_of(self.id, self.store, self.occurred_ms, seen_by_others(self.entry))


def seen_by_others(entry: OrderEntry) -> Json:
    """Return what others are told of an order."""
    order = entry.order
    return {
        "order": {
            "id": order.id,
            "number": order.number or str(order.id),
            "placed_at": _time(order.placed_ms),
            "status_id": order.status,
            "channel_id": order.channel,
            "revision": entry.revision,
            "change": entry.change,
        },
        "lines": [_line(each) for each in entry.lines],
    }


def _line(line: EntryLine) -> Json:
    holder = line.account.holder
    return {
        "line_id": line.shown.id,
        "product_id": holder.product if holder else None,
        "variant_id": holder.variant if holder else None,
        "store_product": line.shown.product,
        "store_variant": line.shown.variant,
        "quantity": line.shown.quantity,
        "refunded": line.shown.refunded,
        "owed": line.account.owed,
    }


def detail_of(event_id: str, store: StoreId, occurred_ms: int, data: Json) -> Json:
    """Return what an event holds that tells `data`."""
    return {
        "metadata": {
            "event_id": event_id,
            "schema_version": "1.0",
            "store_id": store,
            "occurred_at": _time(occurred_ms),
        },
        "data": data,
    }


def id_of(*named: str) -> str:
    """Return the id of an event by what makes it this one."""
    return sha256("\n".join(named).encode()).hexdigest()[:_ID_DIGITS]


def text_of(data: Json) -> str:
    """Return what an event tells as text that is the same for the same."""
    return json.dumps(data, sort_keys=True)


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
