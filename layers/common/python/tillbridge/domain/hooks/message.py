"""What a webhook says, and which rows it marks. It is a hint and is never believed: what it names is read
before anything is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, arrival
from tillbridge.domain.waiting import LATE_MS, LOOK_AGAIN_MS, SECOND_LOOK_MS

ANY_ORDER = PosProductId("all")
"""The row of the lane *web* that says that some order changed, and not which."""


class Says(StrEnum):
    """What an event tells of: an order, stock that some order moved, a product that changed, or one
    that was deleted."""

    ORDER = "order"
    STOCK = "stock"
    PRODUCT = "product"
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
PRODUCT_SCOPES = (
    "store/product/created",
    "store/product/updated",
    "store/sku/created",
    "store/sku/updated",
    "store/sku/deleted",
)
PRODUCT_DELETED = "store/product/deleted"

SAYS = {
    **dict.fromkeys(ORDER_SCOPES, Says.ORDER),
    **dict.fromkeys(ORDERED_STOCK_SCOPES, Says.STOCK),
    **dict.fromkeys(PRODUCT_SCOPES, Says.PRODUCT),
    PRODUCT_DELETED: Says.DELETED,
}
"""The scopes that are understood. `store/…/inventory/updated` is not among them: it fires for our own
levels, two thousand a call."""


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
    """Yield the marks that a call asks for; none where the store does not read web orders, or the scope
    is not known.

    What is known to come from BigCommerce but names nothing is a hint that something changed."""
    says = SAYS.get(message.scope)
    if says in (Says.ORDER, Says.STOCK):
        if settings.web_orders is not WebOrderMode.OFF:
            named = message.order if says is Says.ORDER else 0
            row = PosProductId(str(named)) if named else ANY_ORDER
            yield _mark(message, store, Lane.WEB, row, now_ms)
    elif says and message.product:
        row = PosProductId(str(message.product))
        timed_ms = looked_at(now_ms, deleted=says is Says.DELETED)
        yield _mark(message, store, Lane.LOOK, row, now_ms, timed_ms)


def looked_at(now_ms: int, *, deleted: bool) -> int:
    """Return the time from which the looks at a product are counted (see `next_look_ms`): so that one
    that changed is looked at 30 s from now, when its other hooks have come too, and once more when the
    15 minutes of a late write are over; one that was deleted at once, and not again."""
    return now_ms - LATE_MS if deleted else now_ms + SECOND_LOOK_MS - LOOK_AGAIN_MS


def _mark(
    message: HookMessage,
    store: StoreId,
    lane: Lane,
    row: PosProductId,
    now_ms: int,
    version: int = 0,
) -> Change:
    return Change(store, lane, row, version, arrival(now_ms), now_ms, message.scope)
