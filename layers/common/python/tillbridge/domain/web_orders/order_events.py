"""What others are told of web orders on the bus: an order's state, and nothing of who bought."""

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


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """An event of one order; `occurred_ms` is our time (epoch ms)."""

    type: OrderEventType
    store: StoreId
    entry: OrderEntry
    occurred_ms: int

    @property
    def id(self) -> str:
        """Return its id: that of the same news, however often it is told."""
        named = (self.store, str(self.entry.order.id), str(self.entry.revision), self.type)
        return sha256("\n".join(named).encode()).hexdigest()[:_ID_DIGITS]

    def detail(self) -> Json:
        """Return what the event holds (contracts/events/orders)."""
        order = self.entry.order
        return {
            "metadata": {
                "event_id": self.id,
                "schema_version": "1.0",
                "store_id": self.store,
                "occurred_at": _time(self.occurred_ms),
            },
            "data": {
                "order": {
                    "id": order.id,
                    "number": order.number or str(order.id),
                    "placed_at": _time(order.placed_ms),
                    "status_id": order.status,
                    "channel_id": order.channel,
                    "revision": self.entry.revision,
                },
                "lines": [_line(each) for each in self.entry.lines],
            },
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
        "owed": line.account.owed,
    }


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
