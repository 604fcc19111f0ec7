"""A look at every order that is not settled: which ones the POS is to be told of, and which are overdue.

It is the net below marks that were lost, the way back after a POS was restored or orders were switched on
again, and the clock of what waits for people."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import batched

from tillbridge.domain.pending import PendingRow
from tillbridge.domain.web_orders.book_rows import row_of
from tillbridge.domain.web_orders.booking import is_due, may_be_taken
from tillbridge.domain.web_orders.entry import (
    BOOKING_PATIENCE_MS,
    LaneState,
    OrderEntry,
    is_overdue,
)
from tillbridge.domain.web_orders.order_events import OrderEventType
from tillbridge.usecases.booking.session import Session

READ_AT_ONCE = 100
AGAIN_MS = 15 * 60_000
"""So often orders are looked at while the POS has not booked some of them."""

_UNBOOKED = (
    LaneState.SEEN,
    LaneState.ASKED,
    LaneState.RECEIVED,
    LaneState.WAITING,
    LaneState.FAILED,
)


def look_at_open(session: Session, row: PendingRow) -> None:
    """Mark the orders that the POS is to be told of, tell of those that became overdue since the last
    look, and look again while anything is not booked. Raise RetryLater."""
    now = session.now_ms()
    # What was refused just now is not tried again at once.
    again = row.force or row.not_before_ms > 0
    unbooked: list[OrderEntry] = []
    to_tell = []
    for entry in _entries(session):
        if is_due(entry, session.epoch) or (again and may_be_taken(entry)):
            to_tell.append(row_of(entry.order.id))
        if entry.state in _UNBOOKED and entry.told is not None:
            unbooked.append(entry)
    session.mark(*to_tell)
    overdue = [entry for entry in unbooked if is_overdue(entry, now)]
    session.record.overdue = len(overdue)
    # When the last look was, stands where other lanes keep since when the POS lags.
    fresh = [each for each in overdue if each.since_ms + BOOKING_PATIENCE_MS >= row.seen_stale_ms]
    if fresh:
        session.tell(OrderEventType.OVERDUE, *fresh)
    if not unbooked:
        session.clear([row])
        return
    times = (entry.since_ms + BOOKING_PATIENCE_MS + 1 for entry in unbooked)
    soonest = min((at for at in times if at > now), default=now + AGAIN_MS)
    looked = replace(row, seen_stale_ms=now, attempts=0)
    session.postpone(looked, min(soonest, now + AGAIN_MS))


def _entries(session: Session) -> Iterator[OrderEntry]:
    book, store = session.deps.book, session.store
    for some in batched(book.open(store), READ_AT_ONCE, strict=False):
        session.need_time()
        yield from (kept.entry for kept in book.kept(store, [o.order for o in some]).values())
