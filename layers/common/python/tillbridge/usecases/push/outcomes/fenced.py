"""The fence around each product of a drain: what goes wrong for one product in a way that nobody
foresaw is told on its link, its rows count a try, and its neighbours go in the same run.

Two refusals are treated alike, because they too may concern one product only: that of a question
which a push asks on the side, and a 403 while the store answers a ping."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from tillbridge.domain.errors import (
    Conflict,
    Forbidden,
    NeedsAttention,
    Problem,
    Refused,
    SavedByNewer,
)
from tillbridge.domain.lanes import CONTENT_LANES
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import may_concern_one_product, problem_of
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.failed import while_failing
from tillbridge.domain.waiting import backoff_ms
from tillbridge.usecases.bisect import halved
from tillbridge.usecases.fence import Fault, is_fault, note
from tillbridge.usecases.push.outcomes.follow_ups import again
from tillbridge.usecases.push.outcomes.waiting import attempts_of, postpone
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)

MOST_FORBIDDEN = 2
"""So many products may stand alone with a 403 before anything got through in a slice; with one more
it is the store that refuses."""

NAME_LIMIT = 80
"""Characters of a product's name in the words about a fault."""


def fenced[T](
    session: Session,
    items: Sequence[T],
    work: Callable[[Sequence[T]], object],
    *,
    doing: str,
    of: Callable[[T], WorkItem],
    drop: Callable[[WorkItem], None] = lambda _: None,
) -> None:
    """Do `work` for all items, halving them product by product until each that cannot be worked on
    stands alone; that product is held back, and given to `drop`. `of`: the work item of an item;
    `doing`: what the work is, in a word or two. `work` must be idempotent. Let through what stops
    the store, and a ChangeOfCourse."""
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(of(item).product, []).append(item)

    def together(some: Sequence[list[T]]) -> None:
        work([item for group in some for item in group])

    def guilty(group: list[T], error: Exception) -> None:
        rows = dict.fromkeys(row for item in group for row in of(item).rows)
        culprit = replace(of(group[0]), rows=tuple(rows))
        hold_back(session, culprit, error, doing)
        _dropped(session, culprit, drop)

    halved(list(groups.values()), together, guilty, partial(_may_be_of_one, session))


def fence_one(session: Session, work: WorkItem, run: Callable[[], object], *, doing: str) -> None:
    """Do the work on one product; hold the product back when it cannot be done."""
    fenced(session, [work], lambda _: run(), doing=doing, of=_itself)


def fence_each[W: WorkItem](
    session: Session,
    work_items: Sequence[W],
    work: Callable[[Sequence[W]], object],
    *,
    doing: str,
) -> None:
    """Do the work on many products, like `fenced`."""
    fenced(session, work_items, work, doing=doing, of=_itself)


def fence_made(
    session: Session,
    work_items: Sequence[WorkItem],
    work: Callable[[Sequence[WorkItem]], list[WorkItem]],
    *,
    doing: str,
) -> list[WorkItem]:
    """Return what `work` makes of the work items, without those of products that are held back."""
    made: list[WorkItem] = []
    fence_each(session, work_items, lambda some: made.extend(work(some)), doing=doing)
    return made


def fence_rows[R](
    session: Session, rows: Sequence[PendingRow], work: Callable[[Sequence[PendingRow]], list[R]]
) -> list[R]:
    """Return what `work` makes of the rows, without that of products which cannot be read."""
    found: list[R] = []
    fenced(session, rows, lambda some: found.extend(work(some)), doing="reading", of=bare)
    return found


def bare(row: PendingRow) -> WorkItem:
    """Return a work item of which nothing is known but its row."""
    return WorkItem((row,), Product(id=row.product, version=row.version, name=""), None)


