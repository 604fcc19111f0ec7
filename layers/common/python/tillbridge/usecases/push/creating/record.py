"""Record a create: the link with its ids, and the rows of the work that follows."""

import logging

from tillbridge.domain.errors import Conflict
from tillbridge.domain.history.fields_sent import values_sent
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.remembered.created import after_create, after_lost_create
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.push.outcomes.follow_ups import follow_up, forget_block, release
from tillbridge.usecases.push.outcomes.waiting import try_again
from tillbridge.usecases.push.outcomes.written import finish
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)


def record_created(
    session: Session,
    work: WorkItem,
    product: WebProduct,
    *,
    with_images: bool = True,
    intent: Link | None = None,
) -> None:
    """Link a created product; `intent` is the link from before a lost POST. Try again later when
    somebody linked the product meanwhile."""
    record, settings, deps = work.record, session.settings, session.deps
    if intent is None:
        link = after_create(record, product, settings, work.link, with_images=with_images)
    else:
        link = after_lost_create(record, product, settings, work.link, intent)
    session.rows.mark([follow_up(session, work, Lane.AFTER)])
    if intent is not None or (not with_images and record.images):
        session.rows.mark([follow_up(session, work, Lane.CONTENT, force=True)])
    if work.link is not None:
        # It was refused or deleted before: the products it blocked then may go now.
        release(session, work.product)
    try:
        deps.links.linked(session.store, link)
    except Conflict as conflict:
        log.warning("link taken", extra={"product_id": work.product, "why": str(conflict)})
        try_again(session, [work], "another product was linked to it first")
        return
    forget_block(session, work.link)
    session.views.saw_online([product])
    if work.of_stock_alone:
        session.views.saw_content(record)
    session.views.sent(work.product, values_sent(record, None, settings, creating=True), moved=True)
    session.history.pushed(work, settings, made=product.id)
    finish(session, [work])
    session.count_created(product.id, record.brand)
