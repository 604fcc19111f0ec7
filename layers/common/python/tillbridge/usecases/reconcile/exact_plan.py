"""The exact plan: both sides of a plan's products are read, and what a push would change is told before anybody
asks for it. It writes nothing but what the plan's page shows.

It is safe when it is asked for twice, at once, late, or after a kill: a page is written before the note that it was,
and what is ready stays, with what pushes ask of it. Messages of one plan may be taken in side by side."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.drift import differences
from tillbridge.domain.errors import NeedsAttention, OutOfTime, RetryLater
from tillbridge.domain.exact_plan import (
    A_PAGE,
    MOST,
    MOST_DIFFERENCES,
    Does,
    Exact,
    ExactProduct,
    ExactState,
    can_be_compared,
    guard_of,
    with_page,
)
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import Link
from tillbridge.domain.losses import Loss, losses, sent_values, worth
from tillbridge.domain.names import clean_name
from tillbridge.domain.product import NO_VERSION, Product
from tillbridge.domain.remembered.existing import linked_by_hand
from tillbridge.domain.request_plan import RequestPlan, pair_of
from tillbridge.domain.run import Request, Run
from tillbridge.domain.selection import Do
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.exact_plans import ExactPlans
from tillbridge.ports.request_plans import RequestPlans
from tillbridge.usecases.fence import Fault, is_fault, note
from tillbridge.usecases.looking.reading import shown
from tillbridge.usecases.reconcile.session import ReconcileDeps, Session

log = logging.getLogger(__name__)

_TOO_OLD = "This plan became too old while it was compared. Plan again."
_PAUSED = "This store is paused: nothing is asked of BigCommerce. Resume it, then try again."
_FAULT = "It was not compared, by a fault of Tillbridge's own: report the fault. A push goes on without it."
_NOT_IN_POS = "The POS has it no longer: a push leaves it as it is."
_NOT_ONLINE = "BigCommerce no longer lists it: a push tells whether it was deleted there."
_OLDER = "The POS shows an older version than was pushed: was a backup restored?"
_UNREADABLE = "BigCommerce shows it in a form that cannot be read."
_ODD_RECORD = "The POS's record cannot be read: only its stock would go."
_DELETED = "Deleted in the POS, and not online: there is nothing to push."


@dataclass(frozen=True, slots=True)
class ExactDeps:
    """What comparing for a plan needs: what reconcile reads with, the plans, and where it tells what it found."""

    reconcile: ReconcileDeps
    plans: RequestPlans
    exact: ExactPlans


@dataclass(frozen=True, slots=True)
class _Asked:
    """A product of a plan; `number`: of a plan of links, the product that it is to be linked to."""

    product: PosProductId
    number: StoreProductId | None = None


def make_exact(store: StoreId, plan_id: str, deps: ExactDeps) -> Exact | None:
    """Compare the products of a plan, for one slice at most. Return how far it is; None when there is no such plan,
    or nothing to compare. Whatever stands in the way is told on the plan. Raise RetryLater when the tables are
    busy."""
    plan = deps.plans.get(store, plan_id)
    connection = deps.reconcile.stores.find(store)
    if plan is None or connection is None or not can_be_compared(plan):
        log.warning("no such plan", extra={"store_id": store, "plan": plan_id})
        return None
    exact = deps.exact.get(store, plan_id) or Exact(plan_id)
    if exact.state is ExactState.READY:
        return exact
    if exact.state is ExactState.FAILED:
        exact = Exact(plan_id)  # somebody asked again
    now = deps.reconcile.clock.now_ms()
    if why := _hindered(connection, plan, now):
        return _failed(deps, store, exact, why)
    try:
        return _compare(connection, plan, exact, deps)
    except OutOfTime:
        return _goes_on(deps, store, plan)
    except Exception as trouble:  # the plan says why; nobody's message is lost by it
        if is_fault(trouble):
            note(Fault(trouble, "planning", store))
            return _failed(deps, store, exact, _FAULT)
        if not isinstance(trouble, RetryLater | NeedsAttention):
            raise
        return _failed(deps, store, exact, str(trouble))


def _hindered(connection: Connection, plan: RequestPlan, now_ms: int) -> str:
    if now_ms >= plan.until_ms:
        return _TOO_OLD
    if connection.state is StoreState.PAUSED:
        return _PAUSED
    return connection.attention_words if connection.state is StoreState.NEEDS_ATTENTION else ""


def _goes_on(deps: ExactDeps, store: StoreId, plan: RequestPlan) -> Exact | None:
    exact = deps.exact.get(store, plan.id) or Exact(plan.id)
    if deps.reconcile.clock.now_ms() >= plan.until_ms:
        return _failed(deps, store, exact, _TOO_OLD)
    deps.reconcile.queue.send(store, Request(plan=plan.id))
    return exact


def _failed(deps: ExactDeps, store: StoreId, exact: Exact, why: str) -> Exact:
    log.warning("plan is not compared", extra={"store_id": store, "why": why})
    now = deps.reconcile.clock.now_ms()
    failed = replace(exact, state=ExactState.FAILED, words=why, told_ms=now)
    deps.exact.save(store, failed)
    return failed


def _compare(connection: Connection, plan: RequestPlan, exact: Exact, deps: ExactDeps) -> Exact:
    store, session = connection.store, _session(connection, plan, deps)
    asked = [_asked(plan, each) for each in islice(deps.plans.ids(store, plan.id), MOST)]
    warned = {product for each in plan.warned for product in each.ids}
    exact = replace(
        exact, total=len(asked), uncounted=plan.total - len(asked), told_ms=session.now_ms()
    )
    going = deps.exact.save(store, exact)
    while going and exact.done < exact.total:
        session.need_time()
        page = _page(session, asked[exact.done : exact.done + A_PAGE])
        deps.exact.add_page(store, plan.id, exact.done // A_PAGE, page)
        exact = replace(with_page(exact, page, warned), told_ms=session.now_ms())
        going = deps.exact.save(store, exact)
    if going:
        # With what a push asks: whoever sees that the plan is ready may carry it out at once.
        exact = replace(exact, state=ExactState.READY, told_ms=session.now_ms())
        going = deps.exact.save(store, exact, guard_of(deps.exact.products(store, exact)))
    return exact if going else deps.exact.get(store, plan.id) or exact  # another was quicker


def _session(connection: Connection, plan: RequestPlan, deps: ExactDeps) -> Session:
    of = deps.reconcile
    # A plan that nobody may carry out any more is not worth a call.
    deadline = min(of.clock.now_ms() + of.slice_ms, plan.until_ms)
    return Session(
        connection=connection,
        deps=of,
        reader=of.open_reader(connection, deadline),
        pos=of.open_pos(connection, deadline),
        feed=of.open_feed(connection, deadline),
        run=Run(plan.id, plan.made_ms, dry_run=True),  # which is kept nowhere
        deadline_ms=deadline,
        accepted={},
    )


def _asked(plan: RequestPlan, kept: str) -> _Asked:
    if plan.do is not Do.LINK:
        return _Asked(PosProductId(kept))
    product, number = pair_of(kept)
    return _Asked(PosProductId(product), StoreProductId(number))


def _page(session: Session, asked: Sequence[_Asked]) -> list[ExactProduct]:
    session.looks_anew()
    products = [each.product for each in asked]
    links = session.links(products)
    numbers = {each.product: _number(each, links.get(each.product)) for each in asked}
    webs = shown(session.eyes, [number for number in numbers.values() if number is not None])
    records = session.records(products)

    def of(each: _Asked) -> ExactProduct:
        session.refuse_unread(each.product)
        link, number = links.get(each.product), numbers[each.product]
        web = webs.get(number) if number is not None else None
        return _product(session, each, link, records.get(each.product), web)

    return [_fenced(session, each, lambda each=each: of(each)) for each in asked]  # type: ignore[misc]  # mypy knows no such default


def _number(asked: _Asked, link: Link | None) -> StoreProductId | None:
    if asked.number is not None:
        return asked.number
    return link.id if link is not None and link.is_linked else None


def _fenced(session: Session, asked: _Asked, work: Callable[[], ExactProduct]) -> ExactProduct:
    try:
        return work()
    except Exception as error:  # whatever a bug raises concerns this product alone
        if not is_fault(error):
            raise
        note(Fault(error, "planning", session.store, asked.product))
        return ExactProduct(asked.product, asked.product, does=Does.ASIDE, words=_FAULT)


def _product(
    session: Session,
    asked: _Asked,
    link: Link | None,
    record: Product | None,
    web: WebProduct | None,
) -> ExactProduct:
    number = _number(asked, link)
    name = (clean_name(record.name) if record else "") or (link.name if link else "")
    bare = ExactProduct(asked.product, name or asked.product, str(number or ""))
    if words := _aside(link, number, record, web):
        return replace(bare, does=Does.ASIDE, words=words)
    if number is None or record is None or web is None:
        return replace(bare, does=Does.CREATES)
    if link is None or not link.is_linked:
        link = linked_by_hand(record, web)
    found = differences(record, link, web, session.settings, session.web_units(record), manual=True)
    lost = _losses(session, record, link, web)
    return replace(
        bare,
        does=Does.CHANGES if found else Does.SAME,
        words=_ODD_RECORD if record.unreadable else "",
        differences=found[:MOST_DIFFERENCES],
        changes=len(found),
        losses=lost,
    )


def _losses(session: Session, record: Product, link: Link, web: WebProduct) -> tuple[Loss, ...]:
    if record.unreadable or record.deleted:
        return ()
    return tuple(losses(sent_values(record, link, session.settings), worth(web, link)))


def _aside(
    link: Link | None, number: StoreProductId | None, record: Product | None, web: WebProduct | None
) -> str:
    """Return why it cannot be told what a push would change; '' where it can."""
    if record is None or record.version == NO_VERSION:
        return _NOT_IN_POS if record is None else _ODD_RECORD
    if number is None:
        return _DELETED if record.deleted else ""
    if web is None:
        return _NOT_ONLINE
    if web.unreadable:
        return _UNREADABLE
    if link is not None and link.is_linked and record.version < link.content_version:
        return _OLDER
    return ""
