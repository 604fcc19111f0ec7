"""One slice of one store's drain, and what follows it: the next slice, a wake, or attention."""

import logging
from dataclasses import replace

from tillbridge.domain.connection import StoreState
from tillbridge.domain.errors import NeedsAttention, OutOfTime, RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.slices import SliceRecord
from tillbridge.domain.waiting import backoff_ms, wake_times
from tillbridge.usecases.push.drain import drain
from tillbridge.usecases.push.session import PushDeps, Session

log = logging.getLogger(__name__)

LONGEST_WAKE_S = 900
WAKE_MARGIN_MS = 500


def push_store(store: StoreId, deps: PushDeps) -> SliceRecord:
    """Drains `store` for at most one slice. Outages, 429 and refusals of the whole store are
    states with a time, not errors: throwing would spend the signal's receives
    (docs/architecture.md, Waiting is a row)."""
    now = deps.clock.now_ms()
    connection = deps.stores.find(store)
    if connection is None:
        log.warning("signal for a store that is not connected", extra={"store_id": store})
        return SliceRecord(started_ms=now)
    if connection.state is StoreState.PAUSED or connection.not_before_ms > now:
        return SliceRecord(started_ms=now)
    deadline = now + deps.slice_ms
    session = Session(
        connection=connection,
        deps=deps,
        api=deps.open_store(connection, deadline),
        pos=deps.open_pos(connection, deadline),
        deadline_ms=deadline,
    )
    session.record.started_ms = now
    try:
        _run(session)
    finally:
        session.record.ended_ms = deps.clock.now_ms()
        if session.record.did_something:
            deps.stores.record_slice(store, session.record)
    return session.record


def _run(session: Session) -> None:
    connection, deps = session.connection, session.deps
    woken_at = 0
    try:
        if connection.state is StoreState.NEEDS_ATTENTION or connection.failures:
            session.api.ping()
        deps.before_drain(session)
        drain(session)
    except OutOfTime as over:
        if session.record.throttled and not session.record.wrote_something:
            # A whole slice of 429: ask less and less often, as when the store is down.
            words = "BigCommerce takes no calls: its quota is spent or it is overloaded."
            woken_at = _wait(session, StoreState.ACTIVE, "", words, over.wait)
        elif over.wait > 0:
            _healthy(session)
            woken_at = deps.clock.now_ms() + int(over.wait * 1_000)
            _wake(session, woken_at)
        else:
            _healthy(session)
            deps.signals.signal(session.store)
    except NeedsAttention as refusal:
        woken_at = _wait(session, StoreState.NEEDS_ATTENTION, refusal.code, str(refusal))
    except RetryLater as trouble:
        woken_at = _wait(session, StoreState.ACTIVE, "", str(trouble), trouble.wait)
    else:
        _healthy(session)
    # However the slice ended: no later one knows of the rows this one put off.
    later = [due for due in session.due_later_ms if due > woken_at]
    for at_ms in wake_times(later, deps.clock.now_ms()):
        _wake(session, at_ms)


def _healthy(session: Session) -> None:
    # Only a slice that got through ends an outage: a ping alone would forget how often it failed.
    connection = session.connection
    if connection.state is StoreState.ACTIVE and not connection.failures:
        return
    session.deps.stores.set_state(
        replace(
            connection,
            state=StoreState.ACTIVE,
            attention_code="",
            attention_words="",
            not_before_ms=0,
            failures=0,
        )
    )


def _wait(session: Session, state: StoreState, code: str, words: str, at_least: float = 0.0) -> int:
    """Keeps the rows, and calls the store no sooner than a time that grows with each failure.
    Answers that time."""
    now = session.deps.clock.now_ms()
    failures = session.connection.failures + 1
    until = now + max(int(at_least * 1_000), backoff_ms(failures))
    waiting = replace(
        session.connection,
        state=state,
        attention_code=code,
        attention_words=words,
        not_before_ms=until,
        failures=failures,
    )
    log.warning("store waits", extra={"store_id": session.store, "code": code, "why": words})
    session.deps.stores.set_state(waiting)
    _wake(session, until)
    return until


def _wake(session: Session, at_ms: int) -> None:
    seconds = (at_ms + WAKE_MARGIN_MS - session.deps.clock.now_ms()) / 1_000
    session.deps.signals.wake(session.store, min(LONGEST_WAKE_S, max(0.0, seconds)))
