"""Enough work for full calls: rows that turn out to need none make room for others."""

from collections.abc import Callable, Collection

from tillbridge.domain.decision import Decision, decide
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import arrived_ms
from tillbridge.domain.plan import PRODUCTS_A_CALL, WorkItem
from tillbridge.ports.pos import BATCH
from tillbridge.usecases.push.due import due_rows, people_wait
from tillbridge.usecases.push.outcomes import passed_over
from tillbridge.usecases.push.session import Session
from tillbridge.usecases.push.work_items import read_work_items, with_other_lanes

WINDOW = 1_000
"""Products planned together: enough that a last, partly filled call adds only 1 %."""

PATIENCE_MS = 60_000
"""For so long a product with variants lets others go before it while people wait."""


def small_window(session: Session) -> int:
    """Return how many products are planned together while people wait: one wave of full calls. It is
    not interrupted."""
    return PRODUCTS_A_CALL * session.deps.in_flight


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
        return len(window) >= most or (found and most == WINDOW and people_wait(session))

    at_once = most if most == WINDOW else BATCH
    for due in due_rows(session, lane, at_once, enough):
        left = leave()  # after the rows were read: a request is stored before what follows it
        rows = [row for row in due if row.product not in left]
        if not rows:
            continue
        found = True
        work_items = read_work_items(session, with_other_lanes(session, rows))
        decided = [(work, decide(work, session.settings)) for work in work_items]
        passed_over(session, [work for work, needs in decided if needs is Decision.SKIP])
        window += [(work, needs) for work, needs in decided if needs is not Decision.SKIP]
    if not found:
        return None
    return window if most == WINDOW else _in_full_calls(window, most, session.now_ms())


def _in_full_calls(window: Window, most: int, now_ms: int) -> Window:
    """Return what goes of a small window; the rest stays due. Only updates of products without
    variants go, so that no call is less than full, unless others have waited for too long."""
    plain = [each for each in window if _is_plain(each)]
    oldest = min((arrived_ms(row.order) for work, _ in window for row in work.rows), default=now_ms)
    if len(plain) >= most and now_ms - oldest < PATIENCE_MS:
        return plain[:most]
    return window[:most]


def _is_plain(each: tuple[WorkItem, Decision]) -> bool:
    work, needs = each
    return needs is Decision.UPDATE and not work.record.variants
