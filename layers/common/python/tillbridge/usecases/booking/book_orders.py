"""One slice of telling a store's POS of its web orders, and what follows it.

Who may tell the POS is the message group: one slice a store. Nothing depends on it, see `one_order`, so
there is no writer's token as in the store's drain."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from tillbridge.domain.connection import StoreState, WebOrderMode
from tillbridge.domain.errors import ChangeOfCourse, NeedsAttention, OutOfTime, PosDown, RetryLater
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.lag_histogram import HOUR_MS, HourLags
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.waiting import LONGEST_WAIT_MS, MOST_ATTEMPTS, backoff_ms, wake_times
from tillbridge.domain.web_orders.book_rows import OPEN, POS, SINCE, order_of
from tillbridge.domain.web_orders.entry import LaneState
from tillbridge.domain.web_orders.order_events import OrderEventType
from tillbridge.ports.order_book import Kept
from tillbridge.ports.pos_web_orders import WebOrdersNotOffered
from tillbridge.usecases.booking.one_order import After, tell_order
from tillbridge.usecases.booking.open_orders import look_at_open
from tillbridge.usecases.booking.session import BookingDeps, BookingRecord, Session
from tillbridge.usecases.booking.what_people_booked import read_what_people_booked
from tillbridge.usecases.fence import Fault, best_effort, is_fault, note

log = logging.getLogger(__name__)

ROWS_AT_ONCE = 100
FAILS_IN_A_ROW = 3
"""After so many calls in a row without a usable answer it is the POS, not these orders."""

TABLES_BUSY_MS = 30_000
WAKE_MARGIN_MS = 500
LONGEST_WAKE_S = 900


class _PosIsDown(ChangeOfCourse):
    """The POS can be told nothing for `wait` seconds or more."""

    def __init__(self, words: str, wait: float = 0.0) -> None:
        super().__init__(words)
        self.wait = wait


def book_orders(store: StoreId, deps: BookingDeps) -> BookingRecord:
    """Tell the POS what it is to know, for at most one slice. Outages are rows with a time, and the
    function is woken then; nothing is raised but what a kill raises."""
    session: Session | None = None
    try:
        session = _open(store, deps)
        if session is not None:
            _run(session)
    except OutOfTime:
        with best_effort("signalling", store):  # the sweep signals it, too
            deps.signals.signal(store)
    except RetryLater as trouble:  # of the tables
        log.warning("no booking", extra={"store_id": store, "why": str(trouble)})
        _wake(store, deps, deps.clock.now_ms() + TABLES_BUSY_MS)
    except Exception as error:  # noqa: BLE001 - noted; it is this store's alone
        note(Fault(error, "booking web orders", store))
        _wake(store, deps, deps.clock.now_ms() + LONGEST_WAIT_MS)
    if session is None:
        return BookingRecord()
    session.signal_drain()
    if session.record.lags:
        with best_effort("keeping how long web orders took", store):
            hour = session.now_ms() // HOUR_MS
            deps.hours.add_orders(store, HourLags(hour, session.record.lags))
    for at_ms in wake_times(session.due_later_ms, session.now_ms()):
        _wake(store, deps, at_ms)
    return session.record


def _open(store: StoreId, deps: BookingDeps) -> Session | None:
    connection = deps.stores.find(store)
    if connection is None:
        log.warning("web orders of a store that is not connected", extra={"store_id": store})
        return None
    if connection.state is StoreState.PAUSED:
        log.info("the POS is not told: the store is paused", extra={"store_id": store})
        return None
    deadline = deps.clock.now_ms() + deps.slice_ms
    return Session(connection, deps, deadline, pos=deps.open_pos(connection, deadline))


def _run(session: Session) -> None:
    if session.settings.web_orders is not WebOrderMode.POS:
        _leave(session)
        return
    if not _may_try(session):
        _look_at_open(session)  # what is overdue is told in an outage, too
        return
    try:
        while rows := _due(session):
            session.need_time()
            _work(session, rows)
    except _PosIsDown as down:
        _wait_for_pos(session, str(down), down.wait)
    except NeedsAttention as refusal:
        _wait_for_pos(session, str(refusal), LONGEST_WAIT_MS / 1_000)


def _may_try(session: Session) -> bool:
    """Return whether the POS may be told something now; not while an outage has its time, unless a person
    asked."""
    for row in _note_of_outage(session):
        asked = any(each.force and order_of(each.product) for each in _due(session))
        if row.not_before_ms > session.now_ms() and not asked:
            session.due_later_ms.append(row.not_before_ms)
            return False
        session.troubled = row.attempts
        session.clear([row])
    return True


def _due(session: Session) -> Sequence[PendingRow]:
    return session.deps.pending.due(session.store, Lane.BOOK, session.now_ms(), ROWS_AT_ONCE)


def _note_of_outage(session: Session) -> Sequence[PendingRow]:
    return session.deps.pending.of(session.store, Lane.BOOK, [POS])


def _look_at_open(session: Session) -> None:
    for row in session.deps.pending.of(session.store, Lane.BOOK, [OPEN]):
        if row.not_before_ms <= session.now_ms():
            look_at_open(session, row)
        else:
            session.due_later_ms.append(row.not_before_ms)


def _leave(session: Session) -> None:
    """Nothing is told while people book web orders by hand, or none are read. What was kept stays, and
    is looked at when that changes."""
    while rows := _due(session):
        session.need_time()
        extra = {"store_id": session.store, "mode": session.settings.web_orders.value}
        log.info("the POS is not told", extra={**extra, "rows": len(rows)})
        session.clear(rows)


def _work(session: Session, rows: Sequence[PendingRow]) -> None:
    orders = {row.product: order_of(row.product) for row in rows}
    known = [order for order in orders.values() if order is not None]
    kept = session.deps.book.kept(session.store, known) if known else {}
    for row in rows:
        session.need_time()
        order = orders[row.product]
        try:
            if order is None:
                _look(session, row)
            else:
                _tell(session, row, order, kept.get(order))
        except Exception as error:
            if not is_fault(error):
                raise
            note(Fault(error, "booking a web order", session.store, row.product))
            session.try_later(row)


def _look(session: Session, row: PendingRow) -> None:
    if row.product == OPEN:
        look_at_open(session, row)
    elif row.product == SINCE:
        _read_list(session, row)
    else:  # nobody marks such a row
        session.clear([row])


def _read_list(session: Session, row: PendingRow) -> None:
    try:
        read_what_people_booked(session)
    except WebOrdersNotOffered:
        session.lacking = True
        log.warning("the POS takes no web orders", extra={"store_id": session.store})
    except PosDown as down:
        raise _PosIsDown(str(down), down.wait) from down
    session.troubled = 0
    session.clear([row])


def _tell(session: Session, row: PendingRow, order: WebOrderId, kept: Kept | None) -> None:
    turn = tell_order(session, order, kept)
    if turn.after is After.AGAIN:
        session.mark(OPEN)
        session.try_later(row, turn.wait)
        if turn.wait or session.fails >= FAILS_IN_A_ROW:
            raise _PosIsDown("The POS takes no web orders now.", turn.wait)
        return
    if turn.told:
        session.troubled = 0
    entry = turn.entry
    if entry is not None:
        session.moves_stock(entry)
        if entry.state is LaneState.BOOKED:
            session.tell(OrderEventType.BOOKED, entry)
    waits = turn.after is After.LACKS_EFFECTS and (turn.told or row.attempts)
    if waits and row.attempts < MOST_ATTEMPTS:
        session.mark(SINCE)
        session.try_later(row)
        return
    if turn.after is After.UNBOOKED:
        session.mark(OPEN)
    session.clear([row])


def _wait_for_pos(session: Session, words: str, wait: float) -> None:
    """Have nobody try before a time that is later after each failure. Every order keeps waiting, and its
    units stay subtracted."""
    log.warning("the POS cannot be told", extra={"store_id": session.store, "why": words})
    session.mark(POS)
    tries = session.troubled + 1
    until = session.now_ms() + max(int(wait * 1_000), backoff_ms(tries))
    for row in _note_of_outage(session):
        session.deps.pending.postpone([replace(row, attempts=tries, not_before_ms=until)])
    session.due_later_ms = [until]
    _look_at_open(session)


def _wake(store: StoreId, deps: BookingDeps, at_ms: int) -> None:
    seconds = (at_ms + WAKE_MARGIN_MS - deps.clock.now_ms()) / 1_000
    with best_effort("waking", store):  # the sweep signals every store that has due rows
        deps.signals.wake(store, min(LONGEST_WAKE_S, max(0.0, seconds)))
