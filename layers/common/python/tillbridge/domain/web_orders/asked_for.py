"""What people ask for of single web orders, as an event and as the rows that it marks."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tillbridge.domain.ids import PosProductId, StoreId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, of_our_own
from tillbridge.domain.senders import Sender

ORDER_REQUESTED = "order.requested"
"""The event, and what a row that it marks is due to."""

HIGHEST_ORDER = 2**53 - 1
"""The highest number that JSON carries exactly."""

MOST_ORDERS = 200
"""Orders that an event may name."""


class DoOrder(StrEnum):
    """`take`: an order is to count that was placed before the store's orders were read. `retry`: the POS is told
    once more of one that it refuses, or has not booked. `ack`: a person booked it in the POS by hand."""

    TAKE = "take"
    RETRY = "retry"
    ACK = "ack"


LANE_OF = {DoOrder.TAKE: Lane.WEB, DoOrder.RETRY: Lane.BOOK, DoOrder.ACK: Lane.WEB}
"""The lane whose rows do it. What the POS refused is told again whenever its row is due
(`may_be_taken` in booking.py)."""

_ACKNOWLEDGED = "ack:"
"""What the rows of orders that were booked by hand begin with, so that they lie beside the hints at the same orders.
A release that knows none takes such a row for a hint at no order, and drops it."""


def row_of(do: DoOrder, order: WebOrderId) -> str:
    """Return the name of the row that does it."""
    return f"{_ACKNOWLEDGED}{order}" if do is DoOrder.ACK else str(order)


def acknowledged_in(row: str) -> WebOrderId | None:
    """Return the order of which a row of the lane `web` says that it was booked by hand; None of another row."""
    number = row.removeprefix(_ACKNOWLEDGED)
    return WebOrderId(int(number)) if row != number and number.isdecimal() else None


@dataclass(frozen=True, slots=True)
class OrdersAsked:
    """A request of a person about orders of a store."""

    id: str
    store: StoreId
    do: DoOrder
    orders: tuple[WebOrderId, ...]
    sender: Sender = field(default_factory=Sender)
    by: str = ""
    trigger: str = ORDER_REQUESTED


def order_row(store: StoreId, lane: Lane, row: object, now_ms: int) -> Change:
    """Return the mark of what a person asked for. It is forced: what waits for a time goes now, and an order
    counts whenever it was placed."""
    return of_our_own(store, lane, PosProductId(str(row)), now_ms, ORDER_REQUESTED, force=True)


def marks(asked: OrdersAsked, orders: Iterator[int], now_ms: int) -> list[Change]:
    """Return what a request marks, each with its order of arrival."""
    lane = LANE_OF[asked.do]
    return [
        replace(
            order_row(asked.store, lane, row_of(asked.do, each), now_ms),
            order=next(orders),
            event=asked.id,
            by=asked.by,
        )
        for each in dict.fromkeys(asked.orders)
    ]
