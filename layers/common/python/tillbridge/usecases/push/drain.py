"""The drain: one lane after the other until nothing is due or the slice has ended."""

import logging
from functools import partial

from tillbridge.domain.lanes import CONTENT_LANES, Lane
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.plan import STOCK_A_CALL
from tillbridge.domain.planner import plan
from tillbridge.usecases.push.calls import Call, Flight
from tillbridge.usecases.push.creates import create_calls
from tillbridge.usecases.push.gather import gather, with_other_lanes
from tillbridge.usecases.push.outcomes import passed_over, refuse
from tillbridge.usecases.push.progress import Progress
from tillbridge.usecases.push.session import Session
from tillbridge.usecases.push.stock import assign_channel, push_stock
from tillbridge.usecases.push.structure import restructure
from tillbridge.usecases.push.updates import update_calls

log = logging.getLogger(__name__)

WINDOW = 1_000
"""Products planned together: many enough that a last, partly filled call weighs 1 %."""

LOOK_SECONDS = 0.5
"""While it waits for quota, the drain looks this often for work that goes first."""


class Interrupted(Exception):
    """Work of an earlier lane came in; the rest of this plan is made anew after it."""


def drain(session: Session) -> None:
    """Works until nothing is due. Raises OutOfTime when the slice ends before that, and whatever
    stops the whole store."""
    flight = Flight(session.deps.in_flight)
    try:
        _after_creates(session)
        while _next(session, flight):
            pass
    finally:
        flight.close()


def _next(session: Session, flight: Flight) -> bool:
    session.need_time()
    if _stock(session):
        return True
    for lane in CONTENT_LANES:
        rows = _due(session, lane, WINDOW)
        if rows:
            try:
                _content(session, flight, lane, rows)
            except Interrupted:
                log.info("asked work goes first", extra={"store_id": session.store})
            return True
    return _after_creates(session)


def _due(session: Session, lane: Lane, limit: int) -> list[PendingRow]:
    deps = session.deps
    return list(deps.pending.due(session.store, lane, deps.clock.now_ms(), limit))


def _stock(session: Session) -> bool:
    rows = _due(session, Lane.STOCK, STOCK_A_CALL)
    if not rows:
        return False
    _wait_for_quota(session, urgent=True)
    push_stock(session, rows)
    return True


def _after_creates(session: Session) -> bool:
    rows = _due(session, Lane.AFTER, STOCK_A_CALL)
    if not rows:
        return False
    _wait_for_quota(session, urgent=True)
    assign_channel(session, rows)
    push_stock(session, rows)
    return True


def _content(session: Session, flight: Flight, lane: Lane, rows: list[PendingRow]) -> None:
    works = gather(session, with_other_lanes(session, rows))
    todo = plan(works, session.settings)
    passed_over(session, todo.skipped)
    for work, problem in todo.refused:
        refuse(session, work, problem)
    before_each = partial(_checkpoint, session, flight, lane)
    if todo.creates or todo.updates or todo.restructures:
        before_each()
    progress = Progress.of(todo)
    for wave in update_calls(session, todo, progress):
        flight.send_all(wave, before_each)
    reshaped = [work for work in todo.restructures if not progress.dropped(work)]
    flight.send_all(
        (Call(partial(restructure, session, w), frozenset({w.product})) for w in reshaped),
        before_each,
    )
    flight.send_all(create_calls(session, todo.creates), before_each)


def _checkpoint(session: Session, flight: Flight, lane: Lane) -> None:
    """Before each content call: once a sale's row is stored, no content call starts before its
    stock call; what a person asked for goes before other content."""
    while True:
        session.need_time()
        if session.deps.pending.due(session.store, Lane.STOCK, session.now_ms(), 1):
            flight.land()
            _stock(session)
            continue
        if lane is not Lane.ASKED and session.deps.pending.due(
            session.store, Lane.ASKED, session.now_ms(), 1
        ):
            raise Interrupted
        wait = session.api.wait_needed(urgent=lane is Lane.ASKED)
        if wait <= 0:
            return
        session.need_time(wait)
        session.deps.clock.sleep(min(wait, LOOK_SECONDS))


def _wait_for_quota(session: Session, *, urgent: bool) -> None:
    while (wait := session.api.wait_needed(urgent=urgent)) > 0:
        session.need_time(wait)
        session.deps.clock.sleep(min(wait, LOOK_SECONDS))
