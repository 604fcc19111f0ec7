"""People say in the console that web orders were booked in the POS by hand."""

import logging
from collections.abc import Sequence

from tillbridge.domain.pending import PendingRow
from tillbridge.domain.web_orders.asked_for import acknowledged_in
from tillbridge.usecases.fence import Fault, is_fault, note
from tillbridge.usecases.orders_by_hand import ByHandDeps, acknowledge
from tillbridge.usecases.push.orders.hinted import try_again
from tillbridge.usecases.push.orders.open_lines import open_lines
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)


def acknowledge_rows(session: Session, rows: Sequence[PendingRow]) -> None:
    """End the orders that rows of the lane `web` name, from what the POS shows now; what follows is marked, and done in
    this slice. A bug in one hides no other. Raise RetryLater, PosDown and NeedsAttention, with the rows still there."""
    clock = session.deps.clock
    deps = ByHandDeps(session.deps.order_book, session.rows, clock, None, session.deps.orders)
    for row in rows:
        session.need_time()
        order = acknowledged_in(row.product)
        if order is None:
            continue
        try:
            (answer,) = acknowledge(deps, session.connection, session.pos, [order])
        except Exception as error:  # a bug is told of its own order, and the other rows go on
            if not is_fault(error):
                raise
            note(Fault(error, "ending a web order by hand", session.store, str(order)))
            try_again(session, [row])
            continue
        extra = {"store_id": session.store, "order_id": order, "reason": answer.words}
        log.info("web order acknowledged" if answer.done else "web order not ended", extra=extra)
        session.rows.clear([row])
    open_lines(session)
