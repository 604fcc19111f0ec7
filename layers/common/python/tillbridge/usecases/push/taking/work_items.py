"""From pending rows to work items: each product's rows, newest POS record and link."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import CONTENT_LANES
from tillbridge.domain.link import Link, Part
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.doubts import (
    CONTENT_PARTS,
    STOCK_PARTS,
    as_of,
    believed,
    doubted,
)
from tillbridge.domain.validation import problems
from tillbridge.domain.waiting import MOST_ATTEMPTS
from tillbridge.domain.web_orders.accounts import web_units
from tillbridge.usecases.pos_records import pos_records
from tillbridge.usecases.push.orders.open_lines import accounts_of
from tillbridge.usecases.push.outcomes.given_up import refuse
from tillbridge.usecases.push.outcomes.waiting import try_again
from tillbridge.usecases.push.slice.due import between_pages
from tillbridge.usecases.push.slice.lost_answers import may_come_late
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.taking.pos_look import look
from tillbridge.usecases.push.taking.went_back import went_back

log = logging.getLogger(__name__)


def read_work_items(session: Session, rows: Sequence[PendingRow]) -> list[WorkItem]:
    """Return a work item per product that has something to do now, in the order of the rows. Rows
    whose version, or whose product, the POS does not show yet are postponed; those of products that
    neither side knows are cleared. Raise OutOfTime, and whatever the POS raises; between two reads let
    stock go, and raise Interrupted for people's work."""
    grouped: dict[PosProductId, list[PendingRow]] = {}
    for row in rows:
        grouped.setdefault(row.product, []).append(row)
    known = {
        product: record
        for product, its_rows in grouped.items()
        if (record := session.read.get(product)) is not None and _still_right(record, its_rows)
    }
    records, refused = _read(session, [product for product in grouped if product not in known])
    records = {**known, **records}
    links = session.deps.links.get(session.store, list(grouped))
    seen: list[WorkItem] = []
    for product, its_rows in grouped.items():
        link, record = links.get(product), records.get(product)
        if record is not None:
            session.views.saw(record, web_units(record, accounts_of(session, product)))
            if not all(row.of_stock_alone for row in its_rows):
                session.views.saw_content(record)
        if product in refused:
            _refused_by_pos(session, its_rows, link)
            continue
        work = look(session, its_rows, record, link)
        if work is not None:
            link = _believed(session, work.rows, work.link)
            tries_images = any(row.force for row in work.rows)
            sold = web_units(work.record, accounts_of(session, product))
            seen.append(replace(work, link=link, tries_images=tries_images, web_units=sold))
    return _known(session, went_back(session, seen))


def _still_right(record: Product, rows: Sequence[PendingRow]) -> bool:
    # An event says that its product has at least a version, and this record has it: what is newer has
    # an event of its own. A person's push names no version, and means what the POS shows now.
    return all(
        0 < row.version <= record.version
        and not row.force
        and row.attempts == row.not_before_ms == 0
        for row in rows
    )


def _known(session: Session, work_items: Sequence[WorkItem]) -> list[WorkItem]:
    known: list[WorkItem] = []
    gone: list[PendingRow] = []
    for work in work_items:
        if work.link is not None or not work.absent:
            known.append(work)
        elif work.manual:
            refuse(session, work, problem_of(ProblemCode.NOT_IN_POS, product=work.product))
        else:
            gone.extend(work.rows)
    if session.late_until_ms and session.unsure:
        linked = [work.link for work in work_items if work.link is not None]
        may_come_late(session, linked, session.killed_ms)
    if gone:
        log.info("products the POS does not know", extra={"products": len(gone)})
        session.rows.clear(gone)
    return known


def _believed(session: Session, rows: Sequence[PendingRow], link: Link | None) -> Link | None:
    # A lane's rows tell only of what that lane sends. A person who pushes may see a product hidden
    # that should be shown.
    if link is None:
        return None
    parts: set[Part] = set()
    if session.unsure or any(row.unsure for row in rows):
        parts.update(CONTENT_PARTS if rows[0].lane in CONTENT_LANES else STOCK_PARTS)
    if any(row.manual and row.lane in CONTENT_LANES for row in rows):
        parts.add(Part.VISIBILITY)
    now, late_until = session.now_ms(), session.late_until_ms if session.unsure else 0
    if late_until:  # what was under way when that slice was killed may come late
        parts.update(part for part, doubt in link.doubts.items() if doubt.is_open)
        parts.update([Part.IMAGES] if link.images_seen is not None else [])
    return believed(doubted(as_of(link, now), parts, since_ms=now, late_until_ms=late_until))


def _refused_by_pos(session: Session, rows: Sequence[PendingRow], link: Link | None) -> None:
    # Refused at once when a person pushed it; tried again when an event named it. Either way it holds
    # up no other product.
    version = max(row.version for row in rows)
    record = Product(id=rows[0].product, version=version, name="", unreadable="its id")
    work = WorkItem(tuple(rows), record, link)
    if link is None and not work.manual:
        session.rows.clear(rows)  # no person asked for it, and no link can show a reason
    elif work.manual or max(row.attempts for row in rows) + 1 >= MOST_ATTEMPTS:
        unknown = problem_of(ProblemCode.NOT_IN_POS, product=work.product)
        refuse(session, work, problems(record)[0] if link else unknown)
    else:
        try_again(session, [work], "the POS refuses its id")


def with_other_lanes(session: Session, rows: Sequence[PendingRow]) -> list[PendingRow]:
    """Return the rows, and those of the same products in the other content lanes: one push covers
    them all. Where a person's push came in that way, leave out what waiting requests name."""
    if not rows:
        return []
    others = [lane for lane in CONTENT_LANES if lane is not rows[0].lane]
    found = session.rows.of(others, [row.product for row in rows])
    left = session.requests_name() if any(row.manual for row in found) else ()
    return [row for row in (*rows, *found) if row.product not in left]


def read_back(session: Session, products: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
    """Return the POS's records; the views show them, too."""
    records, _ = _read(session, products)
    for record in records.values():
        session.views.saw(record, web_units(record, accounts_of(session, record.id)))
    return records


def _read(
    session: Session, products: Sequence[PosProductId]
) -> tuple[Mapping[PosProductId, Product], set[PosProductId]]:
    pages = count()

    def before_each() -> None:
        if next(pages):  # before the first, the turn has just looked at the other lanes
            between_pages(session)

    records, refused = pos_records(session.pos, products, before_each)
    if refused:
        log.warning("the POS refuses these ids", extra={"product_ids": sorted(refused)})
    readable = {id_: record for id_, record in records.items() if not record.unreadable}
    session.remember_read(readable)
    return records, refused
