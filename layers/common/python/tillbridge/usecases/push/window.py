"""Enough work for full calls: rows that turn out to need none make room for others."""

from collections.abc import Callable, Collection

from tillbridge.domain.decision import Decision, decide
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.plan import PRODUCTS_A_CALL, WorkItem
from tillbridge.usecases.push.due import due_rows, people_wait
from tillbridge.usecases.push.outcomes import passed_over
from tillbridge.usecases.push.session import Session
from tillbridge.usecases.push.work_items import read_work_items, with_other_lanes

WINDOW = 1_000
"""Products planned together: enough that a last, partly filled call adds only 1 %."""

SMALL_WINDOW = PRODUCTS_A_CALL
"""Products planned together while people wait: one full call. It is not interrupted."""

type Window = list[tuple[WorkItem, Decision]]


def next_window(
    session: Session, lane: Lane, most: int, leave: Callable[[], Collection[PosProductId]]
) -> Window | None:
    """Return the content work of a lane that is planned together, `most` products, with what each
    needs; None when no row is due but those of products to `leave`. Stop early when people's work
    comes in."""
    window: Window = []
    found = False

    def enough() -> bool:
        return len(window) >= most or (found and (most < WINDOW or people_wait(session)))

    for due in due_rows(session, lane, most, enough):
        left = leave()  # after the rows were read: a request is stored before what follows it
        rows = [row for row in due if row.product not in left]
        if not rows:
            continue
        found = True
        work_items = read_work_items(session, with_other_lanes(session, rows))
        decided = [(work, decide(work, session.settings)) for work in work_items]
        passed_over(session, [work for work, needs in decided if needs is Decision.SKIP])
        window += [(work, needs) for work, needs in decided if needs is not Decision.SKIP]
    return window if found else None
