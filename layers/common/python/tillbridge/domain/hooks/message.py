"""What a webhook says, and which rows it marks. It is a hint and is never believed: what it names is read
before anything is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, of_our_own
from tillbridge.domain.waiting import LATE_MS

ANY_ORDER = PosProductId("all")
"""The row of the lane *web* that says that some order changed, and not which."""


class Says(StrEnum):
    """What an event tells of: an order, stock that some order moved, or a product that was deleted."""

    ORDER = "order"
    STOCK = "stock"
    DELETED = "deleted"


ORDER_SCOPES = (
    "store/order/created",
    "store/order/updated",
    "store/order/archived",
    "store/order/refund/created",
)
ORDERED_STOCK_SCOPES = (
    "store/product/inventory/order/updated",
    "store/sku/inventory/order/updated",
)
PRODUCT_DELETED = "store/product/deleted"

SAYS = {
    **dict.fromkeys(ORDER_SCOPES, Says.ORDER),
    **dict.fromkeys(ORDERED_STOCK_SCOPES, Says.STOCK),
    PRODUCT_DELETED: Says.DELETED,
}
"""The scopes that are understood. Those that fire for our own writes are not among them: BigCommerce
would call for each level and product that we push, and what it shows otherwise than it was sent would be
pushed again for ever. What others edit online is found by reconcile, with its breaker."""


@dataclass(frozen=True, slots=True)
class HookMessage:
    """The body of a call. `order` and `product` are BigCommerce's ids, 0 where it names none."""

    producer: str
    scope: str
    order: int = 0
    product: int = 0


def marks(
    message: HookMessage, store: StoreId, settings: Settings, now_ms: int
) -> Iterator[Change]:
    """Yield the marks that a call asks for: of orders where the store reads web orders, and of products
    that were deleted; none for an unknown scope.

    What is known to come from BigCommerce but names nothing is a hint that something changed. A deleted
    product is looked at at once, and by a time that lies back so far, not again (see `next_look_ms`)."""
    says = SAYS.get(message.scope)
    if says is Says.DELETED:
        if message.product:
            row = PosProductId(str(message.product))
            yield _mark(message, store, Lane.LOOK, row, now_ms, now_ms - LATE_MS)
    elif says and settings.web_orders is not WebOrderMode.OFF:
        named = message.order if says is Says.ORDER else 0
        row = PosProductId(str(named)) if named else ANY_ORDER
        yield _mark(message, store, Lane.WEB, row, now_ms)


def _mark(
    message: HookMessage,
    store: StoreId,
    lane: Lane,
    row: PosProductId,
    now_ms: int,
    version: int = 0,
) -> Change:
    return of_our_own(store, lane, row, now_ms, message.scope, version=version)
