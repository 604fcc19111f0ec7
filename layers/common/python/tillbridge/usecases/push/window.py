"""Enough work for full calls: rows that turn out to need none make room for others."""

from tillbridge.domain.decision import Decision, decide
from tillbridge.domain.lanes import Lane
from tillbridge.domain.plan import WorkItem
from tillbridge.usecases.push.asked import as_seen
from tillbridge.usecases.push.due import asked_goes_first, due_rows, is_due
from tillbridge.usecases.push.outcomes import passed_over
from tillbridge.usecases.push.session import Session
from tillbridge.usecases.push.work_items import read_work_items, with_other_lanes

WINDOW = 1_000
"""Products planned together: enough that a last, partly filled call adds only 1 %."""


def next_window(session: Session, lane: Lane) -> list[tuple[WorkItem, Decision]] | None:
    """Return the content work of a lane that is planned together, with what each product needs;
    None when no row is due. Stop early when work of an earlier lane comes in."""
    window: list[tuple[WorkItem, Decision]] = []
    found = False

    def enough() -> bool:
        if len(window) >= WINDOW:
            return True
        return found and (is_due(session, Lane.STOCK) or asked_goes_first(session, lane))

    for rows in due_rows(session, lane, WINDOW, enough):
        found = True
        work_items = as_seen(session, read_work_items(session, with_other_lanes(session, rows)))
        decided = [(work, decide(work, session.settings)) for work in work_items]
        passed_over(session, [work for work, needs in decided if needs is Decision.SKIP])
        window += [(work, needs) for work, needs in decided if needs is not Decision.SKIP]
    return window if found else None
