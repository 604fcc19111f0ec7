"""Builders of web orders."""

from typing import Any

from tests.builders import JUMPER
from tillbridge.domain.ids import (
    PosVariantId,
    StoreProductId,
    StoreVariantId,
    WebLineId,
    WebOrderId,
)
from tillbridge.domain.web_orders.accounts import Booking, Holder, LineAccount
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.domain.web_orders.finding import Holders, Sight, found
from tillbridge.domain.web_orders.shown import WebLine, WebOrder

NOW_MS = 1_700_000_000_000
SMALL, MEDIUM = PosVariantId("v-jumper-s"), PosVariantId("v-jumper-m")
ONLINE = StoreProductId(101)
HOLDERS: Holders = {
    (ONLINE, StoreVariantId(501)): Holder(JUMPER, SMALL),
    (ONLINE, StoreVariantId(502)): Holder(JUMPER, MEDIUM),
}
SIGHT = Sight(NOW_MS, HOLDERS, "web")


def a_line(number: int = 1, quantity: int = 2, variant: int = 501, **overrides: Any) -> WebLine:
    """Return a line of the jumper in S."""
    return WebLine(
        WebLineId(number), ONLINE, quantity, StoreVariantId(variant), **{"sku": "J", **overrides}
    )


def an_order(*lines: WebLine, status: int = 11, **overrides: Any) -> WebOrder:
    """Return an order, awaiting fulfilment, of two jumpers in S."""
    times = {"placed_ms": NOW_MS, "modified_ms": NOW_MS}
    return WebOrder(WebOrderId(1041), status, lines=lines or (a_line(),), **{**times, **overrides})


def an_entry(*lines: WebLine, **overrides: Any) -> OrderEntry:
    """Return the entry of an order that was found just now."""
    return found(None, an_order(*lines, **overrides), SIGHT)


def an_account(owed: int = 2, *bookings: tuple[int, int], **overrides: Any) -> LineAccount:
    """Return the account of a line of jumpers in S; bookings are versions and units."""
    defaults: dict[str, Any] = {
        "order": WebOrderId(1041),
        "line": WebLineId(1),
        "holder": Holder(JUMPER, SMALL),
    }
    return LineAccount(
        owed=owed, bookings=tuple(Booking(*each) for each in bookings), **defaults | overrides
    )
