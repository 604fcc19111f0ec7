"""Enough work for full calls: rows that turn out to need none make room for others."""

from functools import partial

from tillbridge.domain.decision import Decision
from tillbridge.domain.lanes import Lane
from tillbridge.domain.plan import PRODUCTS_A_CALL
from tillbridge.usecases.push.asked import as_seen
from tillbridge.usecases.push.due import asked_goes_first, due_rows, is_due
from tillbridge.usecases.push.fenced import fence_each, fence_made
from tillbridge.usecases.push.fenced_plan import Decided, fence_decisions
from tillbridge.usecases.push.outcomes import passed_over
from tillbridge.usecases.push.session import Session
from tillbridge.usecases.push.weight import MOST_WEIGHT, by_weight, weighs

WINDOW = 1_000
"""Products planned together: enough that a last, partly filled call adds only 1 %."""


def next_window(session: Session, lane: Lane) -> list[Decided] | None:
    """Return the content work of a lane that is planned together, with what each product needs;
    None when no row is due. Stop early when work of an earlier lane comes in, and before the products
    have more variants than fit in memory."""
    window: list[Decided] = []
    found = heavy = False
    most = session.narrow or WINDOW

    def enough() -> bool:
        if heavy or len(window) >= most:
            return True
        return found and (is_due(session, Lane.STOCK) or asked_goes_first(session, lane))

    for rows in due_rows(session, lane, most, enough):
        found = True
        for found_items in by_weight(session, rows, all_lanes=True):
            work_items = fence_made(
                session, found_items, partial(as_seen, session), doing="comparing"
            )
            heavy = heavy or weighs([work for work, _ in window], work_items) > MOST_WEIGHT
            if heavy and window:
                break  # they stay due, and go in the next window
            decided = fence_decisions(session, work_items)
            idle = [work for work, needs in decided if needs is Decision.SKIP]
            fence_each(session, idle, partial(passed_over, session), doing="passing over")
            window += [(work, needs) for work, needs in decided if needs is not Decision.SKIP]
    if not found:
        return None
    return window[: _full_calls(len(window))] if heavy else window


def _full_calls(products: int) -> int:
    # What a window that was cut off leaves of its last call is still due, and goes in the next one.
    return products if products < PRODUCTS_A_CALL else products - products % PRODUCTS_A_CALL
