"""Hints: orders of which BigCommerce said that something happened. What did is read."""

import logging
from dataclasses import replace
from functools import partial

from tillbridge.domain.hooks.message import ANY_ORDER
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.looks import confirmed, second_look_ms
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.web_orders.asked_for import acknowledged_in
from tillbridge.ports.web_orders import OddOrder
from tillbridge.usecases.push.orders.by_hand import acknowledge_rows
from tillbridge.usecases.push.orders.hinted import try_again
from tillbridge.usecases.push.orders.noting import note_orders
from tillbridge.usecases.push.orders.reading import of_the_store, read_orders
from tillbridge.usecases.push.outcomes.waiting import postpone
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)

HINTS_AT_ONCE = 250

ASKED_AT_ONCE = 10
"""Orders that the list does not show take a call each; stock goes in between."""


def follow_hints(session: Session) -> bool:
    """Read what changed, which mostly shows every order that was hinted at, and ask for the others by
    their ids. Return whether there were hints. Raise StockStopped."""
    if not session.rows.wait(Lane.WEB):
        return False
    with of_the_store():
        rows = session.rows.due(Lane.WEB, HINTS_AT_ONCE)
    if not rows:
        return False
    if not session.takes_orders:
        with of_the_store():
            session.rows.clear(rows)  # they were switched off since
        return True
    if by_hand := [row for row in rows if acknowledged_in(row.product) is not None]:
        with of_the_store():
            acknowledge_rows(session, by_hand)
        rows = [row for row in rows if row not in by_hand]
        if not rows:
            return True
    asked = {_number(row) for row in rows if row.force and row.product != ANY_ORDER}
    _, shown = read_orders(session, asked=asked)
    with of_the_store():
        failed = [row for row in rows if _number(row) in session.orders.failed]
        done = [row for row in rows if row.product == ANY_ORDER or _number(row) in shown]
        session.rows.clear(row for row in done if row not in failed)
        try_again(session, failed)
        for row in [row for row in rows if row not in (*done, *failed)][:ASKED_AT_ONCE]:
            _ask(session, row)
    return True


def _number(row: PendingRow) -> WebOrderId:
    return WebOrderId(int(row.product)) if row.product.isdigit() else WebOrderId(0)


def _ask(session: Session, row: PendingRow) -> None:
    number = _number(row)
    session.need_time()
    orders = session.api.web_orders
    order = with_throttling(session, partial(orders.order, number)) if number else None
    if isinstance(order, OddOrder):
        try_again(session, [row])
    elif order is not None:
        note_orders(session, [order], asked={number} if row.force else ())
        if number in session.orders.failed:
            try_again(session, [row])
        else:
            session.rows.clear([row])
    elif number and not confirmed(row.seen_stale_ms, session.now_ms()):
        # A list or a replica may lag behind the hook.
        first = replace(row, seen_stale_ms=row.seen_stale_ms or session.now_ms())
        postpone(session, [first], second_look_ms(first.seen_stale_ms))
    else:
        extra = {"store_id": session.store, "order_id": row.product}
        log.warning("BigCommerce has no such order", extra=extra)
        session.rows.clear([row])
