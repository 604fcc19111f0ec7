"""What people at the POS booked, voided or corrected is read, order by order."""

import logging

from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.book_rows import row_of
from tillbridge.domain.web_orders.booking import answered
from tillbridge.domain.web_orders.listed import read_to
from tillbridge.domain.web_orders.told import external_id
from tillbridge.ports.pos_web_orders import Listed
from tillbridge.usecases.booking.one_order import TIMES
from tillbridge.usecases.booking.session import Session

log = logging.getLogger(__name__)


def read_what_people_booked(session: Session) -> None:
    """Read what the POS lists since it was last read, to its end, and keep it. Orders of other stores of
    the account are passed over. Raise PosDown, RetryLater, OutOfTime, NeedsAttention."""
    began = session.now_ms()
    before = session.deps.listed.read(session.store)
    since, more = before.settled, True
    while more:
        session.need_time()
        page = session.pos.booked(since)
        _take(session, page.orders)
        # An end is a page without news, too: a POS that repeats itself would be read for ever.
        more = page.more and page.next_version > since
        since = max(since, page.next_version)
    after = read_to(before, since, began)
    if after != before:
        session.deps.listed.keep(session.store, after)


def _take(session: Session, orders: tuple[Listed, ...]) -> None:
    named = {each: _order_of(session, each.external_id) for each in orders}
    ours = [order for order in named.values() if order is not None]
    kept = session.deps.book.kept(session.store, ours) if ours else {}
    for each, order in named.items():
        there = kept.get(order) if order is not None else None
        if order is None or there is None or answered(there.entry, each.answer) == there.entry:
            continue
        # The row comes first: what follows from the entry is done with it, also after a kill.
        session.mark(row_of(order))
        _keep(session, order, each)


def _keep(session: Session, order: WebOrderId, listed: Listed) -> None:
    for _ in range(TIMES):
        kept = session.read(order)
        if kept is None:
            return
        entry = answered(kept.entry, listed.answer)
        if entry == kept.entry or not session.deps.book.write(session.store, [(kept, entry)]):
            session.booked(kept.entry, entry)
            return
    log.warning(
        "a listed web order was not kept", extra={"store_id": session.store, "order": order}
    )


def _order_of(session: Session, name: str) -> WebOrderId | None:
    number = name.rpartition(":")[2]
    if not (number.isascii() and number.isdigit()):
        return None
    order = WebOrderId(int(number))
    return order if external_id(session.connection.store_hash, order) == name else None
