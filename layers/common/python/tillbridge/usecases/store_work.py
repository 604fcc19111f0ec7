"""One slice of a store's work, and what follows it: the next slice, a wake, or attention."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from uuid import uuid4

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.canary import EVERY_MS
from tillbridge.domain.connection import Connection, StoreState, out_of_trouble
from tillbridge.domain.errors import GivesWay, NeedsAttention, OutOfTime, Refused, RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_histogram import HourLags, merged
from tillbridge.domain.slices import Signal, SliceRecord, Turn
from tillbridge.domain.turns import Turns
from tillbridge.domain.waiting import LOOK_AGAIN_MS, backoff_ms, wake_times
from tillbridge.ports.pos import Pos
from tillbridge.ports.signals import Signals
from tillbridge.ports.store_api import StoreApi
from tillbridge.ports.store_reader import StoreReader
from tillbridge.usecases.fence import Fault, best_effort, note
from tillbridge.usecases.hooks_in_slice import HookCareDeps, care_of_hooks
from tillbridge.usecases.linking.answer_requests import LinkRequestsOf
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.push.drain import drain, drain_guarded
from tillbridge.usecases.push.outcomes.guard import TRIED_EVERY_S, is_guarded
from tillbridge.usecases.push.slice.order_view import OrderView
from tillbridge.usecases.push.slice.right_of_way import RightOfWay
from tillbridge.usecases.push.slice.session import PushDeps, Session

log = logging.getLogger(__name__)

LONGEST_WAKE_S = 900
WAKE_MARGIN_MS = 500
TABLES_BUSY_MS = 30_000
SPENT = "the signal is spent"
"""What the log says of a signal that an earlier drain has answered already."""

LAST_CALL_MS = 5_000
"""How long after a slice's end its last call to the store may still be under way. Includes the
difference between two functions' clocks."""


@dataclass(frozen=True, slots=True)
class StoreWorkDeps:
    """What a store's one writer needs: the dependencies of push and linking, and what opens a slice
    and requests the next. `hooks`: what their care needs. `open_store`, `open_reader` and `open_pos` make clients whose calls end by a
    deadline (epoch ms)."""

    push: PushDeps
    linking: LinkingDeps
    signals: Signals
    open_store: Callable[[Connection, int], StoreApi]
    open_reader: Callable[[Connection, int], StoreReader]
    open_pos: Callable[[Connection, int], Pos]
    hooks: HookCareDeps | None = None
    slice_ms: int = 60_000


def work_on_store(
    store: StoreId,
    deps: StoreWorkDeps,
    signal: Signal = Signal(),  # noqa: B008 - it cannot change
) -> SliceRecord:
    """Drain `store`, and answer requests about its links, for at most one slice. Do nothing when the
    signal is spent: a burst of events sends hundreds, and one drain does what all of them ask. When
    another slice is at work there, schedule a wake for when its time is over (docs/architecture.md, One writer a
    store).

    Outages, 429 and refusals of the whole store are recorded as a state with a time, not raised:
    raising would use up the receives of the signal, and hold the store for two minutes each time.
    Where not even a state can be written, the store is woken a little later."""
    now = deps.push.clock.now_ms()
    try:
        return _turn(store, deps, now, signal)
    except RetryLater as trouble:  # of the tables: the store's own troubles are a state by now
        log.warning("no slice", extra={"store_id": store, "why": str(trouble)})
        _wake(store, deps, now + TABLES_BUSY_MS)
    except Exception as error:  # noqa: BLE001 - noted; it is this store's alone
        note(Fault(error, "opening", store))
        _wake(store, deps, now + LOOK_AGAIN_MS)
    return SliceRecord(started_ms=now)


def _turn(store: StoreId, deps: StoreWorkDeps, now: int, signal: Signal) -> SliceRecord:
    stores = deps.push.stores
    deadline = now + deps.slice_ms
    token = uuid4().hex
    turn = stores.begin_slice(store, token, now, deadline + LAST_CALL_MS, signal.sent_ms)
    if turn.spent:
        log.info(SPENT, extra={"store_id": store})
        return SliceRecord(started_ms=now)
    if turn.busy_until_ms:
        log.warning("another slice writes to the store", extra={"store_id": store})
        _wake(store, deps, turn.busy_until_ms)
        return SliceRecord(started_ms=now)
    turns = Turns(deps.push.in_flight, oldest_next=turn.oldest_next)
    left = replace(turn, unsure=True)  # until the slice ends in a way that we know
    try:
        record, left = _slice(store, deps, deadline, turns, turn)
        if left.settled_ms:
            left = replace(left, settled_ms=signal.at(left.settled_ms - now))
        return record
    finally:
        with best_effort("ending the slice", store):  # it also expires when its time is over
            stores.end_slice(store, token, replace(left, oldest_next=turns.oldest_next))


