"""The drain: one lane after the other until nothing is due or the slice has ended."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from tillbridge.domain.lanes import CONTENT_LANES, Lane
from tillbridge.domain.plan import Work
from tillbridge.domain.planner import plan
from tillbridge.usecases.push.creating.creates import create_calls
from tillbridge.usecases.push.flight import Call, Flight
from tillbridge.usecases.push.outcomes import refuse
from tillbridge.usecases.push.progress import Progress
from tillbridge.usecases.push.session import LOOK_SECONDS, Session
from tillbridge.usecases.push.stock import push_stock
from tillbridge.usecases.push.structure import restructure
from tillbridge.usecases.push.updates import update_calls
from tillbridge.usecases.push.window import Interrupted, collect, is_due

log = logging.getLogger(__name__)


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
        works = collect(session, lane)
        if works is not None:
            try:
                _content(session, flight, lane, works)
            except Interrupted:
                log.info("work of an earlier lane goes first", extra={"store_id": session.store})
            return True
    return _after_creates(session)


def _stock(session: Session) -> bool:
    if not is_due(session, Lane.STOCK):
        return False
    with at_once(session):
        push_stock(session, Lane.STOCK)
    return True


def _after_creates(session: Session) -> bool:
    if not is_due(session, Lane.AFTER):
        return False
    with at_once(session):
        push_stock(session, Lane.AFTER)
    return True


@contextmanager
def at_once(session: Session) -> Iterator[None]:
    """Work that may spend the reserve of the quota, in the midst of other work."""
    before, session.urgent = session.urgent, True
    try:
        yield
    finally:
        session.urgent = before


def _content(session: Session, flight: Flight, lane: Lane, works: Sequence[Work]) -> None:
    session.urgent = lane is Lane.ASKED
    todo = plan(works, session.settings)
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
        if is_due(session, Lane.STOCK):
            flight.land()
            _stock(session)
            continue
        if lane is not Lane.ASKED and is_due(session, Lane.ASKED):
            raise Interrupted
        wait = session.api.wait_needed(urgent=lane is Lane.ASKED)
        if wait <= 0:
            return
        session.need_time(wait)
        session.deps.clock.sleep(min(wait, LOOK_SECONDS))
