"""The web orders of a BigCommerce store, as they are read: nothing of a shopper is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.slices import SliceRecord
from tillbridge.domain.web_orders.shown import WebOrder


@dataclass(frozen=True, slots=True)
class OddOrder:
    """An order that cannot be read, and in words why; `id` is None when not even that can."""

    id: WebOrderId | None
    words: str


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """Some orders by ascending id. `following`: the id from which the next page is read; None when
    this page is the last, which one that is merely shorter than asked is not. `answered_ms`: BigCommerce's
    time of the answer (epoch ms, whole seconds); None when it does not say."""

    orders: tuple[WebOrder, ...]
    odd: tuple[OddOrder, ...]
    following: WebOrderId | None
    answered_ms: int | None


@dataclass(frozen=True, slots=True)
class InventorySettings:
    """When BigCommerce moves stock for orders, of the store or of a channel; None: the channel has
    the store's, or nothing is said. `at_placing`: units go when an order is placed, not when it is
    shipped. `on_edit`, `on_refund`: an edit or a refund moves units."""

    at_placing: bool | None
    on_edit: bool | None
    on_refund: bool | None


class WebOrders(Protocol):
    """One store. Every call may raise StoreThrottled, StoreDown, NeedsAttention, OutOfTime or
    Refused; none changes anything."""

    @property
    def record(self) -> SliceRecord:
        """Return the record in which calls are counted."""
        ...

    def wait_needed(self, *, urgent: bool) -> float:
        """Return the seconds to wait before the next call."""
        ...

    def changed(self, since_ms: int, start: WebOrderId) -> OrdersPage:
        """Return a page of the orders that changed after `since_ms` (epoch ms, BigCommerce's time)
        and whose id is `start` or higher, with all lines. Archived orders may be missing."""
        ...

    def order(self, order: WebOrderId) -> WebOrder | OddOrder | None:
        """Return one order, archived or not; None when BigCommerce says that there is none."""
        ...

    def refunded(self, since_ms: int) -> Sequence[WebOrderId]:
        """Return the orders of which something was refunded at `since_ms` or later (epoch ms,
        BigCommerce's time). A refund need not change when its order was modified."""
        ...

    def inventory_settings(self, channel: int | None = None) -> InventorySettings:
        """Return the settings of the store, or what a channel has in their place."""
        ...