def _slice(
    store: StoreId, deps: StoreWorkDeps, deadline: int, turns: Turns, turn: Turn
) -> tuple[SliceRecord, Turn]:
    """Work for one slice. Return what it did, and what it leaves to the next; `settled_ms` by our own
    clock."""
    clock, stores = deps.push.clock, deps.push.stores
    now = deadline - deps.slice_ms
    connection = stores.find(store)
    if connection is None:
        log.warning("signal for a store that is not connected", extra={"store_id": store})
        return SliceRecord(started_ms=now), turn
    waits = connection.not_before_ms > now and not is_guarded(connection)
    if connection.state is StoreState.PAUSED or waits:
        return SliceRecord(started_ms=now), turn
    session = Session(
        connection=connection,
        deps=deps.push,
        api=deps.open_store(connection, deadline),
        pos=deps.open_pos(connection, deadline),
        deadline_ms=deadline,
        open_reader=partial(deps.open_reader, connection, deadline),
        way=RightOfWay(deps.push.in_flight),
        turns=turns,
        unsure=turn.unsure,
        killed_ms=turn.killed_ms,
        after_ms=turn.after_ms,
        hooks_checked_ms=turn.hooks_checked_ms,
        hooks_rearmed_ms=turn.hooks_rearmed_ms,
    )
    if session.takes_orders:
        session.orders = OrderView(turn.orders)
    session.record.started_ms = now
    try:
        if is_guarded(connection):
            _run_guarded(session, deps)
        else:
            _run(session, deps)
    finally:
        session.views.flush()
        session.history.end()
        session.record.ended_ms = clock.now_ms()
        session.record.oversold = session.history.oversold_units
        session.record.untold = session.events.untold
        session.calls.end(session.record)
    _note_traffic(session)
    left = replace(
        turn,
        unsure=session.unsure,
        settled_ms=session.settled_ms,
        after_ms=session.after_ms if session.gave_way else 0,
        hooks_checked_ms=session.hooks_checked_ms,
        hooks_rearmed_ms=session.hooks_rearmed_ms,
        orders=session.orders.read,
        hour=_hour_after(session, turn.hour),
    )
    return session.record, left


def _note_traffic(session: Session) -> None:
    # A level of the shop that got through says as much as the canary's: no round is due.
    canary, now = session.connection.canary, session.now_ms()
    if canary is not None and session.record.stocked and now - canary.good_ms >= EVERY_MS // 2:
        with best_effort("noting that stock went", session.store):
            session.keep_canary(replace(canary, good_ms=now))


def _hour_after(session: Session, before: HourLags) -> HourLags:
    """Put the hour down that is over, and return the running one. Written before the slice ends: a kill
    in between has the next slice put down the same again."""
    lags = session.record.lags
    over, running = before.after(session.now_ms(), lags)
    if over is None:
        return running
    with best_effort("keeping how long changes took", session.store):
        session.deps.history.hours.put(session.store, over)
        return running
    return HourLags(before.hour, merged(before.lags, lags))  # the next slice tries again


def _run_guarded(session: Session, deps: StoreWorkDeps) -> None:
    """Work for a store of which too much was refused: its stock, links by hand and, when a quarter of
    an hour is over, one product's content."""
    probe = session.connection.not_before_ms <= session.now_ms()
    go_on, again = False, True
    try:
        go_on = drain_guarded(session, LinkRequestsOf(deps.linking, session), probe=probe)
        again = False
    except OutOfTime:
        pass
    except NeedsAttention as refusal:
        if refusal.code != AttentionCode.TOO_MANY_REFUSED:
            _wait(session, deps, str(refusal), attention_code=refusal.code)
            return
        again = False
    except RetryLater:
        session.unsure = True
        session.wake_by(session.now_ms() + LOOK_AGAIN_MS)
        again = False
    except Exception as error:  # noqa: BLE001 - noted; the store waits as it did, in its words
        session.unsure = True
        _unforeseen(session, error)
        session.wake_by(session.now_ms() + LOOK_AGAIN_MS)
        again = False
    if go_on:
        _end_outage(session)
        _signal(session, deps)
    elif probe and not again:
        there = session.connection
        words, code = there.attention_words, there.attention_code
        _wait(session, deps, words, TRIED_EVERY_S, attention_code=code)
    elif again:
        _signal(session, deps)
    for at_ms in wake_times(session.due_later_ms, session.now_ms()):
        _wake(session.store, deps, at_ms)


