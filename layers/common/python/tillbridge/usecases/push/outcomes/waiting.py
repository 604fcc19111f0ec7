"""Work that waits: its rows stay, with the time from which they are due."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tillbridge.domain.link import LinkStatus
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.pos_looks import look_again_ms
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.remembered.failed import while_failing
from tillbridge.domain.waiting import MOST_ATTEMPTS, backoff_ms
from tillbridge.usecases.push.slice.session import Session


def try_again(
    session: Session, work_items: Iterable[WorkItem], why: str, *, at_least_ms: int = 0
) -> None:
    """Postpone products that had transient trouble, longer each time; after that each goes in a call
    of its own. From the tenth failure on the link says so, and the attempts continue."""
    for work in work_items:
        tried = tried_once_more(session, work, why)
        wait_ms = max(at_least_ms, backoff_ms(attempts_of(tried)))
        postpone(session, tried.rows, session.now_ms() + wait_ms)


def tried_once_more(session: Session, work: WorkItem, why: str) -> WorkItem:
    """Return the work item with one more failure counted, for the caller to postpone. From the tenth
    failure on, write the trouble on its link."""
    attempts = attempts_of(work) + 1
    if attempts == 1:
        session.history.put_off(work, why)
    if attempts >= MOST_ATTEMPTS:
        _note_failing(session, work, attempts, why)
    rows = tuple(replace(row, attempts=attempts, unsure=True) for row in work.rows)
    return replace(work, rows=rows)


def _note_failing(session: Session, work: WorkItem, attempts: int, why: str) -> None:
    # The rows stay: no value of the product is to blame, so a later attempt can succeed. A create
    # stays under way: what it may have made has to be looked for.
    links = session.deps.links
    there = links.get(session.store, [work.product]).get(work.product)
    if there is not None and there.status is LinkStatus.BROKEN:
        return
    problem = problem_of(ProblemCode.KEEPS_FAILING, count=attempts, why=why.rstrip("."))
    links.failed(session.store, while_failing(there, work.record, problem))
    if attempts == MOST_ATTEMPTS:
        session.count(failed=1)


def attempts_of(work: WorkItem) -> int:
    """Return how many times in a row this work item failed."""
    return max(row.attempts for row in work.rows)


def await_newer(session: Session, rows: Sequence[PendingRow], done: int) -> None:
    """Postpone one product's rows, which wait for a newer version, to the next look at the POS.
    `done`: the version with which everything was done that could be."""
    # What was queued before is written: from here on only the awaited version is late.
    waiting = [
        replace(row, attempts=0, done_version=done, queued_ms=row.seen_stale_ms) for row in rows
    ]
    postpone(session, waiting, look_again_ms(waiting, done, session.now_ms()))


def postpone(session: Session, rows: Iterable[PendingRow], at_ms: int) -> None:
    """Postpone rows until `at_ms` (epoch ms), and have the store woken then. In an unsure slice they
    stay unsure after it."""
    session.rows.postpone(
        replace(row, not_before_ms=at_ms, unsure=row.unsure or session.unsure) for row in rows
    )
    session.wake_by(at_ms)


def waited_until(session: Session, work: WorkItem) -> int:
    """Return the latest time (epoch ms) until which a row of this work item has waited; 0 if none
    did. A row that still waits came along with one of another lane: its time proves nothing."""
    now = session.now_ms()
    return max((row.not_before_ms for row in work.rows if row.not_before_ms <= now), default=0)
