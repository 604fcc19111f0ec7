"""The look lane: BigCommerce products for which a write may come late are looked at a minute after its
answer was lost, and again when it can come no more (docs/architecture.md, Late writes). Of those that
a webhook told to be deleted, only that is looked at.

What a look finds equal costs one call for 250 products. What two looks find different is pushed by
force, with the parts in doubt."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tillbridge.domain.errors import Refused, StoreDown
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.lanes import PRODUCT_LANES, Lane
from tillbridge.domain.link import Link, Part
from tillbridge.domain.looks import busy_again_ms, confirmed, next_look_ms, second_look_ms
from tillbridge.domain.pending import Change, PendingRow
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.doubts import doubted, found_right, to_compare
from tillbridge.domain.web_orders.accounts import NO_WEB_UNITS, web_units
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.store_reader import BATCH
from tillbridge.usecases.fence import Fault, is_fault, note
from tillbridge.usecases.looking.reading import Eyes, shown
from tillbridge.usecases.looking.verdict import Verdict, comparable, verdict
from tillbridge.usecases.pos_records import pos_records
from tillbridge.usecases.push.orders.open_lines import accounts_of
from tillbridge.usecases.push.outcomes.follow_ups import again
from tillbridge.usecases.push.outcomes.sending import blame_these
from tillbridge.usecases.push.outcomes.waiting import postpone
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.readable_links import readable_links

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Looked:
    """A row with its product's link as stored, and what both sides show."""

    row: PendingRow
    link: Link
    record: Product | None
    web: WebProduct | None
    busy: bool


def look(session: Session) -> bool:
    """Look at the products of the lane that are due, 250 at most. Return whether any were."""
    if not session.rows.wait(Lane.LOOK):
        return False
    rows = session.rows.due(Lane.LOOK, BATCH)
    if not rows:
        return False
    began_ms = session.now_ms()
    early = [row for row in rows if began_ms < (next_look_ms(row.version, row.version) or 0)]
    for row in early:
        _look_next(session, row, began_ms)
    ready = [row for row in rows if row not in early]
    links, unread = _links(session, ready)
    for row in ready:
        if _number(row) in unread:
            postpone(session, [row], busy_again_ms(row.version, began_ms))
    ready = [row for row in ready if _number(row) not in unread]
    session.rows.clear(row for row in ready if _number(row) not in links)
    linked = [row for row in ready if _number(row) in links]
    try:
        looked = list(_looked(session, linked, links))
    except (Refused, StoreDown) as trouble:
        # No value of ours is in a list of numbers: it may be taken another time.
        if isinstance(trouble, StoreDown):
            blame_these(session, trouble)
        log.warning("the store shows nothing to a look", extra={"why": str(trouble)})
        for row in linked:
            postpone(session, [row], busy_again_ms(row.version, began_ms))
        return True
    for each in looked:
        _judge_fenced(session, each, began_ms)
    return True


def _judge_fenced(session: Session, looked: _Looked, began_ms: int) -> None:
    try:
        _judge(session, looked, began_ms)
    except Exception as error:  # a bug in the look at one product must not end those at the others
        if not is_fault(error):
            raise
        note(Fault(error, "looking", session.store, looked.link.product))
        postpone(session, [looked.row], busy_again_ms(looked.row.version, began_ms))


def _number(row: PendingRow) -> StoreProductId:
    return StoreProductId(int(row.product))


def _links(
    session: Session, rows: Sequence[PendingRow]
) -> tuple[Mapping[StoreProductId, Link], set[StoreProductId]]:
    """Return the links, and the products whose link cannot be read."""
    deps = session.deps
    holders = deps.links.holders(session.store, [_number(row) for row in rows])
    links, unread = readable_links(deps.links, session.store, list(holders.values()))
    found = {n: links[p] for n, p in holders.items() if p in links and links[p].id == n}
    return found, {number for number, product in holders.items() if product in unread}


def _looked(
    session: Session, rows: Sequence[PendingRow], links: Mapping[StoreProductId, Link]
) -> Iterator[_Looked]:
    if not rows:
        return
    reader, location = session.reader(), session.connection.location_id
    eyes = Eyes(reader, partial(with_throttling, session), location)
    products = [links[_number(row)].product for row in rows]
    try:
        webs = shown(eyes, [_number(row) for row in rows])
    finally:
        session.record.calls.update(reader.record.calls)
    records, _ = pos_records(session.pos, products, session.need_time)
    busy = _busy(session, products)
    for row in rows:
        number = _number(row)
        link = links[number]
        product = link.product
        yield _Looked(row, link, records.get(product), webs.get(number), product in busy)


def _busy(session: Session, products: Sequence[PosProductId]) -> set[PosProductId]:
    return {row.product for row in session.rows.of(PRODUCT_LANES, products)}


def _judge(session: Session, looked: _Looked, began_ms: int) -> None:
    row, link = looked.row, looked.link
    if looked.busy:
        # Its own work will write it; it is looked at after that.
        postpone(session, [row], busy_again_ms(row.version, began_ms))
        return
    found = Verdict.OLDER
    if comparable(link, looked.record):
        owed = accounts_of(session, link.product)
        sold = web_units(looked.record, owed) if looked.record else NO_WEB_UNITS
        found = verdict(to_compare(link), looked.record, looked.web, session.settings, sold)
    if found is Verdict.OURS and not link.doubts:
        # No write of ours may come late: others changed it, which is for reconcile to find.
        session.rows.clear([row])
        return
    if found is Verdict.EQUAL and Part.IMAGES in link.doubts and _is_last(row, began_ms):
        found = Verdict.OURS  # images are not compared: the push looks at them
    elif found in (Verdict.OURS, Verdict.MISSING) and not confirmed(row.seen_stale_ms, began_ms):
        first = replace(row, seen_stale_ms=row.seen_stale_ms or began_ms)
        postpone(session, [first], second_look_ms(first.seen_stale_ms))
        return
    if found is Verdict.EQUAL:
        right = found_right(link, began_ms)
        if right != link:
            session.deps.links.note_doubts(session.store, right)
    elif found in (Verdict.OURS, Verdict.MISSING):
        # Open again: what is there is not what was sent last.
        wrong = doubted(link, link.doubts, since_ms=began_ms)
        session.deps.links.note_doubts(session.store, wrong)
        session.rows.mark(_rewrite(session, link))
    _look_next(session, replace(row, seen_stale_ms=0), began_ms)


def _is_last(row: PendingRow, began_ms: int) -> bool:
    return next_look_ms(row.version, began_ms) is None


def _look_next(session: Session, row: PendingRow, began_ms: int) -> None:
    at = next_look_ms(row.version, began_ms)
    if at is None:
        session.rows.clear([row])
    else:
        postpone(session, [row], at)


def _rewrite(session: Session, link: Link) -> Iterable[Change]:
    yield again(session, link.product, Lane.CONTENT)
    if Part.STOCK in link.doubts:
        yield again(session, link.product, Lane.STOCK)
