"""The fence around what a drain does with many products at once: deciding, planning, refusing."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from tillbridge.domain.decision import Decision, decide
from tillbridge.domain.errors import Problem
from tillbridge.domain.plan import Plan, WorkItem
from tillbridge.domain.planner import plan
from tillbridge.usecases.fence import Fault, is_fault, note
from tillbridge.usecases.push.outcomes.fenced import fence_one, fenced, hold_back
from tillbridge.usecases.push.outcomes.given_up import refuse
from tillbridge.usecases.push.slice.flight import Task
from tillbridge.usecases.push.slice.progress import Progress
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)

type Decided = tuple[WorkItem, Decision]


def fence_decisions(session: Session, work_items: Sequence[WorkItem]) -> list[Decided]:
    """Return each product with what it needs, without those that cannot be decided."""
    decided: list[Decided] = []

    def one(work: WorkItem) -> None:
        decided.append((work, decide(work, session.settings)))

    for work in work_items:
        fence_one(session, work, partial(one, work), doing="deciding")
    return decided


def fence_plans(session: Session, window: Sequence[Decided]) -> Iterator[Plan]:
    """Yield the plan of a window: of all products but those that cannot be planned. When the others
    cannot be planned together, yield the plans of smaller parts."""
    good: list[Decided] = []

    def look(some: Sequence[Decided]) -> None:
        plan(some, session.settings)
        good.extend(some)

    try:
        whole = plan(window, session.settings)
    except Exception as error:  # a bug in the plan of one must not take the others along
        if not is_fault(error):
            raise
        log.warning("a plan fails", extra={"products": len(window), "why": repr(error)})
        fenced(session, window, look, doing="planning", of=lambda decided: decided[0])
        if len(good) == len(window):  # no product fails on its own
            note(Fault(error, "planning together", session.store))
            middle = len(good) // 2
            yield from fence_plans(session, good[:middle])
            yield from fence_plans(session, good[middle:])
        elif good:
            yield from fence_plans(session, good)
    else:
        yield whole


def fence_refusals(session: Session, refused: Sequence[tuple[WorkItem, Problem]]) -> None:
    """Refuse the products that no call is spent on."""
    for work, problem in refused:
        fence_one(session, work, partial(refuse, session, work, problem), doing="refusing")


def fence_task(
    session: Session,
    work: WorkItem,
    run: Callable[[], object],
    progress: Progress | None = None,
    *,
    doing: str,
    touches: frozenset[str] = frozenset(),
) -> Task:
    """Return a task that does `run` for one product; with `progress`, nothing more of a plan is sent
    for a product that is held back. `touches`: what it touches beside the product."""

    def drop(work: WorkItem) -> None:
        if progress is not None:
            progress.drop([work])

    def one(some: Sequence[WorkItem]) -> None:
        with session.calls.made_for(some):
            run()

    of: Callable[[WorkItem], WorkItem] = lambda item: item  # noqa: E731 - a function for one line
    fence = partial(fenced, session, [work], one, doing=doing, of=of, drop=drop)
    return Task(fence, touches | {work.product})


@contextmanager
def narrowing(session: Session, work_items: Sequence[WorkItem]) -> Iterator[None]:
    """Take fewer products at once after a fault that no other fence found the product of, half as
    many each time, until it stands alone; hold that one back. What was done is not done again: only
    rows that are left are taken."""
    products = dict.fromkeys(work.product for work in work_items)
    try:
        yield
    except Exception as error:  # whatever a bug raises must not end the drain
        if not is_fault(error):
            raise
        if len(products) > 1:
            session.narrow, session.unfound = len(products) // 2, error
            log.warning("fewer at once", extra={"products": session.narrow, "why": repr(error)})
            return
        session.narrow, session.unfound = 0, None
        hold_back(session, work_items[0], error, "pushing")
    else:
        session.narrow = 0 if session.narrow >= WIDE else session.narrow * 2


def note_unfound(session: Session) -> None:
    """Note the fault for which fewer products were taken, when each of them then went alone."""
    if session.unfound is not None:
        note(Fault(session.unfound, "pushing together", session.store))
        session.unfound = None


WIDE = 500
"""From so many products at once a drain goes back to as many as fit."""
