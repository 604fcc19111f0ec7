"""When the levels of a product that the web sells are looked at again."""

from collections.abc import Sequence
from dataclasses import replace

from tillbridge.domain.lanes import Lane
from tillbridge.domain.looks import second_look_ms
from tillbridge.domain.pending import PendingRow, arrived_ms
from tillbridge.domain.waiting import LATE_MS
from tillbridge.domain.web_orders.looking import AFTER_WRITE_MS
from tillbridge.usecases.push.orders.noting import mark_moved
from tillbridge.usecases.push.orders.open_lines import accounts_of
from tillbridge.usecases.push.outcomes.waiting import postpone
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.stock.levels import Levels


def look_again(session: Session, sent: Sequence[Levels]) -> None:
    """Have what was just written looked at once it shows, where web orders are open: the write may have
    undone one that was placed while it was under way."""
    if not session.takes_orders:
        return
    products = [each.work.product for each in sent if accounts_of(session, each.work.product)]
    if not products:
        return
    since = {
        each.work.product: row.queued_ms
        for each in sent
        for row in each.work.rows
        if row.lane is Lane.ORDERED
    }
    mark_moved(session, products, since)
    for row in session.rows.of([Lane.ORDERED], products):
        look_later(session, replace(row, seen_stale_ms=0, done_version=-1))


def look_later(session: Session, row: PendingRow) -> None:
    """Postpone a row to another look: ten seconds at first, half of the time it has waited already when
    that is more, so that nothing is written every ten seconds for ever."""
    now = session.now_ms()
    wait = min(LATE_MS, max(AFTER_WRITE_MS, (now - arrived_ms(row.order)) // 2))
    postpone(session, [row], now + wait)


def look_twice(session: Session, rows: Sequence[PendingRow]) -> None:
    """Postpone rows to the look that confirms the first that found too little."""
    soonest = session.now_ms() + 1_000
    for row in rows:
        postpone(session, [row], max(soonest, second_look_ms(row.seen_stale_ms)))
