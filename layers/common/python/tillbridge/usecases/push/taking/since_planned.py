"""A push that somebody planned exactly: what would now be lost, and the plan did not name, is left aside for a person
to see. The store was read for the push anyway; only rows that carry a plan ask for what it named."""

from collections.abc import Mapping, Sequence

from tillbridge.domain.errors import Problem
from tillbridge.domain.exact_plan import Guard
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.losses import Loss, losses, sent_values, worth
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.push.outcomes.fenced_plan import fence_refusals
from tillbridge.usecases.push.slice.session import Session


def as_planned(
    session: Session, work_items: Sequence[WorkItem], webs: Mapping[StoreProductId, WebProduct]
) -> list[WorkItem]:
    """Return the work items without those that would lose something their plan did not name. Raise RetryLater when
    the tables are busy."""
    plans = {plan for work in work_items if (plan := _plan_of(work))}
    if not plans:
        return list(work_items)
    named = session.named_by(plans)
    lost = {
        work.product: found
        for work in work_items
        if (guard := named.get(_plan_of(work))) is not None
        and (found := _unnamed(session, work, webs, guard)) is not None
    }
    aside = [work for work in work_items if work.product in lost]
    fence_refusals(session, [(work, _told(lost[work.product])) for work in aside])
    return [work for work in work_items if work.product not in lost]


def _told(loss: Loss) -> Problem:
    return problem_of(
        ProblemCode.CHANGED_SINCE_PLANNED,
        what=loss.field,
        old=loss.old[:60],
        new=loss.new or "nothing",
    )


def _plan_of(work: WorkItem) -> str:
    return next((row.plan for row in work.rows if row.plan), "")


def _unnamed(
    session: Session,
    work: WorkItem,
    webs: Mapping[StoreProductId, WebProduct],
    guard: Guard,
) -> Loss | None:
    link, record = work.link, work.record
    web = webs.get(link.id) if link is not None and link.id is not None else None
    if link is None or web is None or web.unreadable or record.deleted or record.unreadable:
        return None
    said = guard.get(work.product, frozenset())
    found = losses(sent_values(record, link, session.settings), worth(web, link))
    return next((each for each in found if said.isdisjoint({each.place, each.wire})), None)
