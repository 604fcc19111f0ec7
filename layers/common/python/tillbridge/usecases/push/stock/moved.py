"""The products whose levels a web order may have moved: what is online is looked at, 250 products a read.

Too much is lowered at once. Too little is raised after a second look, half a minute later, with the orders
read in between; until then it may be the effect of an order that nobody has read."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tillbridge.domain.errors import Refused, StoreDown
from tillbridge.domain.ids import PosProductId, StoreVariantId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link
from tillbridge.domain.pending import PendingRow, arrived_ms
from tillbridge.domain.plan import LinkedItem, WorkItem
from tillbridge.domain.product import NO_VERSION, Product
from tillbridge.domain.remembered.doubts import as_of
from tillbridge.domain.stock_levels import known_holders, levels
from tillbridge.domain.waiting import LATE_MS
from tillbridge.domain.web_orders.accounts import web_units
from tillbridge.domain.web_orders.looking import AfterLook, Looked, LowLook, after_look
from tillbridge.ports.store_reader import BATCH, WebLevels
from tillbridge.usecases.push.orders.open_lines import accounts_of, open_lines
from tillbridge.usecases.push.orders.reading import of_the_store, read_orders
from tillbridge.usecases.push.outcomes.fenced import bare, fence_rows, fenced
from tillbridge.usecases.push.outcomes.sending import blame_these
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.stock.levels import Levels, Look, Seen, levels_to_send
from tillbridge.usecases.push.stock.looks_to_come import look_later
from tillbridge.usecases.push.stock.push_stock import fenced_batches, work_of
from tillbridge.usecases.push.stock.send_levels import send_levels
from tillbridge.usecases.push.taking.work_items import read_back

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What both sides show. `began_ms`: before the store was asked; `ended_ms`: after."""

    records: Mapping[PosProductId, Product]
    online: WebLevels
    began_ms: int
    ended_ms: int


def look_at_moved(session: Session) -> bool:
    """Look at the products that are due, 250 at most, and write the levels that are wrong. Return
    whether any were due. Raise whatever stops the store."""
    if not session.rows.wait(Lane.ORDERED):
        return False
    rows = session.rows.due(Lane.ORDERED, BATCH)
    if not rows:
        return False
    found = fence_rows(session, rows, partial(_with_links, session))
    linked = [(row, link) for row, link in found if link is not None and link.is_linked]
    ready = {row.product for row, _ in linked} if session.takes_orders else set()
    # What is linked later has its levels sent by that.
    session.rows.clear(row for row, _ in found if row.product not in ready)
    if ready:
        _look(session, linked)
    return True


def _with_links(
    session: Session, rows: Sequence[PendingRow]
) -> list[tuple[PendingRow, Link | None]]:
    links = session.deps.links.get(session.store, [row.product for row in rows])
    return [(row, links.get(row.product)) for row in rows]


def _look(session: Session, linked: Sequence[tuple[PendingRow, Link]]) -> None:
    read_ms = session.orders.read.read_ms
    if any(row.done_version >= 0 and row.seen_stale_ms >= read_ms for row, _ in linked):
        read_orders(session)  # between the two looks
    records = read_back(session, [row.product for row, _ in linked])
    with of_the_store():
        open_lines(session)
    began_ms = session.now_ms()
    try:
        online = _online(session, [link for _, link in linked])
    except (Refused, StoreDown) as trouble:
        if isinstance(trouble, StoreDown):
            blame_these(session, trouble)
        log.warning("the store shows no levels", extra={"why": str(trouble)})
        for row, _ in linked:
            look_later(session, row)
        return
    sight = _Sight(records, online, began_ms, session.now_ms())
    found: list[Levels] = []

    def judge(some: Sequence[tuple[PendingRow, Link]]) -> None:
        found.extend(_judged(session, some, sight))

    fenced(session, linked, judge, doing="looking", of=lambda each: bare(each[0]))
    for part in fenced_batches(session, found):
        session.need_time()
        fenced(session, part, partial(send_levels, session), doing="stock", of=work_of)


def _online(session: Session, links: Sequence[Link]) -> WebLevels:
    reader, location = session.reader(), session.connection.location_id
    ids = [link.id for link in links if link.id is not None]
    try:
        return with_throttling(session, partial(reader.levels, location, ids))
    finally:
        session.record.calls.update(reader.record.calls)


def _judged(
    session: Session, linked: Sequence[tuple[PendingRow, Link]], sight: _Sight
) -> Iterator[Levels]:
    for row, link in linked:
        record = sight.records.get(row.product)
        online = sight.online.get(link.id) if link.id is not None else None
        if record is not None and not _has_levels(session, record, link):
            session.rows.clear([row])
        elif (
            record is None
            or online is None
            or record.version == NO_VERSION
            or record.version < link.stock_version
        ):
            # Missing on one side, or an older record than was used: neither proves anything.
            _look_later(session, row)
        else:
            session.orders.knows(row.product)
            yield _levels(session, row, link, record, online, sight)


def _has_levels(session: Session, record: Product, link: Link) -> bool:
    return bool(known_holders(record, link) and levels(record, session.settings))


def _look_later(session: Session, row: PendingRow) -> None:
    if session.now_ms() - arrived_ms(row.order) > LATE_MS:
        session.rows.clear([row])  # its next change in the POS says what it is
    else:
        look_later(session, row)


def _levels(
    session: Session,
    row: PendingRow,
    link: Link,
    record: Product,
    online: Mapping[StoreVariantId, int],
    sight: _Sight,
) -> Levels:
    first = LowLook(row.seen_stale_ms, row.done_version) if row.done_version >= 0 else None
    if first is not None and first.version != record.version:
        first = None
    noted = replace(
        row,
        # Every row of this lane is forced, so that a new order is looked at whatever it waits for.
        force=False,
        seen_stale_ms=first.at_ms if first else sight.ended_ms,
        done_version=record.version,
    )
    owed = web_units(record, accounts_of(session, row.product))
    link = as_of(link, sight.began_ms)
    work = WorkItem((noted,), record, link, web_units=owed).linked()
    seen = _by_holder(work, online)
    return levels_to_send(session, work, Look(seen, _may_raise(session, work, seen, first, sight)))


def _by_holder(work: LinkedItem, online: Mapping[StoreVariantId, int]) -> Seen:
    holders = known_holders(work.record, work.link)
    return {
        holder: (
            sum(online.values()) if holder is None else online.get(work.link.variants[holder].id, 0)
        )
        for holder in holders
    }


def _may_raise(
    session: Session, work: LinkedItem, seen: Seen, first: LowLook | None, sight: _Sight
) -> bool:
    wanted = levels(work.record, session.settings, work.web_units)
    looks = (
        Looked(
            online=seen[holder],
            level=level.level,
            version=work.record.version,
            at_ms=sight.began_ms,
            orders_read_ms=session.orders.read.read_ms,
        )
        for holder, level in wanted.items()
        if holder in seen
    )
    return any(after_look(look, first) is AfterLook.RAISE for look in looks)
