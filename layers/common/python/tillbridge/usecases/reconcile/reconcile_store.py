"""One slice of one store's run, and what follows it: the next slice, or the end."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from uuid import uuid4

from tillbridge.domain.connection import Connection, StoreState, WebOrderMode
from tillbridge.domain.errors import NeedsAttention, OutOfTime, RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import GOES_ON, Cursors, Request, Result, Run, Stage
from tillbridge.domain.web_orders.book_rows import OPEN, SINCE, book_mark
from tillbridge.ports.store_reader import StoreReader
from tillbridge.usecases.change_settings import set_one
from tillbridge.usecases.fence import Fault, best_effort, is_fault, note
from tillbridge.usecases.reconcile.blocked import release_blocked
from tillbridge.usecases.reconcile.checkpoints import checkpoint
from tillbridge.usecases.reconcile.duplicates import find_duplicates
from tillbridge.usecases.reconcile.repair import REPAIRS, judge, repair
from tillbridge.usecases.reconcile.session import ReconcileDeps, Session
from tillbridge.usecases.reconcile.store_facts import look_at_facts
from tillbridge.usecases.reconcile.walk_pos import walk_pos
from tillbridge.usecases.reconcile.walk_web import walk_web

log = logging.getLogger(__name__)

WEB_OVERLAP_MS = 5 * 60_000
"""How far before the last run changes online are read again: a change may be dated before it can be
seen."""


def reconcile_store(store: StoreId, request: Request, deps: ReconcileDeps) -> Run | None:
    """Work on the store's run for at most one slice. Return the run, or None when there is nothing to
    do. An outage ends the slice: the next message goes on from the last checkpoint."""
    connection = deps.stores.find(store)
    if connection is None:
        log.warning("no such store", extra={"store_id": store})
        return None
    run = _run_of(connection, request, deps)
    if run is None:
        return None
    session = _session(connection, run, deps)
    if not run.slices:
        deps.runs.note_begun(store, run.started_ms)
        _look_at_orders(session)
    run.slices += 1
    run.note = ""
    try:
        _work(session)
    except OutOfTime:
        _leave(session)
        deps.queue.send(store, GOES_ON)
    except Exception as trouble:  # the run says why it waits; nobody's message is lost by it
        if is_fault(trouble):
            note(Fault(trouble, "reconciling", store))
        elif not isinstance(trouble, RetryLater | NeedsAttention):
            raise
        run.note = f"The run waits: {trouble}"
        log.warning("run waits", extra={"store_id": store, "why": str(trouble)})
        _leave(session)
    else:
        _leave(session)
    return run


def _look_at_orders(session: Session) -> None:
    """Have the web orders that are open looked at, and what people at the POS booked read: their marks and
    events may have been lost. The sweep signals whoever does it."""
    if session.settings.web_orders is WebOrderMode.POS and not session.run.dry_run:
        now = session.now_ms()
        with best_effort("marking web orders", session.store):  # the next run marks them
            session.deps.pending.mark(
                book_mark(session.store, row, now, force=True) for row in (OPEN, SINCE)
            )


def _run_of(connection: Connection, request: Request, deps: ReconcileDeps) -> Run | None:
    """Return the run to work on. A run that is under way goes first, and stores what a person
    requests meanwhile: a request put back in the line would return at once, again and again in an
    outage."""
    store = connection.store
    under_way = deps.runs.under_way(store)
    if under_way is not None:
        if request.approve and under_way.repairs == request.approve:
            _note_approved(store, request.approve, deps)  # a kill fell right after it was begun
        elif request.by and asdict(request) not in under_way.asked:
            under_way.asked.append(asdict(request))
        return under_way
    if request.goes_on:
        return None
    if request.approve:
        return _approved(connection, request, deps)
    run = _new_run(deps, full=request.full, dry_run=request.dry_run)
    cursors = deps.runs.cursors(store)
    if not cursors.web_ms:
        run.full = True  # nothing is known of this store yet
    run.linked = cursors.linked
    if not run.full:
        run.web_from_ms = cursors.web_ms - WEB_OVERLAP_MS
        run.pos_from = run.pos_version = cursors.pos_version
    return run


def _approved(connection: Connection, request: Request, deps: ReconcileDeps) -> Run | None:
    """Return a run that only repairs what another run found, or None when there is nothing to
    approve."""
    store = connection.store
    found = deps.runs.find(store, request.approve)
    if found is None or found.result not in (Result.WAITING, Result.REPORTED):
        log.warning("nothing to approve", extra={"store_id": store, "run": request.approve})
        return None
    set_one(deps, store, request.by or "somebody", "reconcile_mode", REPAIRS)
    run = _new_run(deps, full=found.full)
    run.stage, run.repairs, run.approved_by = Stage.REPAIR, found.id, request.by or "somebody"
    run.pages, run.linked, run.tally = found.pages, found.linked, found.tally
    # First the repair, then the note that it was approved: a kill between them loses neither.
    deps.runs.save(store, run)
    _note_approved(store, found.id, deps)
    return run


def _note_approved(store: StoreId, run_id: str, deps: ReconcileDeps) -> None:
    found = deps.runs.find(store, run_id)
    if found is not None and found.result is not Result.APPROVED:
        found.result, found.note = Result.APPROVED, ""
        deps.runs.save(store, found)


def _new_run(deps: ReconcileDeps, *, full: bool, dry_run: bool = False) -> Run:
    now = deps.clock.now_ms()
    return Run(f"{now:013d}-{uuid4().hex[:4]}", now, full=full, dry_run=dry_run)


def _session(connection: Connection, run: Run, deps: ReconcileDeps) -> Session:
    deadline = deps.clock.now_ms() + deps.slice_ms
    return Session(
        connection=connection,
        deps=deps,
        reader=deps.open_reader(connection, deadline),
        pos=deps.open_pos(connection, deadline),
        feed=deps.open_feed(connection, deadline),
        run=run,
        deadline_ms=deadline,
        accepted=deps.runs.accepted(connection.store, deps.clock.now_ms()),
    )


def _work(session: Session) -> None:
    run = session.run
    if not run.web_ms and run.stage is Stage.WEB:
        reader: StoreReader = session.reader
        run.web_ms = session.ask(reader.now_ms)
        if run.full:
            look_at_facts(session)
    while not run.ended:
        _STAGES[run.stage](session)
    run.ended_ms = session.now_ms()


def _then(stage: Stage, work: Callable[[Session], None], session: Session) -> None:
    work(session)
    run = session.run
    run.stage = stage
    run.after = run.pos_from if stage is Stage.POS else 0


def _duplicates(session: Session) -> None:
    if not session.run.dry_run:
        release_blocked(session)
    if session.run.full:
        find_duplicates(session)
    _move_on(session)


def _move_on(session: Session) -> None:
    """Move the cursors to where the next run begins: both sides were read to their end. A dry run
    moves nothing, and neither does one of a paused store, which repairs nothing: so the next run also sees
    what it saw."""
    run = session.run
    if run.dry_run or session.connection.state is StoreState.PAUSED:
        return
    known = session.deps.runs.cursors(session.store)
    # A full run saw everything, so its version counts even if lower: after a restored backup the POS
    # goes on from an older version.
    pos_version = run.pos_version if run.full else max(known.pos_version, run.pos_version)
    session.deps.runs.save_cursors(
        session.store,
        Cursors(
            pos_version=pos_version,
            web_ms=max(known.web_ms, run.web_ms),
            linked=run.linked,
        ),
    )


def _leave(session: Session) -> None:
    run, record = session.run, session.reader.record
    run.calls.update(record.calls)
    run.throttled += record.throttled
    if run.ended:
        session.deps.runs.note_ended(session.store, run)
        for asked in run.asked:
            session.deps.queue.send(session.store, Request(**asked))
        run.asked = []
    checkpoint(session)


_STAGES: Mapping[Stage, Callable[[Session], None]] = {
    Stage.WEB: partial(_then, Stage.POS, walk_web),
    Stage.POS: partial(_then, Stage.DUPLICATES, walk_pos),
    Stage.DUPLICATES: partial(_then, Stage.JUDGE, _duplicates),
    Stage.JUDGE: judge,
    Stage.REPAIR: repair,
}
