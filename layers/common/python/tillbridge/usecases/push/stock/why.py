"""Why the levels changed that a look found: the rows of events may not have been worked on yet."""

from collections.abc import Sequence
from dataclasses import replace

from tillbridge.domain.history.product_line import Because
from tillbridge.domain.lanes import Lane
from tillbridge.domain.plan import LinkedItem
from tillbridge.usecases.fence import best_effort
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.stock.levels import Levels


def told_why(session: Session, some: Sequence[Levels]) -> Sequence[Levels]:
    """Return levels whose rows say why they are due, where a row of the stock lane says it. That row is
    not done with, but whoever works on it finds the level right and has nothing to note."""
    silent = [each.work for each in some if _is_silent(each.work)]
    rows = []
    with best_effort("asking why levels changed", session.store):
        rows = list(session.rows.of([Lane.STOCK], [work.product for work in silent]))
    why = {row.product: row.because for row in rows if row.because}
    return [_with(each, why.get(each.work.product)) for each in some]


def _is_silent(work: LinkedItem) -> bool:
    news = work.record.version > work.link.stock_version
    return news and all(row.lane is Lane.ORDERED and not row.because for row in work.rows)


def _with(given: Levels, why: Because | None) -> Levels:
    work = given.work
    if why is None or not _is_silent(work) or why.first.version > work.record.version:
        return given
    rows = tuple(replace(row, because=why) for row in work.rows)
    return replace(given, work=replace(work, rows=rows))
