"""Refunds are read once an hour: one of a part of an order need not change when the order was modified, so
no reading of the orders shows it, and the hook that tells of it may be lost."""

from dataclasses import replace
from functools import partial

from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.order_cursor import refunds_are_old, refunds_since
from tillbridge.domain.pending import of_our_own
from tillbridge.usecases.push.orders.reading import of_the_store
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.session import Session


def hint_at_refunded(session: Session) -> None:
    """Have the orders read of which something was refunded since the last time, unless that was within
    the hour. Raise StockStopped with whatever stops it."""
    read, now = session.orders.read, session.now_ms()
    if not session.takes_orders or not refunds_are_old(read, now):
        return
    with of_the_store():
        session.need_time()
        since = refunds_since(read, now)
        orders = session.api.web_orders
        refunded = with_throttling(session, partial(orders.refunded, since))
        session.rows.mark(
            of_our_own(session.store, Lane.WEB, PosProductId(str(order)), now, "refund")
            for order in refunded
        )
    session.orders.read = replace(session.orders.read, refunds_ms=now)