def _run(session: Session, deps: StoreWorkDeps) -> None:
    connection = session.connection
    woken_at = 0
    try:
        if connection.state is StoreState.NEEDS_ATTENTION or connection.failures:
            session.api.ping()
        drain(session, LinkRequestsOf(deps.linking, session))
    except GivesWay:
        session.gave_way = True
        _end_outage(session)
        _care_of_hooks(session, deps)
        _signal(session, deps)
    except OutOfTime as over:
        woken_at = _go_on_later(session, deps, over.wait)
    except NeedsAttention as refusal:
        soonest = TRIED_EVERY_S if refusal.code == AttentionCode.TOO_MANY_REFUSED else 0.0
        woken_at = _wait(session, deps, str(refusal), soonest, attention_code=refusal.code)
    except RetryLater as trouble:
        session.unsure = True  # a call or its record failed, and its rows may not say so
        woken_at = _wait(session, deps, str(trouble), trouble.wait)
    except Exception as error:  # noqa: BLE001 - noted; the store waits, in words
        session.unsure = True
        woken_at = _wait(session, deps, _unforeseen(session, error))
    else:
        session.turns.oldest_next = False  # nothing is due, so nothing has to be remembered
        session.settled_ms = session.rows.settled_ms
        session.unsure = False  # every row that was due is done, or says itself that it is unsure
        _end_outage(session)
        if _care_of_hooks(session, deps):
            _signal(session, deps)
    # However the slice ended: no later one knows of the rows that this one postponed.
    later = [due for due in session.due_later_ms if due > woken_at]
    for at_ms in wake_times(later, session.now_ms()):
        _wake(session.store, deps, at_ms)


def _care_of_hooks(session: Session, deps: StoreWorkDeps) -> bool:
    # Last: a sale does not wait for it, and a store in trouble is asked for nothing more.
    return deps.hooks is not None and care_of_hooks(session, deps.hooks)


def _go_on_later(session: Session, deps: StoreWorkDeps, wait: float) -> int:
    """Have the next slice go on where this one ended, after `wait` seconds if there are any. Return when
    the store is woken (epoch ms; 0: it is signalled at once)."""
    if session.record.throttled and not session.record.wrote_something:
        # A whole slice of 429: ask less and less often, as when the store is down.
        words = (
            "BigCommerce accepts no calls: the quota is spent, or it is overloaded. "
            "Tillbridge tries again by itself."
        )
        return _wait(session, deps, words, wait)
    _end_outage(session)
    if wait > 0:
        woken_at = session.now_ms() + int(wait * 1_000)
        _wake(session.store, deps, woken_at)
        return woken_at
    _signal(session, deps)
    return 0


def _unforeseen(session: Session, error: Exception) -> str:
    """Return what people read of a store that nothing foreseen has stopped; note it."""
    if isinstance(error, Refused):
        return (
            f"BigCommerce refuses a question that Tillbridge asks of every store ({error.said}). "
            "Tillbridge tries again by itself."
        )
    note(Fault(error, "working on the store", session.store))
    return (
        f"Tillbridge failed on this store by a fault of its own ({type(error).__name__}). Nothing is "
        "lost, and it tries again by itself. Report the fault."
    )


def _end_outage(session: Session) -> None:
    # Only a slice that got through ends an outage: ending it at a ping would reset the failures.
    connection = session.connection
    if connection.state is StoreState.ACTIVE and not connection.failures:
        return
    with best_effort("ending an outage", session.store):  # the next slice ends it
        session.deps.stores.set_state(out_of_trouble(connection))


def _wait(
    session: Session,
    deps: StoreWorkDeps,
    words: str,
    at_least: float = 0.0,
    *,
    attention_code: str = "",
) -> int:
    """Leave the rows pending, and call the store no sooner than a time that grows with each failure.
    With an `attention_code` the store needs a person. Return that time (epoch ms)."""
    now = session.now_ms()
    failures = session.connection.failures + 1
    until = now + max(int(at_least * 1_000), backoff_ms(failures))
    waiting = replace(
        session.connection,
        state=StoreState.NEEDS_ATTENTION if attention_code else StoreState.ACTIVE,
        attention_code=attention_code,
        attention_words=words,
        not_before_ms=until,
        failures=failures,
    )
    extra = {"store_id": session.store, "code": attention_code, "why": words}
    log.warning("store waits", extra=extra)
    with best_effort("noting that the store waits", session.store):  # it is woken at that time
        session.deps.stores.set_state(waiting)
    _wake(session.store, deps, until)
    return until


def _signal(session: Session, deps: StoreWorkDeps) -> None:
    with best_effort("signalling", session.store):  # the sweep signals it, too
        deps.signals.signal(session.store)


def _wake(store: StoreId, deps: StoreWorkDeps, at_ms: int) -> None:
    seconds = (at_ms + WAKE_MARGIN_MS - deps.push.clock.now_ms()) / 1_000
    with best_effort("waking", store):  # the sweep signals every store that has due rows
        deps.signals.wake(store, min(LONGEST_WAKE_S, max(0.0, seconds)))
