"""Orders are read: what changed, and what hints name. Where they cannot be, the whole store waits: no
product is to blame, and stock that goes without them offers again what the web has sold."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from tillbridge.domain.errors import Refused, StoreDown
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.order_cursor import OrdersRead
from tillbridge.ports.web_orders import OrdersPage
from tillbridge.usecases.push.orders.hinted import ask_again
from tillbridge.usecases.push.orders.noting import OLDEST_MS, mark_moved, note_orders
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.right_of_way import StockStopped
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.read_orders import read_changed

log = logging.getLogger(__name__)

READ_EVERY_MS = 270_000
"""Orders that were last read earlier are read when a slice begins. The sweep signals every five minutes,
and a slice may begin some seconds sooner after it than the one before."""


def are_old(session: Session) -> bool:
    """Return whether the orders are to be read though nothing asks for it."""
    return session.takes_orders and session.now_ms() - session.orders.read.read_ms >= READ_EVERY_MS


def read_orders(
    session: Session, *, asked: Collection[WebOrderId] = ()
) -> tuple[int, set[WebOrderId]]:
    """Read the orders that changed, to the end, and keep them. Return how many pages there were, and
    the orders on them. `asked`: as in `note_orders`. Raise StockStopped with whatever stops it; the next
    reading goes on from there."""
    view = session.orders
    shown: set[WebOrderId] = set()

    def take(page: OrdersPage) -> None:
        shown.update(order.id for order in page.orders)
        note_orders(session, page.orders, asked=asked)
        _note_odd(session, page)

    def keep(read: OrdersRead) -> None:
        view.read = read

    def page_of(since_ms: int, start: WebOrderId) -> OrdersPage:
        session.need_time()
        orders = session.api.web_orders
        return with_throttling(session, partial(orders.changed, since_ms, start))

    with of_the_store():
        if not view.read.cursor_ms:
            view.read = replace(view.read, cursor_ms=_first_cursor(session))
        pages = read_changed(page_of, view.read, session.now_ms(), take, keep)
    return pages, shown


@contextmanager
def of_the_store() -> Iterator[None]:
    """Raise whatever is raised inside as StockStopped: the fences around products let that through.
    BigCommerce's refusal to show its orders is an outage."""
    try:
        yield
    except StockStopped:
        raise
    except Refused as refusal:
        down = StoreDown(f"BigCommerce does not show its orders: {refusal}")
        raise StockStopped(down) from refusal
    except Exception as trouble:  # whatever it is, no product is at fault
        raise StockStopped(trouble) from trouble


def _first_cursor(session: Session) -> int:
    """Return from when on orders are read that never were. Those that the book has from an earlier time
    may have changed since it was last written."""
    counted = session.connection.web_orders_since_ms
    known = session.deps.order_book.open(session.store)
    # They count from now on: no level was written with them.
    accounts = (account for order in known for account in order.accounts)
    mark_moved(session, (each.holder.product for each in accounts if each.holder))
    since = min((counted, *(order.since_ms for order in known)))
    return max(session.now_ms() - OLDEST_MS, since)


def _note_odd(session: Session, page: OrdersPage) -> None:
    for odd in page.odd:
        extra = {"store_id": session.store, "order_id": odd.id, "why": odd.words}
        log.warning("a web order is odd", extra=extra)
        if odd.id is not None:
            ask_again(session, odd.id)
