"""Everything that others are told on the bus."""

from dataclasses import dataclass

from tillbridge.domain.ids import StoreId
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.web_orders.order_events import (
    Json,
    OrderEvent,
    detail_of,
    id_of,
    text_of,
)

OVERSOLD = "oversold"
"""The type of an event of units that were sold more often than there are."""

MOST_ORDERS = 1_000
"""So many orders are named with what was oversold, the newest; all would not fit into an event."""


@dataclass(frozen=True, slots=True)
class OversoldEvent:
    """An event of one debt that was noticed."""

    store: StoreId
    debt: Oversold

    @property
    def type(self) -> str:
        """Return the type of the event."""
        return OVERSOLD

    @property
    def id(self) -> str:
        """Return its id: that of the same debt by the same record and orders, whenever it is noticed."""
        return id_of(self.store, OVERSOLD, str(self.debt.version), text_of(self._data()))

    @property
    def about(self) -> Json:
        """Return what a log line says of it."""
        return {"product_id": self.debt.holder.product}

    def detail(self) -> Json:
        """Return what the event holds (contracts/events/orders)."""
        return detail_of(self.id, self.store, self.debt.at_ms, self._data())

    def _data(self) -> Json:
        return {
            "product_id": self.debt.holder.product,
            "variant_id": self.debt.holder.variant,
            "units": self.debt.debt,
            "orders": sorted(self.debt.orders)[-MOST_ORDERS:],
        }


type OutwardEvent = OrderEvent | OversoldEvent
"""What others are told."""
