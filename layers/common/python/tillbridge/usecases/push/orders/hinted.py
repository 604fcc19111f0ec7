"""The rows of orders that BigCommerce said something of, and of those that are to be asked for again."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from tillbridge.domain.ids import PosProductId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow, of_our_own
from tillbridge.domain.waiting import MOST_ATTEMPTS, backoff_ms
from tillbridge.usecases.push.outcomes.waiting import postpone
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)


def ask_again(session: Session, order: WebOrderId) -> None:
    """Have an order asked for by its id, ever less often; after the tenth time it is given up."""
    product = PosProductId(str(order))
    if session.rows.of([Lane.WEB], [product]):
        return
    now = session.now_ms()
    session.rows.mark([of_our_own(session.store, Lane.WEB, product, now, "odd-order")])
    try_again(session, session.rows.of([Lane.WEB], [product]))


def try_again(session: Session, rows: Sequence[PendingRow]) -> None:
    """Postpone rows of orders that cannot be read; give up those that never can."""
    given_up = [row for row in rows if row.attempts + 1 >= MOST_ATTEMPTS]
    for row in given_up:
        extra = {"store_id": session.store, "order_id": row.product}
        log.error("a web order cannot be read", extra=extra)
    session.rows.clear(given_up)
    for row in rows:
        if row not in given_up:
            attempts = row.attempts + 1
            later = session.now_ms() + backoff_ms(attempts)
            postpone(session, [replace(row, attempts=attempts)], later)
