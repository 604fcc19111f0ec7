"""What a plan would change, field by field: asked for by people, made by reconcile, and what they say to it."""

from collections.abc import Iterable
from contextlib import suppress

from tillbridge.domain.errors import CannotAsk, RetryLater
from tillbridge.domain.exact_plan import (
    Exact,
    ExactState,
    can_be_compared,
    compared_by_itself,
    group_of,
)
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Person, Right
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.usecases.console.deps import ConsoleDeps


def ask_exact(deps: ConsoleDeps, person: Person, store: StoreId, plan_id: str) -> None:
    """Ask what a plan would change. Asked again while it is made, nothing happens; after it failed, or when whoever
    made it has died, it is made again. Raise CannotAsk with words for the person, and RetryLater."""
    plan, now_ms = deps.plans.get(store, plan_id), deps.clock.now_ms()
    if plan is None:
        raise CannotAsk("This plan is not there any more. Choose the products again.")
    if not person.may(Right.ACT, store):
        raise CannotAsk(
            "You may look at this store, and not ask for this. Ask somebody of its staff."
        )
    if not can_be_compared(plan):
        raise CannotAsk("This request changes nothing in BigCommerce: there is nothing to compare.")
    if plan.job or now_ms >= plan.until_ms:
        raise CannotAsk("This plan was carried out, or is too old. Plan again.")
    there = deps.exact.get(store, plan_id)
    if there is not None and there.state is not ExactState.FAILED and not there.silent(now_ms):
        return
    _ask(deps, plan, person.name)


def begin_exact(deps: ConsoleDeps, plan: RequestPlan) -> None:
    """Ask for it where a plan is compared without anybody asking. That this fails loses nothing: the plan's page has
    a button."""
    if compared_by_itself(plan):
        with suppress(RetryLater):
            _ask(deps, plan, plan.by)


def was_seen(deps: ConsoleDeps, plan: RequestPlan) -> bool:
    """Return whether every product of a plan was compared, so that a push may be held to what it named."""
    exact = deps.exact.get(plan.store, plan.id)
    return exact is not None and exact.state is ExactState.READY and not exact.uncounted


def _ask(deps: ConsoleDeps, plan: RequestPlan, by: str) -> None:
    # First the event: a note without one would be waited for in vain.
    deps.requests.plan_exactly(plan.store, plan.id, by)
    deps.exact.save(plan.store, Exact(plan.id, told_ms=deps.clock.now_ms()))


def held_by_plan(plan: RequestPlan, confirmed: Iterable[str]) -> frozenset[str]:
    """Return the products that a plan warns of and nobody said yes to. `confirmed`: the codes of what somebody did
    say yes to."""
    said = frozenset(confirmed)
    return frozenset(
        product
        for warned in plan.warned
        if warned.code not in said
        for product in (warned.ids or [each.id for each in warned.products])
    )


def held_by_losses(
    deps: ConsoleDeps, store: StoreId, exact: Exact | None, confirmed: Iterable[str]
) -> frozenset[str]:
    """Return the products that would lose what nobody said yes to."""
    said = frozenset(confirmed)
    if exact is None or all(group.code in said for group in exact.groups):
        return frozenset()
    return frozenset(
        each.id
        for each in deps.exact.products(store, exact)
        if any(group_of(loss) not in said for loss in each.losses)
    )
