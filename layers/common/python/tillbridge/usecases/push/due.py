"""What is due now, and which lane goes first: work of an earlier lane may come in between two
calls."""

from collections.abc import Callable, Iterator, Sequence

from tillbridge.domain.errors import ChangeOfCourse
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow
from tillbridge.usecases.push.session import Session


class Interrupted(ChangeOfCourse):
    """Work of an earlier lane came in. After it, the rest of this plan is planned again."""


def is_due(session: Session, lane: Lane) -> bool:
    """Return whether a lane has work now."""
    return bool(session.deps.pending.due(session.store, lane, session.now_ms(), 1))


def asked_goes_first(session: Session, lane: Lane) -> bool:
    """Return whether a person's request waits while content of another lane is under way."""
    return lane is not Lane.ASKED and is_due(session, Lane.ASKED)


def let_stock_go(session: Session) -> None:
    """Raise Interrupted when stock is due. Called between two calls for one product."""
    if is_due(session, Lane.STOCK):
        raise Interrupted


def due_rows(
    session: Session, lane: Lane, at_once: int, enough: Callable[[], bool]
) -> Iterator[Sequence[PendingRow]]:
    """Yield the rows of a lane, `at_once` at a time and each once, until none is left or `enough`
    returns True. Raise OutOfTime.

    Rows that were neither cleared nor postponed are still due, so each query asks for that many
    more."""
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
