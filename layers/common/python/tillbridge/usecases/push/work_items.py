"""From pending rows to work items: each product's rows, newest POS record and link."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count

from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import CONTENT_LANES
from tillbridge.domain.link import Link, Part
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.product import NO_VERSION, Product
from tillbridge.domain.remembered.doubts import CONTENT_PARTS, STOCK_PARTS, believed, doubted
from tillbridge.domain.validation import problems
from tillbridge.domain.view_rows import pos_row
from tillbridge.domain.waiting import MOST_ATTEMPTS, stale_again_ms, waited_long_enough
from tillbridge.usecases.pos_records import pos_records
from tillbridge.usecases.push.due import between_pages
from tillbridge.usecases.push.missing_images import waits_for_images
from tillbridge.usecases.push.outcomes import postpone, refuse, try_again
from tillbridge.usecases.push.session import Session
from tillbridge.usecases.views import put_views

log = logging.getLogger(__name__)


def read_work_items(session: Session, rows: Sequence[PendingRow]) -> list[WorkItem]:
    """Return a work item per product, in the order of the rows. Postpone rows whose POS record is
    older than announced; clear rows of products that neither side knows. Raise OutOfTime, and
    whatever the POS raises; between two reads let stock go, and raise Interrupted for people's
    work."""
    grouped: dict[PosProductId, list[PendingRow]] = {}
    for row in rows:
        grouped.setdefault(row.product, []).append(row)
    records, refused = _read(session, list(grouped))
    links = session.deps.links.get(session.store, list(grouped))
    work_items: list[WorkItem] = []
    gone: list[PendingRow] = []
    for product, its_rows in grouped.items():
        link = links.get(product)
        record = _dated(records.get(product), its_rows, link)
        if product in refused:
            _refused_by_pos(session, its_rows, link)
            continue
        if _stale(session, its_rows, record):
            continue
        link = _believed(session, its_rows, link)
        work = WorkItem(
            tuple(its_rows),
            record or _tombstone(its_rows, link),
            link,
            tries_images=any(row.force for row in its_rows),
        )
        if record is not None or link is not None:
            work_items.append(work)
        elif work.manual:
            refuse(session, work, problem_of(ProblemCode.NOT_IN_POS, product=product))
        else:
            gone.extend(its_rows)
    if gone:
        log.info("products the POS does not know", extra={"products": len(gone)})
        session.deps.pending.clear(gone)
    return work_items


def _dated(record: Product | None, rows: Sequence[PendingRow], link: Link | None) -> Product | None:
    """Return a record that says no version as the newest that anybody knows of, so that its failure
    shows at once, and goes when a newer version can be read."""
    if record is None or record.version != NO_VERSION:
        return record
    known = [row.version for row in rows]
    if link is not None:
        known += [link.content_version, link.stock_version]
    return replace(record, version=max(known))


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
    now = session.now_ms()
    return believed(doubted(link, parts, since_ms=now, late_until_ms=now))


def _refused_by_pos(session: Session, rows: Sequence[PendingRow], link: Link | None) -> None:
    # Refused at once when a person pushed it; tried again when an event named it. Either way it holds
    # up no other product.
    version = max(row.version for row in rows)
    record = Product(id=rows[0].product, version=version, name="", unreadable="its id")
    work = WorkItem(tuple(rows), record, link)
    if link is None and not work.manual:
        session.deps.pending.clear(rows)  # no person asked for it, and no link can show a reason
    elif work.manual or max(row.attempts for row in rows) + 1 >= MOST_ATTEMPTS:
        unknown = problem_of(ProblemCode.NOT_IN_POS, product=work.product)
        refuse(session, work, problems(record)[0] if link else unknown)
    else:
        try_again(session, [work], "the POS refuses its id")


def _tombstone(rows: Sequence[PendingRow], link: Link | None) -> Product:
    # Not older than what was pushed: a product the POS no longer has is hidden like a deleted one.
    versions = [row.version for row in rows] + ([link.content_version] if link else [])
    return Product(id=rows[0].product, version=max(versions), name="", deleted=True)


def with_other_lanes(session: Session, rows: Sequence[PendingRow]) -> list[PendingRow]:
    """Return the rows, and those of the same products in the other content lanes: one push covers
    them all."""
    if not rows:
        return []
    products = [row.product for row in rows]
    others = [lane for lane in CONTENT_LANES if lane is not rows[0].lane]
    found = [
        row for lane in others for row in session.deps.pending.of(session.store, lane, products)
    ]
    now = session.now_ms()
    return [*rows, *(row for row in found if not waits_for_images(row, now))]


def read_back(session: Session, products: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
    """Return the POS's records, and refresh the read model with them."""
    records, _ = _read(session, products)
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
    # Of a record that cannot be read, the list keeps what it showed.
    readable = [record for record in records.values() if not record.unreadable]
    row_of = partial(pos_row, settings=session.settings)
    put_views(session.deps.read_model, session.store, readable, row_of)
    return records, refused


def _stale(session: Session, rows: list[PendingRow], record: Product | None) -> bool:
    # When the POS does not show an announced version within 15 minutes, that is logged and the
    # version it does show is pushed (docs/architecture.md, What a push decides).
    announced = max((row.version for row in rows if row.version or not row.force), default=-1)
    shown = -1 if record is None else record.version
    if shown >= announced:
        return False
    now = session.now_ms()
    late = [row for row in rows if row.version > shown]
    if all(waited_long_enough(row.seen_stale_ms, now) for row in late):
        log.warning(
            "the POS never showed the announced version",
            extra={"store_id": session.store, "product_id": rows[0].product},
        )
        return False
    since = min((row.seen_stale_ms for row in rows if row.seen_stale_ms), default=now)
    postpone(
        session,
        [replace(row, seen_stale_ms=since) for row in rows],
        stale_again_ms(since, now),
    )
    return True
