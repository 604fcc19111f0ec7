"""The rows of orders that BigCommerce said something of, and of those that are to be asked for again."""

from collections.abc import Sequence
from dataclasses import replace

from tillbridge.domain.errors import UnreadableOrder
from tillbridge.domain.ids import PosProductId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow, of_our_own
from tillbridge.domain.waiting import MOST_ATTEMPTS, backoff_ms
from tillbridge.usecases.fence import Fault, note
from tillbridge.usecases.push.outcomes.waiting import postpone
from tillbridge.usecases.push.slice.session import Session


def ask_again(session: Session, order: WebOrderId) -> None:
    """Have an order asked for by its id, ever less often; after the tenth time it is given up."""
    product = PosProductId(str(order))
    if session.rows.of([Lane.WEB], [product]):
        return
    now = session.now_ms()
    session.rows.mark([of_our_own(session.store, Lane.WEB, product, now, "odd-order")])
    try_again(session, session.rows.of([Lane.WEB], [product]))


def try_again(session: Session, rows: Sequence[PendingRow]) -> None:
    """Postpone rows of orders that cannot be read; give up those that never can, which rings an alarm."""
    given_up = [row for row in rows if row.attempts + 1 >= MOST_ATTEMPTS]
    session.rows.clear(given_up)
    for row in given_up:
        unreadable = UnreadableOrder(row.product)
        note(Fault(unreadable, "reading a web order", session.store, row.product))
    for row in rows:
        if row not in given_up:
            attempts = row.attempts + 1
            later = session.now_ms() + backoff_ms(attempts)
            postpone(session, [replace(row, attempts=attempts)], later)
