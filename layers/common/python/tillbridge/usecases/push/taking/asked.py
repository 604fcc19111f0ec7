"""What a person's push does not believe: the store is read, and what differs in shape or pictures from
what the link says is put right. Content, visibility and levels are sent whatever they are; what they are
about to replace is kept first, for who takes the push back.

It costs one read for 250 products, then the calls for what was wrong."""

import logging
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import partial

from tillbridge.domain.before_push import Before
from tillbridge.domain.errors import Refused, StoreDown
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import Link, Part
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.doubts import believed, doubted
from tillbridge.domain.undoing import about_to_replace
from tillbridge.domain.variants import by_shape, shape
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.looking.reading import Eyes, shown
from tillbridge.usecases.push.outcomes.sending import blame_these
from tillbridge.usecases.push.outcomes.waiting import attempts_of, try_again
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.taking.since_planned import as_planned

log = logging.getLogger(__name__)


def as_seen(session: Session, work_items: Sequence[WorkItem]) -> list[WorkItem]:
    """Return the work items; the links of those that a person pushed doubt what the store shows
    otherwise, and what a request of theirs is about to replace is kept. When it keeps showing nothing though it
    answers, those wait once, and then go unread, with nothing kept of them. Raise OutOfTime, whatever else reading
    the store raises, and RetryLater: nothing goes that could not be taken back."""
    asked = {
        work.link.id: work.link
        for work in work_items
        if work.manual and work.link is not None and work.link.is_linked and work.link.id
    }
    if not asked:
        return list(work_items)
    reader = session.reader()
    eyes = Eyes(reader, partial(with_throttling, session), session.connection.location_id)
    try:
        webs = shown(eyes, list(asked), with_images=True)
    except Refused as refusal:
        log.warning("the store refuses to be read", extra={"why": str(refusal)})
        return list(work_items)  # what was asked for goes all the same
    except StoreDown as trouble:
        blame_these(session, trouble)
        return _unread(session, work_items, asked, trouble)
    finally:
        session.record.calls.update(reader.record.calls)
    seen = [
        _as_seen(work, webs.get(work.link.id), session.now_ms())
        if work.link and work.link.id
        else work
        for work in as_planned(session, work_items, webs)
    ]
    _keep_before(session, seen, webs)
    return seen


def _keep_before(
    session: Session, work_items: Sequence[WorkItem], webs: Mapping[StoreProductId, WebProduct]
) -> None:
    by_job: dict[str, dict[PosProductId, Before]] = {}
    for work in work_items:
        if not work.is_asked or work.link is None or work.link.id is None:
            continue
        web = webs.get(work.link.id)
        if web is None or web.unreadable or work.record.deleted or not work.link.is_linked:
            continue  # one that the POS deleted is hidden, and has no values to come back for
        before = about_to_replace(work.record, work.link, web, session.settings, session.now_ms())
        if before is not None:
            for job in {row.job for row in work.rows if row.job}:
                by_job.setdefault(job, {})[work.product] = before
    for job, befores in by_job.items():
        session.deps.befores.keep(session.store, job, befores)


def _unread(
    session: Session,
    work_items: Sequence[WorkItem],
    asked: Container[StoreProductId | None],
    trouble: StoreDown,
) -> list[WorkItem]:
    wait = [
        work
        for work in work_items
        if work.link is not None and work.link.id in asked and attempts_of(work) == 0
    ]
    try_again(session, wait, str(trouble))
    waiting = {work.product for work in wait}
    return [work for work in work_items if work.product not in waiting]


def _as_seen(work: WorkItem, web: WebProduct | None, now_ms: int) -> WorkItem:
    if web is None or web.unreadable or work.link is None or work.record.deleted:
        return work  # missing: the push finds out what became of it
    parts = [part for part, wrong in _wrong(work.record, work.link, web).items() if wrong]
    return (
        replace(work, link=believed(doubted(work.link, parts, since_ms=now_ms))) if parts else work
    )


def _wrong(record: Product, link: Link, web: WebProduct) -> dict[Part, bool]:
    there = {variant.id for variant in web.variants}
    known = {variant.id for variant in link.variants.values()}
    shapes = {shape(variant.options) for variant in web.variants}
    images = set(web.image_ids)
    return {
        Part.SHAPE: record.knows("variants")
        and (there != known or shapes != set(by_shape(record))),
        Part.IMAGES: any(sent.id not in images for sent in link.images if sent.id is not None),
    }
