"""The rows of lane *book*: an order that the POS is to be told of, or a look at many of them."""

from tillbridge.domain.ids import PosProductId, StoreId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, of_our_own

SINCE = PosProductId("#since")
"""People at the POS may have booked something: what it booked since is read."""

OPEN = PosProductId("#open")
"""Every order that is not settled is looked at: is the POS to be told, or overdue?"""

POS = PosProductId("#pos")
"""The POS cannot be told anything; the row says until when nobody tries, and how often it failed."""


def row_of(order: WebOrderId) -> PosProductId:
    """Return the name of an order's row; the row's field is that of the POS product in other lanes."""
    return PosProductId(str(order))


def order_of(row: PosProductId) -> WebOrderId | None:
    """Return the order that a row names, None where it names none."""
    return WebOrderId(int(row)) if row.isascii() and row.isdigit() else None


def book_mark(store: StoreId, row: PosProductId, now_ms: int, *, force: bool = False) -> Change:
    """Return the mark of a row. `force`: it is due at once, whatever it waits for."""
    return of_our_own(store, Lane.BOOK, row, now_ms, "web order", force=force)
