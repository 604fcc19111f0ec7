"""What the POS knows of web orders: the revision it holds, and what it booked for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from sandbox.pos.numbers import quantity_text
from sandbox.pos.web_order_inputs import WebOrder

type Unit = tuple[str, str | None]
"""What is sold: a product, or one of its variants."""
type Booking = Literal["at_once", "by_person", "committed", "not_offered"]
"""How the POS books: with the PUT; later, by a person; as committed until the order is completed.
The last stands for a POS without this part of the contract."""

BOOKINGS = ("at_once", "by_person", "committed", "not_offered")
ZERO = Decimal(0)


@dataclass(slots=True)
class Booked:
    """Units of one order that are off the stock: sold, or committed to it.

    version: the first of the product whose (on hand - committed) contains their sum."""

    sold: Decimal = ZERO
    committed: Decimal = ZERO
    version: int = 0

    @property
    def units(self) -> Decimal:
        """What the POS no longer offers, because of this order."""
        return self.sold + self.committed


@dataclass(slots=True)
class HeldOrder:
    """One web order. `asked`: the newest state that was sent; `lines`: units booked by line."""

    external_id: str
    revision: int
    sent: str
    asked: WebOrder
    outlet_id: str
    version: int = 0
    state: Literal["booked", "received"] = "received"
    by_unit: dict[Unit, Booked] = field(default_factory=dict)
    lines: dict[str, tuple[Unit, Decimal]] = field(default_factory=dict)
    documents: list[dict[str, str]] = field(default_factory=list)

    def effects(self) -> list[dict[str, Any]]:
        """Return what is booked, by line; a line that is gone has 0 units."""
        return [
            {
                "line_id": line_id,
                "product_id": unit[0],
                "variant_id": unit[1],
                "version": self.by_unit[unit].version,
                "units": quantity_text(units),
            }
            for line_id, (unit, units) in self.lines.items()
        ]

    def answer(self) -> dict[str, Any]:
        """Return the answer to a PUT of this revision."""
        told: dict[str, Any] = {
            "id": self.external_id,
            "revision": self.revision,
            "state": self.state,
        }
        if self.state == "booked":
            told |= {"documents": list(self.documents), "effects": self.effects()}
        return told


class WebOrderBook:
    """Web orders by their external id, in the order of their newest change. The caller locks."""

    def __init__(self) -> None:
        self.booking: Booking = "at_once"
        self._orders: dict[str, HeldOrder] = {}
        # Set by whoever judges afterwards what was booked when: called at each change of an order.
        self.watch: Callable[[HeldOrder], None] = lambda _: None

    def find(self, external_id: str) -> HeldOrder | None:
        """Return an order, or None."""
        return self._orders.get(external_id)

    def put(self, order: HeldOrder, version: int) -> None:
        """Keep an order as the one that changed last."""
        order.version = version
        self._orders.pop(order.external_id, None)
        self._orders[order.external_id] = order
        self.watch(order)

    def received(self) -> list[HeldOrder]:
        """Return the orders that wait for a person, oldest first."""
        return [order for order in self._orders.values() if order.state == "received"]

    def page(self, since: int, limit: int) -> dict[str, Any]:
        """Return at most `limit` orders that changed after a version, ascending."""
        newer = [order for order in self._orders.values() if order.version > since]
        shown = newer[:limit]
        return {
            "data": [
                {
                    "external_id": order.external_id,
                    "revision": order.revision,
                    "state": order.state,
                    "version": order.version,
                    "effects": order.effects(),
                }
                for order in shown
            ],
            "next_version": shown[-1].version if shown else since,
            "has_more": len(newer) > limit,
        }
