"""What is due now, and what may come in between two calls or two pages."""

from collections.abc import Callable, Iterator, Sequence

from tillbridge.domain.errors import ChangeOfCourse
from tillbridge.domain.lanes import ENTRY, INTERRUPTING, Holds, Lane
from tillbridge.domain.pending import PendingRow
from tillbridge.usecases.push.slice.session import Session


class Interrupted(ChangeOfCourse):
    """What people asked for came in. After it, the rest of this plan is planned again."""


def is_due(session: Session, lane: Lane) -> bool:
    """Return whether a lane has work now."""
    if not session.rows.wait(lane):
        return False
    # A request that arrived again after its answer is none.
    return ENTRY[lane].holds is not Holds.REQUESTS or session.requests_wait()


def people_wait(session: Session) -> bool:
    """Return whether what people asked for may interrupt the work under way."""
    if session.lane is None or not ENTRY[session.lane].in_windows or session.way.is_mine():
        return False
    return any(is_due(session, lane) for lane in INTERRUPTING)


def let_people_go(session: Session) -> None:
    """Raise Interrupted when what people asked for waits. Called after a call that got one product of
    many calls further: so each interruption leaves less to do."""
    if people_wait(session):
        raise Interrupted


def between_pages(session: Session) -> None:
    """Let stock go, and then what people asked for, before the next page is read. Raise OutOfTime
    and Interrupted."""
    session.need_time()
    session.way.let_stock_go()
    if not session.turns.window_is_owed:
        let_people_go(session)


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
        found = session.rows.due(lane, limit)
        rows = [row for row in found if row.product not in seen]
        if rows:
            seen.update(row.product for row in rows)
            yield rows
        if len(found) < limit:
            return
