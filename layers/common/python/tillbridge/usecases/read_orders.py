"""Changed web orders are read to the end, or the cursor stays."""

from collections.abc import Callable

from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.order_cursor import ReadSoFar, cursor_after, since, with_page
from tillbridge.ports.web_orders import OrdersPage, WebOrders


def read_changed(orders: WebOrders, cursor_ms: int, take: Callable[[OrdersPage], None]) -> int:
    """Hand each page of the orders that changed since the cursor to `take`, and return the cursor to
    store (epoch ms, BigCommerce's time) once the last page is taken.

    Whatever error the reader or `take` raises passes through, and no cursor is returned: the orders
    do not count as read, and what was taken comes again."""
    read = ReadSoFar()
    start: WebOrderId | None = WebOrderId(1)
    while start is not None:
        page = orders.changed(since(cursor_ms), start)
        take(page)
        modified = tuple(order.modified_ms for order in page.orders)
        read = with_page(read, modified, page.answered_ms)
        start = page.following
    return cursor_after(cursor_ms, read)
