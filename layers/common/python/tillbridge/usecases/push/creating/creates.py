"""Creates: the link row first (it is the intent), then one POST, then the ids."""

from collections.abc import Iterator, Sequence
from functools import partial

from tillbridge.domain.errors import Conflict, Problem, StoreDown
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.names import clean_name
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.problem_meaning import Case
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.remembered.created import before_create
from tillbridge.usecases.push.creating.fenced_prepare import index_if_any, prepared
from tillbridge.usecases.push.creating.lost_reply import may_post_again
from tillbridge.usecases.push.creating.post import post
from tillbridge.usecases.push.creating.prepare import (
    Categories,
    taken_already,
)
from tillbridge.usecases.push.outcomes.fenced import fence_one
from tillbridge.usecases.push.outcomes.fenced_plan import fence_task
from tillbridge.usecases.push.outcomes.given_up import refuse
from tillbridge.usecases.push.outcomes.sending import blame_these
from tillbridge.usecases.push.outcomes.tombstones import gave_up
from tillbridge.usecases.push.outcomes.waiting import postpone, try_again
from tillbridge.usecases.push.slice.brands import new_brands
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.flight import Task
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.slice.store_index import MANY_CREATES, StoreIndex


def create_tasks(session: Session, work_items: Sequence[WorkItem]) -> Iterator[Task]:
    """Yield one task per product. Two that bring the same new brand are never in flight together."""
    if not work_items:
        return
    index = index_if_any(session) if len(work_items) > MANY_CREATES else None
    ready, categories = prepared(session, work_items)
    for work in ready:
        found: list[frozenset[str]] = []
        brand = partial(new_brands, session, [work.record.brand])
        fence_one(session, work, lambda: found.append(brand()), doing="creating")  # noqa: B023 - run at once
        for touches in found:
            run = partial(_create, session, work, categories, index)
            yield fence_task(session, work, run, doing="creating", touches=touches)


def _create(
    session: Session, work: WorkItem, categories: Categories, index: StoreIndex | None
) -> None:
    try:
        _look_and_post(session, work, categories, index)
    except StoreDown as trouble:
        blame_these(session, trouble)
        try_again(session, [work], str(trouble))


def _look_and_post(
    session: Session, work: WorkItem, categories: Categories, index: StoreIndex | None
) -> None:
    link = work.link
    if link is not None and link.status is LinkStatus.CREATING:
        if not may_post_again(session, work, link):
            return
    elif (problem := _taken(session, work, index)) is not None:
        refuse(session, work, problem)
        return
    elif (number := _shows_again(session, link)) is not None:
        refuse(session, work, _back(work, number), broken=True)
        return
    else:
        session.need_time()
        try:
            session.deps.links.begin(session.store, _intent(session, work))
        except Conflict:
            # A link or an import of the same product is under way: wait for its result.
            postpone(session, work.rows, session.now_ms() + 5_000)
            return
    post(session, work, categories, index)


def _taken(session: Session, work: WorkItem, index: StoreIndex | None) -> Problem | None:
    if index is None:
        return None
    problem = taken_already(session, work, index)
    if problem is not None and gave_up(session, work, problem):
        return None  # another holder, if there is one, is found by the POST
    return problem


def _shows_again(session: Session, link: Link | None) -> StoreProductId | None:
    """Return the id of the product whose link was broken, when BigCommerce lists it after all: it
    must not be made a second time."""
    if link is None or link.status is not LinkStatus.BROKEN or link.id is None:
        return None
    return link.id if with_throttling(session, partial(session.api.is_listed, link.id)) else None


def _back(work: WorkItem, number: StoreProductId) -> Problem:
    name = clean_name(work.record.name)
    return problem_of(
        ProblemCode.DELETED_ONLINE, Case.BACK, name=name, product=work.product, number=number
    )


def _intent(session: Session, work: WorkItem) -> Link:
    return before_create(
        work.record,
        work.link,
        session.settings,
        highest_id=session.highest_id or 0,
        now_ms=session.now_ms(),
    )
