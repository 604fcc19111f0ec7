"""Changed web orders are read to the end, or the cursor stays."""

from collections.abc import Callable

from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.order_cursor import OrdersRead, after_page, begun, since
from tillbridge.ports.web_orders import OrdersPage


def read_changed(
    page_of: Callable[[int, WebOrderId], OrdersPage],
    read: OrdersRead,
    now_ms: int,
    take: Callable[[OrdersPage], None],
    keep: Callable[[OrdersRead], None],
) -> int:
    """Hand each page of the orders that changed since the cursor to `take`, and then how far they are
    read to `keep`. Go on with a reading that was cut off. Return how many pages there were.

    Whatever error `page_of` or `take` raises passes through: the orders do not count as read, and the
    page that was not taken comes again."""
    read = begun(read, now_ms)
    pages = 0
    while read.following:
        page = page_of(since(read.cursor_ms), WebOrderId(read.following))
        take(page)
        modified = (order.modified_ms for order in page.orders)
        read = after_page(read, modified, page.answered_ms, page.following)
        keep(read)
        pages += 1
    return pages
