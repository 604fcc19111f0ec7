"""The drain: one lane after the other until nothing is due or the slice has ended."""

import logging
from collections.abc import Sequence
from functools import partial

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.decision import Decision
from tillbridge.domain.errors import NeedsAttention
from tillbridge.domain.lanes import CONTENT_LANES, Lane
from tillbridge.domain.plan import Plan, WorkItem
from tillbridge.usecases.push.creating.creates import create_tasks
from tillbridge.usecases.push.due import Interrupted, asked_goes_first, is_due
from tillbridge.usecases.push.fenced_plan import (
    fence_plans,
    fence_refusals,
    fence_task,
    narrowing,
)
from tillbridge.usecases.push.flight import Flight
from tillbridge.usecases.push.look import look
from tillbridge.usecases.push.progress import Progress
from tillbridge.usecases.push.session import LOOK_SECONDS, Session
from tillbridge.usecases.push.stock import push_stock
from tillbridge.usecases.push.structure import restructure
from tillbridge.usecases.push.updates import update_tasks
from tillbridge.usecases.push.window import next_window

log = logging.getLogger(__name__)


def drain(session: Session) -> None:
    """Push until nothing is due. Raise OutOfTime when the slice ends before that, and whatever
    stops the whole store."""
    flight = Flight(session.deps.in_flight)
    try:
        _push_levels(session, Lane.AFTER)
        while _next(session, flight):
            pass
    finally:
        flight.close()


def drain_guarded(session: Session, *, probe: bool) -> bool:
    """Push the stock of a guarded store, and with `probe` the content of one product. Return whether
    content may go on: that product was taken, or none is due. Raise OutOfTime, and whatever stops the
    whole store."""
    stops: list[NeedsAttention] = []
    for lane in (Lane.STOCK, Lane.AFTER):
        try:
            _push_levels(session, lane)
        except NeedsAttention as refused:
            if refused.code != AttentionCode.TOO_MANY_REFUSED:
                raise
            stops.append(refused)
    taken = probe and _probe(session)
    if stops and not taken:
        raise stops[0]
    return taken


def _probe(session: Session) -> bool:
    before = session.record.updated + session.record.created
    for lane in CONTENT_LANES:
        window = next_window(session, lane)
        if window:
            # One that was taken before and has not failed since says most about the store.
            one = min(window, key=lambda each: each[0].solo or each[0].link is None)
            flight = Flight(1)
            try:
                with narrowing(session, [one[0]]):
                    _push_content(session, flight, lane, [one])
            finally:
                flight.close()
            return session.record.updated + session.record.created > before
    return True


def _next(session: Session, flight: Flight) -> bool:
    session.need_time()
    if _push_levels(session, Lane.STOCK):
        return True
    for lane in CONTENT_LANES:
        window = next_window(session, lane)
        if window is not None:
            try:
                with narrowing(session, [work for work, _ in window]):
                    _push_content(session, flight, lane, window)
            except Interrupted:
                log.info("work of an earlier lane goes first", extra={"store_id": session.store})
            return True
    return _push_levels(session, Lane.AFTER) or look(session)


def _push_levels(session: Session, lane: Lane) -> bool:
    """Push the stock levels of a lane, and return whether any were due."""
    if not is_due(session, lane):
        return False
    # Stock may spend the reserve of the quota, even in the midst of content that may not.
    before, session.urgent = session.urgent, True
    try:
        push_stock(session, lane)
    finally:
        session.urgent = before
    return True


def _push_content(
    session: Session, flight: Flight, lane: Lane, window: Sequence[tuple[WorkItem, Decision]]
) -> None:
    session.urgent = lane is Lane.ASKED
    for todo in fence_plans(session, window):
        fence_refusals(session, todo.refused)
        progress = Progress.of(todo)
        try:
            _send(session, flight, lane, todo, progress)
        finally:
            session.deps.pending.doubt(row for work in progress.half_sent() for row in work.rows)


def _send(session: Session, flight: Flight, lane: Lane, todo: Plan, progress: Progress) -> None:
    before_each = partial(_checkpoint, session, flight, lane)
    if todo.creates or todo.updates or todo.restructures:
        before_each()
    for wave in update_tasks(session, todo, progress):
        flight.send_all(wave, before_each)
    reshaped = [work for work in todo.restructures if not progress.dropped(work)]
    flight.send_all(
        (
            fence_task(session, w, partial(restructure, session, w), doing="reshaping")
            for w in reshaped
        ),
        before_each,
    )
    flight.send_all(create_tasks(session, todo.creates), before_each)


def _checkpoint(session: Session, flight: Flight, lane: Lane) -> None:
    """Let earlier lanes go before a content call: once a sale's row is stored, no content call
    starts before its stock call. Raise Interrupted when what a person asked for goes before this
    lane."""
    while True:
        session.need_time()
        if is_due(session, Lane.STOCK):
            flight.land()
            _push_levels(session, Lane.STOCK)
            continue
        if asked_goes_first(session, lane):
            raise Interrupted
        wait = session.api.wait_needed(urgent=lane is Lane.ASKED)
        if wait <= 0:
            return
        session.need_time(wait)
        session.deps.clock.sleep(min(wait, LOOK_SECONDS))
