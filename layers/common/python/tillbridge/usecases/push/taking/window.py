"""Enough work for full calls: rows that turn out to need none make room for others."""

from collections.abc import Collection, Sequence
from functools import partial

from tillbridge.domain.call_sizes import PRODUCTS_A_CALL
from tillbridge.domain.decision import Decision
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import arrived_ms
from tillbridge.ports.pos import BATCH
from tillbridge.usecases.push.outcomes.fenced import fence_each, fence_made, fenced
from tillbridge.usecases.push.outcomes.fenced_plan import Decided, fence_decisions
from tillbridge.usecases.push.outcomes.written import passed_over
from tillbridge.usecases.push.slice.due import due_rows, people_wait
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.taking.asked import as_seen
from tillbridge.usecases.push.taking.weight import MOST_WEIGHT, by_weight, weighs

WINDOW = 1_000
"""Products planned together: enough that a last, partly filled call adds only 1 %."""

PATIENCE_MS = 60_000
"""For so long a product with variants lets others go before it while people wait."""


def small_window(session: Session) -> int:
    """Return how many products are planned together while people wait: one wave of full calls. It is
    not interrupted."""
    return PRODUCTS_A_CALL * session.deps.in_flight


type Window = list[Decided]


def next_window(session: Session, lane: Lane, most: int) -> Window | None:
    """Return the content work of a lane that is planned together, `most` products, with what each
    needs; None when no row is due but those left to waiting requests. Stop early when people's work
    comes in, and before the products have more variants than fit in memory."""
    window: Window = []
    found = heavy = False
    small, most = most < WINDOW, min(most, session.narrow or most)

    def enough() -> bool:
        if heavy or len(window) >= most:
            return True
        return found and not small and people_wait(session)

    at_once = min(BATCH, session.narrow or BATCH) if small else most
    for due in due_rows(session, lane, at_once, enough):
        left = _left_to_requests(session, manual=any(row.manual for row in due))
        rows = [row for row in due if row.product not in left]
        if not rows:
            continue
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
    if small:
        return _fenced_calls(session, window, most)
    return window[: _full_calls(len(window))] if heavy else window


def _left_to_requests(session: Session, *, manual: bool) -> Collection[PosProductId]:
    """Return the products that are left to requests about links: "link, then push" keeps its order. A
    request is stored before the push that follows it, so it is read after the rows. Unless one of those
    is `manual`, a push by a person, no order is promised, and the last look at the lanes says whether a request waits."""
    if manual or session.rows.wait(Lane.LINKS):
        return session.requests_name()
    return ()


def _full_calls(products: int) -> int:
    # What a window that was cut off leaves of its last call is still due, and goes in the next one.
    return products if products < PRODUCTS_A_CALL else products - products % PRODUCTS_A_CALL


def _fenced_calls(session: Session, window: Window, most: int) -> Window:
    chosen: Window = []

    def choose(some: Sequence[Decided]) -> None:
        chosen.extend(_in_full_calls(some, most, session.now_ms()))

    fenced(session, window, choose, doing="planning", of=lambda decided: decided[0])
    return chosen[:most]


def _in_full_calls(window: Sequence[Decided], most: int, now_ms: int) -> Sequence[Decided]:
    """Return what goes of a small window; the rest stays due. Only updates of products without
    variants go, so that no call is less than full, unless others have waited for too long."""
    plain = [each for each in window if _is_plain(each)]
    oldest = min((arrived_ms(row.order) for work, _ in window for row in work.rows), default=now_ms)
    if len(plain) >= most and now_ms - oldest < PATIENCE_MS:
        return plain[:most]
    return window[:most]


def _is_plain(each: Decided) -> bool:
    work, needs = each
    return needs is Decision.UPDATE and not work.record.variants
