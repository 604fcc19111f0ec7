"""How far a job is."""

from collections.abc import Sequence
from dataclasses import replace

from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.estimates import seconds_left
from tillbridge.domain.history.product_line import FAILURES, Did
from tillbridge.domain.ids import StoreId
from tillbridge.domain.jobs import (
    LONGEST_ID,
    UNDO_KEPT_MS,
    Job,
    JobState,
    Progress,
    all_told,
    has_ended,
)
from tillbridge.domain.request_plan import ASKING_MS, product_of
from tillbridge.domain.selection import Do
from tillbridge.ports.jobs import Left, Outcomes
from tillbridge.usecases.console.deps import FollowDeps
from tillbridge.usecases.console.job_lines import (
    came_in,
    import_progress,
    lines_of,
    of_import,
    page_of,
    shown,
)

_UNDOABLE = frozenset(
    {Did.CREATED, Did.UPDATED, Did.HIDDEN, Did.UNCHANGED, Did.LINKED, Did.UNLINKED}
)
"""After these something may have been replaced: what is sent again as it was may be other than what was online."""


def follow_job(deps: FollowDeps, store: StoreId, job: str, *, after: str = "") -> Progress | None:
    """Return how far a job is, with a page of its products; None when this store has no such job. It costs four
    requests, and another where the words of failures are not in the rows of the view. Raise BadCursor, and
    UnreadableStore."""
    found, connection = deps.jobs.with_store(store, job)
    if found is None:
        return None
    if found.do is Do.IMPORT:
        imported = deps.jobs.imported(store, job)
        page, more = page_of(of_import(imported), after)
        progress = _noted(deps, import_progress(found, imported))
        until_ms = _undo_until(deps, progress, undoable=any(map(came_in, imported.outcomes)))
        return replace(progress, lines=tuple(page), after=more, undo_until_ms=until_ms)
    left, told = deps.jobs.left(store, job), deps.jobs.outcomes(store, job)
    progress = _progress(deps, found, connection, left, told)
    ended = progress.state is JobState.ENDED
    # Rows of requests about links name no product.
    unnamed = bool(progress.words) if ended else left.count > len(left.products)
    others = _planned(deps, found) if unnamed and not left.more else ()
    page, more = page_of(lines_of(told, left, others, ended=ended), after)
    lines = shown(deps, store, page, told, told_more=found.do is Do.UNDO)
    until_ms = _undo_until(deps, progress, undoable=not _UNDOABLE.isdisjoint(told.did.values()))
    return replace(progress, lines=lines, after=more, undo_until_ms=until_ms)


def _undo_until(deps: FollowDeps, progress: Progress, *, undoable: bool) -> int:
    job = progress.job
    until_ms = job.asked_ms + UNDO_KEPT_MS
    over = progress.state is JobState.ENDED and deps.clock.now_ms() < until_ms
    return until_ms if undoable and over and job.do not in (Do.UNDO, Do.LOOK) else 0


def _planned(deps: FollowDeps, job: Job) -> Sequence[str]:
    # A plan is kept for a day; after that nobody can tell which products have no outcome.
    if not job.plan:
        return ()
    return [product_of(job.do, each) for each in deps.plans.ids(job.store, job.plan)]


def newest_jobs(
    deps: FollowDeps, store: StoreId, *, after: str = "", limit: int = 20
) -> Sequence[Progress]:
    """Return the newest jobs, each without its products. One request, and two for each that goes on. Raise
    BadCursor for an `after` that can be no job's id."""
    if len(after) > LONGEST_ID:
        raise BadCursor(after[:LONGEST_ID])
    connection = deps.stores.as_told(store)
    return [_in_short(deps, job, connection) for job in deps.jobs.newest(store, limit, after=after)]


def _in_short(deps: FollowDeps, job: Job, connection: Connection | None) -> Progress:
    if job.ended_ms:
        return Progress(job, JobState.ENDED, job.done, job.failed, left=0)
    if job.do is Do.IMPORT:
        imported = deps.jobs.imported(job.store, job.id)
        return _noted(deps, import_progress(job, imported))
    left, told = deps.jobs.left(job.store, job.id), deps.jobs.outcomes(job.store, job.id)
    return _progress(deps, job, connection, left, told)


def _progress(
    deps: FollowDeps, job: Job, connection: Connection | None, left: Left, told: Outcomes
) -> Progress:
    now_ms, failed = deps.clock.now_ms(), sum(did in FAILURES for did in told.did.values())
    done = len(told.did) - failed
    if left.count == 0 and has_ended(job, len(told.did), now_ms):
        missing = 0 if told.more else max(0, job.total - len(told.did))
        words = _taken_over(missing) if missing else ""
        ended = Progress(job, JobState.ENDED, done, failed, left=0, words=words)
        return _noted(deps, ended)
    _note_empty(deps, job, left, told, now_ms)
    waits = _why_it_waits(connection)
    words = waits or ("" if left.count or told.did else _not_asked(deps, job, now_ms))
    going = None if waits or left.more else left.count
    seconds = seconds_left(going, len(told.did), now_ms - job.asked_ms) if going else None
    state = JobState.WAITS if waits else JobState.RUNNING
    # What is still on its way is left, too: it has no row yet.
    to_come = max(left.count, job.total - len(told.did)) if not left.more else left.count
    return Progress(job, state, done, failed, to_come, left.more, seconds, words)


def _not_asked(deps: FollowDeps, job: Job, now_ms: int) -> str:
    """Return what to tell when whoever carried a plan out died over it."""
    if not job.plan or now_ms - job.asked_ms < ASKING_MS:
        return ""
    plan = deps.plans.get(job.store, job.plan)
    if plan is None or plan.asked:
        return ""
    return (
        "Not all of this was asked for. Go back to its plan, and ask again: nothing is done twice."
    )


def _note_empty(deps: FollowDeps, job: Job, left: Left, told: Outcomes, now_ms: int) -> None:
    if left.count and job.empty_ms:
        deps.jobs.note_empty(job, 0)
    elif not left.count and not job.empty_ms and not all_told(job, len(told.did)):
        deps.jobs.note_empty(job, now_ms)


def _noted(deps: FollowDeps, progress: Progress) -> Progress:
    if progress.state is JobState.ENDED and not progress.job.ended_ms:
        done, failed = progress.done, progress.failed
        deps.jobs.end(progress.job, deps.clock.now_ms(), done=done, failed=failed)
    return progress


def _why_it_waits(connection: Connection | None) -> str:
    if connection is None:
        return "The store is not connected any more."
    if connection.state is StoreState.PAUSED:
        told = connection.pause.words or "The store is paused."
        return f"{told} This goes on when somebody resumes it."
    if connection.state is StoreState.NEEDS_ATTENTION:
        return connection.attention_words
    return ""


def _taken_over(count: int) -> str:
    if count == 1:
        return "1 product was taken over by a later request."
    return f"{count} products were taken over by a later request."
