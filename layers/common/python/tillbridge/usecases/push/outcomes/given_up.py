"""Work that is given up: the reason is written on its link for people to read, then its rows go."""

import logging

from tillbridge.domain.errors import Problem
from tillbridge.domain.lanes import CONTENT_LANES, Lane
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.remembered.failed import after_refusal
from tillbridge.domain.stock_levels import level_waits
from tillbridge.domain.what_goes_on import with_what_goes_on
from tillbridge.usecases.push.outcomes.follow_ups import follow_up, release
from tillbridge.usecases.push.outcomes.written import finish
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)


def refuse(session: Session, work: WorkItem, problem: Problem, *, broken: bool = False) -> None:
    """Give up on this version of a product's content: write the reason on its link for people to
    read, then clear its rows. Its stock goes on. `broken`: the product was deleted in
    BigCommerce."""
    if not broken:
        _let_stock_go_on(session, work)
        problem = with_what_goes_on(problem, work, session.settings)
    give_up(session, work, problem, broken=broken)


def give_up(session: Session, work: WorkItem, problem: Problem, *, broken: bool = False) -> None:
    """Give up on this version of a product, stock included: write the reason on its link, then clear
    its rows. `broken`: the product was deleted in BigCommerce."""
    link = after_refusal(work.link, work.record, problem, gone=broken)
    counted = _counted(work)
    session.deps.links.failed(session.store, session.with_late(link, sent=False))
    log.info(
        "product refused",
        extra={"store_id": session.store, "product_id": work.product, "code": problem.code},
    )
    session.history.refused(work, problem, broken=broken)
    if broken:
        release(session, work.product)
    finish(session, [work], wrote=False)
    if not counted:
        session.count(failed=1)


def _counted(work: WorkItem) -> bool:
    # A product whose stock is refused after its content has failed once, not twice.
    content = work.rows[0].lane in CONTENT_LANES
    return not content and work.link is not None and work.link.refused(work.record.version)


def _let_stock_go_on(session: Session, work: WorkItem) -> None:
    # What ends the content of a change must not end its stock: nothing else would send it.
    link, record = work.link, work.record
    if link is None or not link.is_linked or record.deleted:
        return
    if record.version >= link.stock_version and level_waits(
        record, link, session.settings, work.web_units
    ):
        session.rows.mark([follow_up(session, work, Lane.AFTER, force=work.manual)])