def hold_back(session: Session, work: WorkItem, error: Exception, doing: str) -> None:
    """Have a product tried again later, ever less often and in calls of its own, and write on its
    link what is wrong. A fault is noted. Raise NeedsAttention when it seems that the store refuses
    every product."""
    if _is_ours(error):
        note(Fault(error, doing, session.store, work.product))
    else:
        extra = {"store_id": session.store, "product_id": work.product, "why": str(error)}
        log.warning("product waits", extra=extra)
    attempts = attempts_of(work) + 1
    rows = [replace(row, attempts=attempts, unsure=True) for row in _rows_of(session, work)]
    postpone(session, rows, session.now_ms() + backoff_ms(attempts))
    if attempts == 1:
        session.count(failed=1)
    _tell(session, work, error, doing)
    if isinstance(error, NeedsAttention) and session.count_forbidden() > MOST_FORBIDDEN:
        raise error


def _dropped(session: Session, work: WorkItem, drop: Callable[[WorkItem], None]) -> None:
    try:
        drop(work)
    except Exception as error:  # the product is held back already
        if not is_fault(error):
            raise
        note(Fault(error, "stopping", session.store, work.product))


def _rows_of(session: Session, work: WorkItem) -> list[PendingRow]:
    if not (rows := _rows_now(session, work)):
        # It failed after its rows were cleared: what was left to do is done again.
        session.rows.mark([again(session, work.product, work.rows[0].lane)])
        rows = _rows_now(session, work)
    return rows


def _rows_now(session: Session, work: WorkItem) -> list[PendingRow]:
    # Before it failed, the work may have marked the product anew: such a row would be due at once.
    lane = work.rows[0].lane
    lanes = CONTENT_LANES if lane in CONTENT_LANES else (lane,)
    return list(session.rows.of(lanes, [work.product]))


def _is_ours(error: Exception) -> bool:
    # A lost race that nobody handled is a bug, too.
    return is_fault(error) or isinstance(error, Conflict)


def _tell(session: Session, work: WorkItem, error: Exception, doing: str) -> None:
    # The culprit's own name may be what no table takes; its link may be what cannot be read.
    for name in dict.fromkeys((work.record.name[:NAME_LIMIT] or work.product, work.product)):
        try:
            _write(session, work, _problem(name, error, doing), name)
        except Exception as trouble:  # then nobody can be told here: the log and the metric say it
            if not is_fault(trouble):
                raise
            traced = None if isinstance(trouble, SavedByNewer) else trouble
            extra = {"product_id": work.product, "why": str(trouble)}
            log.error("fault cannot be told", exc_info=traced, extra=extra)  # noqa: TRY400 - a newer row has words, no traceback
        else:
            return


def _problem(name: str, error: Exception, doing: str) -> Problem:
    said = str(error).rstrip(".")
    if isinstance(error, NeedsAttention):
        title = error.title if isinstance(error, Forbidden) else said
        return problem_of(ProblemCode.FORBIDDEN, name=name, said=title)
    if _is_ours(error):
        # No data: what the error quotes may be what no table takes.
        said = f"{type(error).__name__} while {doing}"
        return problem_of(ProblemCode.FAULT, name=name, said=said)
    return problem_of(ProblemCode.QUESTION_REFUSED, name=name, said=said)


def _write(session: Session, work: WorkItem, problem: Problem, name: str) -> None:
    links = session.deps.links
    there = links.get(session.store, [work.product]).get(work.product)
    if there is not None and there.status is LinkStatus.BROKEN:
        return
    if there is None and not work.manual:
        return  # nobody asked for it, and there is no link to tell it on
    record = Product(id=work.product, version=work.record.version, name=name)
    links.failed(session.store, while_failing(there, record, problem))


def _may_be_of_one(session: Session, error: Exception) -> bool:
    """Return whether one product may be to blame. Raise when the store answers no ping either."""
    if isinstance(error, NeedsAttention):
        if not may_concern_one_product(error):
            return False
        session.api.ping()
        return True
    return is_fault(error) or isinstance(error, Refused | Conflict)


def _itself(work: WorkItem) -> WorkItem:
    return work
