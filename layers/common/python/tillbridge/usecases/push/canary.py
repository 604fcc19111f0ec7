"""A round of a store's canary: its level is written like any other, and looked at five seconds later.

The row of the lane `canary` stays until the look; how far the round is stands on the store's row, written
after each call. Whatever dies in between, the worst is one more call."""

import logging
from functools import partial

from tillbridge.domain.canary import (
    LOOK_MS,
    Canary,
    looked,
    next_level,
    waits_for_look,
    written,
)
from tillbridge.domain.errors import Refused
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow
from tillbridge.ports.store_api import StockItem
from tillbridge.usecases.fence import Fault, is_fault, note
from tillbridge.usecases.push.orders.reading import of_the_store
from tillbridge.usecases.push.outcomes.waiting import postpone
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)


def canary_round(session: Session) -> None:
    """Do what is due of the canary's round: one call. Raise StockStopped."""
    if not session.rows.wait(Lane.CANARY):
        return
    with of_the_store():
        rows = session.rows.due(Lane.CANARY, 1)
        canary = session.connection.canary
        if canary is None:
            session.rows.clear(rows)  # it was switched off since
            return
        for row in rows:
            try:
                _go_on(session, row, canary)
            except Refused as refusal:
                # Deleted by hand, most likely. No product of the shop waits for it; the alarm tells.
                extra = {"store_id": session.store, "why": str(refusal)}
                log.warning("the canary's level is refused", extra=extra)
                session.rows.clear([row])
            except Exception as error:  # a bug in measuring must not hold up the shop's stock
                if not is_fault(error):
                    raise
                note(Fault(error, "measuring with the canary", session.store))
                session.rows.clear([row])


def _go_on(session: Session, row: PendingRow, canary: Canary) -> None:
    if not waits_for_look(canary, session.now_ms()):
        level = next_level(canary)
        item = StockItem(session.connection.location_id, level, product=canary.product)
        with_throttling(session, partial(session.api.set_stock, [item]))
        session.keep_canary(written(canary, level, session.now_ms()))
        postpone(session, [row], session.now_ms() + LOOK_MS)
    elif session.now_ms() < canary.written_ms + LOOK_MS:
        postpone(session, [row], canary.written_ms + LOOK_MS)
    else:
        session.keep_canary(looked(canary, _online(session, canary), session.now_ms()))
        session.rows.clear([row])


def _online(session: Session, canary: Canary) -> int | None:
    reader, location = session.reader(), session.connection.location_id
    try:
        found = with_throttling(session, partial(reader.levels, location, [canary.product]))
    finally:
        session.record.calls.update(reader.record.calls)
    online = next(iter(found.get(canary.product, {}).values()), None)
    if online != canary.counter:
        told = {"store_id": session.store, "level": canary.counter, "online": online}
        log.warning("the canary's level does not show", extra=told)
    return online
