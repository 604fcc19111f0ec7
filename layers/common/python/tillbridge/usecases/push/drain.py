"""The drain: one turn after the other until nothing is due or the slice has ended
(docs/architecture.md, Lanes)."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import GivesWay, NeedsAttention
from tillbridge.domain.lanes import (
    CONTENT_LANES,
    ENTRY,
    FIRST,
    IN_WINDOWS,
    INTERRUPTING,
    Holds,
    Lane,
)
from tillbridge.domain.plan import Plan
from tillbridge.usecases.push.canary import canary_round
from tillbridge.usecases.push.creating.creates import create_tasks
from tillbridge.usecases.push.look import look
from tillbridge.usecases.push.orders.hints import follow_hints
from tillbridge.usecases.push.orders.open_lines import open_lines
from tillbridge.usecases.push.orders.reading import are_old, of_the_store, read_orders
from tillbridge.usecases.push.orders.refunds import hint_at_refunded
from tillbridge.usecases.push.outcomes.fenced_plan import (
    fence_plans,
    fence_refusals,
    fence_task,
    narrowing,
    note_unfound,
)
from tillbridge.usecases.push.requests import Requests
from tillbridge.usecases.push.slice.due import Interrupted, is_due, let_people_go, people_wait
from tillbridge.usecases.push.slice.flight import Flight
from tillbridge.usecases.push.slice.progress import Progress
from tillbridge.usecases.push.slice.right_of_way import StockStopped
from tillbridge.usecases.push.slice.session import LOOK_SECONDS, Session
from tillbridge.usecases.push.stock.moved import look_at_moved
from tillbridge.usecases.push.stock.push_stock import push_stock
from tillbridge.usecases.push.taking.window import WINDOW, Window, next_window, small_window
from tillbridge.usecases.push.updating.missing_images import retry_images
from tillbridge.usecases.push.updating.structure import restructure
from tillbridge.usecases.push.updating.updates import update_tasks

log = logging.getLogger(__name__)

SHARE_MS = 15_000
"""After so long a slice of which only windows are left lets other stores go: as many importing stores as
there are slots would else hold all of them for a minute, while a sale of another waits."""


LEVELS_GATHER_MS = 60_000
"""For so long the levels that creates and imports leave behind wait while slices give way."""


def drain(session: Session, requests: Requests) -> None:
    """Answer `requests` and push until nothing is due. Raise OutOfTime when the slice ends before
    that, GivesWay between two windows when other stores are to go, and whatever stops the whole store."""
    flight = Flight(session.deps.in_flight)
    session.requests_wait, session.requests_name = requests.wait, requests.products
    session.way.begins = session.rows.call_begins
    session.way.is_due = partial(_stock_may_go, session)
    session.way.push = partial(_let_levels_go, session)
    try:
        _begin_with_after(session)
        if are_old(session):  # no row says so
            session.way.let_stock_go()
        while session.rows.next_turn() and _turn(session, flight, requests):
            pass
    except StockStopped as stopped:
        raise stopped.trouble from stopped
    finally:
        flight.close()
        note_unfound(session)


def _begin_with_after(session: Session) -> None:
    # Not by each of the short slices of a long import: levels gather, and their calls stay full.
    if session.now_ms() - session.after_ms < LEVELS_GATHER_MS:
        return
    session.after_ms = session.now_ms()
    if session.rows.wait(Lane.AFTER):
        session.way.let_stock_go()
        _push_levels(session, Lane.AFTER)


def drain_guarded(session: Session, requests: Requests, *, probe: bool) -> bool:
    """Push the stock of a guarded store, answer `requests`, and with `probe` push the content of one
    product. Return whether content may go on: that product was taken, or none is due. Raise OutOfTime,
    and whatever stops the whole store."""
    stops: list[NeedsAttention] = []

    def levels(run: Callable[[], object]) -> None:
        try:
            run()
        except NeedsAttention as refused:
            if refused.code != AttentionCode.TOO_MANY_REFUSED:
                raise
            stops.append(refused)

    session.requests_wait, session.requests_name = requests.wait, requests.products
    session.way.begins = session.rows.call_begins
    session.way.is_due = lambda: not stops and _stock_may_go(session)
    session.way.push = partial(levels, partial(_let_levels_go, session))
    try:
        session.way.let_stock_go()
        while _answer(session, Lane.LINKS, requests):
            pass
        levels(partial(_push_levels, session, Lane.AFTER))
        taken = probe and _probe(session)
    except StockStopped as stopped:
        raise stopped.trouble from stopped
    if stops and not taken:
        raise stops[0]
    return taken


def _probe(session: Session) -> bool:
    before = session.record.updated + session.record.created
    flight = Flight(1)
    try:
        for lane in CONTENT_LANES:
            if not session.rows.wait(lane):
                continue
            session.lane = lane
            window = next_window(session, lane, WINDOW)
            if window:
                # One that was taken before and has not failed since says most about the store.
                one = min(window, key=lambda each: each[0].solo or each[0].link is None)
                with narrowing(session, [one[0]]):
                    _send_window(session, flight, [one], small=True)
                return session.record.updated + session.record.created > before
    except Interrupted:
        return False
    finally:
        session.lane = None
        flight.close()
    return True


def _stock_may_go(session: Session) -> bool:
    # With too little time left its rows stay due, and the next slice begins with them.
    if session.time_left_ms() < session.last_call_ms:
        return False
    return any(map(session.rows.wait, FIRST)) or are_old(session)


def _let_levels_go(session: Session) -> None:
    """Read the orders that something was said of, look at what they moved, and send the levels that
    changed in the POS. None of it is for the products whose call waits."""
    with session.calls.made_for(()):
        hint_at_refunded(session)
        if not follow_hints(session) and are_old(session):
            read_orders(session)
            with of_the_store():
                open_lines(session)  # what time has changed is judged again
        look_at_moved(session)
        if is_due(session, Lane.STOCK):
            push_stock(session, Lane.STOCK)
        canary_round(session)


def _turn(session: Session, flight: Flight, requests: Requests) -> bool:
    """Let stock go, and then one piece of the work of one other lane. Return whether any was due."""
    session.views.flush_done()
    session.need_time()
    went = session.way.let_stock_go()
    if not went and _had_its_share(session):
        raise GivesWay("Other stores go first; the rest follows in the next slice.")
    for lane in session.turns.lanes(session.rows.oldest):
        if ENTRY[lane].holds is Holds.REQUESTS:
            worked = _answer(session, lane, requests)
        else:
            worked = _push_content(session, flight, lane)
        if worked:
            return True
    if went or _push_levels(session, Lane.AFTER):
        return True
    return _look(session) or retry_images(session)


def _had_its_share(session: Session) -> bool:
    # Between windows, so that every call is as full as it would be. What people asked for goes first.
    if session.now_ms() - session.record.started_ms < SHARE_MS:
        return False
    wait = session.rows.wait
    return any(map(wait, IN_WINDOWS)) and not any(map(wait, (Lane.STOCK, *INTERRUPTING)))


def _look(session: Session) -> bool:
    session.lane = Lane.LOOK
    try:
        return look(session)
    finally:
        session.lane = None


def _push_levels(session: Session, lane: Lane) -> bool:
    """Push the stock levels of a lane, and return whether any were due."""
    if not is_due(session, lane):
        return False
    session.lane = lane
    try:
        push_stock(session, lane)
    finally:
        session.lane = None
    return True


def _answer(session: Session, lane: Lane, requests: Requests) -> bool:
    if not session.rows.wait(lane):
        return False
    session.lane = lane
    try:
        answered = requests.wait() and requests.answer()
    finally:
        session.lane = None
    session.rows.answered(left=answered)
    if not answered:
        return False
    session.turns.went(lane, session.deps.in_flight)
    return True


def _push_content(session: Session, flight: Flight, lane: Lane) -> bool:
    """Push one window of a lane, or what goes of it before people's work; return whether any row was
    due."""
    if not session.rows.wait(lane):
        return False
    session.lane = lane
    # A push must not overtake the request before it: "link, then push" would create a second product.
    small = session.turns.window_is_owed and ENTRY[lane].in_windows
    try:
        window = next_window(session, lane, small_window(session) if small else WINDOW)
        if window is None:
            return False
        with narrowing(session, [work for work, _ in window]):
            _send_window(session, flight, window, small=small)
    except Interrupted:
        log.info("what people asked for goes first", extra={"store_id": session.store})
    finally:
        session.lane = None
    if ENTRY[lane].in_windows:
        session.turns.window_ended()
    return True


def _send_window(session: Session, flight: Flight, window: Window, *, small: bool) -> None:
    for todo in fence_plans(session, window):
        fence_refusals(session, todo.refused)
        progress = Progress.of(todo)
        try:
            _send(session, flight, todo, progress, small=small)
        finally:
            session.rows.doubt(row for work in progress.half_sent() for row in work.rows)


def _send(session: Session, flight: Flight, todo: Plan, progress: Progress, *, small: bool) -> None:
    numbers = count()

    def before_each() -> None:
        session.views.flush_done()
        # People's work is looked at once a wave. A temporary name is taken back first.
        if next(numbers) % flight.limit == 0 and not small and not progress.names_out:
            _let_others_go(session)
        _wait_for_quota(session)
        session.turns.went(_lane(session))

    for wave in update_tasks(session, todo, progress):
        flight.send_all(wave, before_each)
    reshaped = (work for work in todo.restructures if not progress.dropped(work))
    flight.send_all(
        (
            fence_task(session, w, partial(restructure, session, w), doing="reshaping")
            for w in reshaped
        ),
        before_each,
    )
    flight.send_all(create_tasks(session, todo.creates), before_each)


def _lane(session: Session) -> Lane:
    assert session.lane is not None, "content goes in a lane"
    return session.lane


def _let_others_go(session: Session) -> None:
    """Raise Interrupted when what people asked for goes before a window, or a window before more of
    it."""
    if session.turns.window_is_owed:
        if any(_windows_due(session)):
            raise Interrupted
    else:
        let_people_go(session)


def _windows_due(session: Session) -> Iterator[bool]:
    return (session.rows.wait(lane) for lane in ENTRY if ENTRY[lane].in_windows)


def _wait_for_quota(session: Session) -> None:
    """Wait for the quota before a task begins. Raise Interrupted when people's work, which need not
    wait, comes in meanwhile."""
    session.need_time()
    while (wait := session.api.wait_needed(urgent=session.urgent)) > 0:
        if people_wait(session):
            session.turns.forgive()
            raise Interrupted
        if not session.way.let_stock_go():
            session.calls.keep()
            session.need_time(wait)
            session.deps.clock.sleep(min(wait, LOOK_SECONDS))
