"""Orders that BigCommerce shows are kept in the book, and what follows is marked.

First the products whose levels they move are marked, then others are told what is new, then the book is
written, then the POS's function is told. Each of these may be done again: an order that is read once more is
compared with what the book has."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosProductId, WebOrderId
from tillbridge.domain.lag_histogram import LagPath
from tillbridge.domain.lanes import Lane
from tillbridge.domain.order_cursor import began_to_count
from tillbridge.domain.pending import of_our_own
from tillbridge.domain.web_orders.book_rows import book_mark, row_of
from tillbridge.domain.web_orders.booking import is_due
from tillbridge.domain.web_orders.entry import OrderEntry, settled
from tillbridge.domain.web_orders.finding import Sight, found
from tillbridge.domain.web_orders.owed import Counts
from tillbridge.domain.web_orders.shown import WebOrder
from tillbridge.ports.order_book import Kept, NewEntry
from tillbridge.usecases.fence import Fault, best_effort, is_fault, note
from tillbridge.usecases.push.orders.hinted import ask_again
from tillbridge.usecases.push.orders.holders import holders_of
from tillbridge.usecases.push.orders.telling import tell_news
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)

OLDEST_MS = 90 * 24 * 60 * 60 * 1_000
"""An order that was placed earlier, and that the book does not have, is nobody's news."""

_MOVING = (Counts.COUNTED, Counts.HELD, Counts.GIVEN_UP)
_BUSY = "The book of web orders is busy. Tillbridge tries again."
_TIMES = 5
"""So often an entry is made anew because the function that tells the POS wrote meanwhile."""


def note_orders(
    session: Session, orders: Sequence[WebOrder], *, asked: Collection[WebOrderId] = ()
) -> None:
    """Keep orders in the book, and mark what follows from them. `asked`: those that count though they
    were placed before the store's orders did. Raise RetryLater when the tables are busy."""
    left = [order for order in orders if session.orders.is_news(order) or order.id in asked]
    for _ in range(_TIMES):
        if not left:
            return
        kept = session.deps.order_book.kept(session.store, [order.id for order in left])
        counted = [order for order in left if _counts(session, order, kept, asked)]
        refused = _keep(session, counted, kept)
        session.orders.saw(order for order in left if order.id not in refused)
        left = [order for order in counted if order.id in refused]
    raise RetryLater(_BUSY)


def judge_again(session: Session, orders: Sequence[WebOrderId]) -> None:
    """Keep orders anew as the book has them: time has passed, or a product was linked. Raise RetryLater
    when the tables are busy."""
    left = orders
    for _ in range(_TIMES):
        if not left:
            return
        kept = session.deps.order_book.kept(session.store, left)
        left = list(_keep(session, [each.entry.order for each in kept.values()], kept))
    raise RetryLater(_BUSY)


def _counts(
    session: Session,
    order: WebOrder,
    kept: Mapping[WebOrderId, Kept],
    asked: Collection[WebOrderId],
) -> bool:
    if order.id in kept or order.id in asked:
        return True
    return order.placed_ms >= _counted_since(session)


def _counted_since(session: Session) -> int:
    since = max(session.connection.web_orders_since_ms, session.now_ms() - OLDEST_MS)
    return since // 1_000 * 1_000  # BigCommerce's times are whole seconds


def _keep(
    session: Session, orders: Sequence[WebOrder], kept: Mapping[WebOrderId, Kept]
) -> set[WebOrderId]:
    """Write the entries that changed, and return the orders of those that were not written."""
    entries = list(_entries(session, orders, kept))
    changed = [(before, entry) for before, entry in entries if _is_news(before, entry)]
    since = {
        product: began_ms
        for before, entry in changed
        if before is None and (began_ms := _began_to_count(session, entry.order))
        for product in _moved(before, entry)
    }
    moved = (p for before, entry in changed for p in _moved(before, entry))
    mark_moved(session, moved, since)
    tell_news(session, changed)
    refused = set(session.deps.order_book.write(session.store, changed)) if changed else set()
    for before, entry in changed:
        if entry.order.id not in refused:
            session.orders.takes(before.entry.accounts if before else (), entry.accounts)
            session.history.found(before.entry if before else None, entry)
            if before is None and (began_ms := _began_to_count(session, entry.order)):
                session.took(LagPath.ORDER_FOUND, began_ms)
    _tell(session, [entry for _, entry in entries if entry.order.id not in refused])
    return refused


def _entries(
    session: Session, orders: Sequence[WebOrder], kept: Mapping[WebOrderId, Kept]
) -> Iterator[NewEntry]:
    outlet = session.settings.orders_outlet
    sight = Sight(session.now_ms(), holders_of(session, orders), outlet)
    for order in orders:
        before = kept.get(order.id)
        there = before.entry if before else None
        try:
            entry = found(there, order, sight)
            if there is None:
                # What owes nothing, and never did, needs no record of the POS to be over.
                entry = settled(entry, {})
        except Exception as error:  # a bug in one order must not hide the others
            if not is_fault(error):
                raise
            note(Fault(error, "reading a web order", session.store, str(order.id)))
            session.orders.failed.add(order.id)
            ask_again(session, order.id)
        else:
            session.orders.failed.discard(order.id)
            yield before, entry


def _is_news(before: Kept | None, entry: OrderEntry) -> bool:
    if before is None:
        # One that was never paid, or is a till's, moves nothing. One that was cancelled before it was
        # read may have moved stock twice.
        return any(line.counts in _MOVING for line in entry.lines)
    return entry != before.entry


def _moved(before: Kept | None, entry: OrderEntry) -> Iterator[PosProductId]:
    """Yield the products whose levels may be others online now: also when nothing else is owed, since
    BigCommerce may take stock off, or put it back, when an order is shipped, edited or refunded."""
    there = before.entry if before else None
    if there and _looks(there.order) == _looks(entry.order) and there.accounts == entry.accounts:
        return
    accounts = (*(there.accounts if there else ()), *entry.accounts)
    yield from (account.holder.product for account in accounts if account.holder)


def _looks(order: WebOrder) -> WebOrder:
    return replace(order, modified_ms=0)


def _began_to_count(session: Session, order: WebOrder) -> int:
    """Return since when an order was there to be found; 0 for one from before the store's orders counted."""
    if order.placed_ms < _counted_since(session):
        return 0
    return began_to_count(order.placed_ms, order.modified_ms, session.orders.read)


def mark_moved(
    session: Session,
    products: Iterable[PosProductId],
    since_ms: Mapping[PosProductId, int] = MappingProxyType({}),
) -> None:
    """Have these products looked at now, whatever they wait for. `since_ms`: when an order of them was
    placed that is to be timed."""
    now = session.now_ms()
    session.rows.mark(
        replace(
            of_our_own(session.store, Lane.ORDERED, product, now, "web-order", force=True),
            queued_ms=since_ms.get(product, 0),
        )
        for product in dict.fromkeys(products)
    )


def _tell(session: Session, entries: Sequence[OrderEntry]) -> None:
    # Also of an order that did not change: a kill may have come between its entry and its mark.
    epoch = session.connection.pos_account.epoch
    if session.settings.web_orders is not WebOrderMode.POS:
        return
    due = [entry for entry in entries if is_due(entry, epoch)]
    now = session.now_ms()
    session.deps.pending.mark(
        book_mark(session.store, row_of(entry.order.id), now) for entry in due
    )
    if due and session.deps.orders is not None:
        with best_effort("signalling", session.store):  # the sweep signals it, too
            session.deps.orders.signal(session.store)
