"""Enough work for full calls: rows that turn out to need none make room for others."""

from collections.abc import Callable, Iterator, Sequence

from tillbridge.domain.decision import Decision, decide
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.plan import Work
from tillbridge.usecases.push.outcomes import passed_over
from tillbridge.usecases.push.session import Session
from tillbridge.usecases.push.work_items import gather, with_other_lanes

WINDOW = 1_000
"""Products planned together: many enough that a last, partly filled call weighs 1 %."""


class Interrupted(Exception):
    """Work of an earlier lane came in; the rest of this plan is made anew after it."""


def let_stock_go(session: Session) -> None:
    """Between the many calls of one product: raises Interrupted when a sale's row is stored."""
    if is_due(session, Lane.STOCK):
        raise Interrupted


def is_due(session: Session, lane: Lane) -> bool:
    """Whether a lane has work now."""
    return bool(session.deps.pending.due(session.store, lane, session.now_ms(), 1))


def due_rows(
    session: Session, lane: Lane, at_once: int, enough: Callable[[], bool]
) -> Iterator[Sequence[PendingRow]]:
    """The rows of a lane, `at_once` at a time and each once, until there are no more or `enough`.

    What is neither cleared nor put off stays due, so each look goes as much further."""
    seen: set[str] = set()
    while not enough():
        session.need_time()
        limit = at_once + len(seen)
        found = session.deps.pending.due(session.store, lane, session.now_ms(), limit)
        rows = [row for row in found if row.product not in seen]
        if rows:
            seen.update(row.product for row in rows)
            yield rows
        if len(found) < limit:
            return


def collect(session: Session, lane: Lane) -> list[Work] | None:
    """Content work of a lane, as much as is planned together; None when no row is due.

    Stops early when work of an earlier lane comes in."""
    works: list[Work] = []
    found = False

    def enough() -> bool:
        if len(works) >= WINDOW:
            return True
        return found and (is_due(session, Lane.STOCK) or _asked_first(session, lane))

    for rows in due_rows(session, lane, WINDOW, enough):
        found = True
        some = gather(session, with_other_lanes(session, rows))
        idle = [work for work in some if decide(work, session.settings) is Decision.SKIP]
        passed_over(session, idle)
        works += [work for work in some if decide(work, session.settings) is not Decision.SKIP]
    return works if found else None


def _asked_first(session: Session, lane: Lane) -> bool:
    return lane is not Lane.ASKED and is_due(session, Lane.ASKED)
