"""The rows of orders that BigCommerce said something of, and of those that are to be asked for again."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from tillbridge.domain.ids import PosProductId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, PendingRow, arrival
from tillbridge.domain.waiting import MOST_ATTEMPTS, backoff_ms
from tillbridge.usecases.push.outcomes.waiting import postpone
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)

ALL = "all"
"""What a row names when something changed that it does not name."""


def ask_again(session: Session, order: WebOrderId) -> None:
    """Have an order asked for by its id, ever less often; after the tenth time it is given up."""
    product = PosProductId(str(order))
    if session.rows.of([Lane.WEB], [product]):
        return
    now = session.now_ms()
    row = Change(
        store=session.store,
        lane=Lane.WEB,
        product=product,
        version=0,
        order=arrival(now),
        queued_ms=now,
        trigger="odd-order",
    )
    session.rows.mark([row])
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
