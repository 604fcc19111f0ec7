"""The plan of a request: what it would do, before anybody asks for it."""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from tillbridge.domain.errors import CannotAsk, RetryLater
from tillbridge.domain.exact_plan import can_be_compared
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.jobs import Job
from tillbridge.domain.link_requests import FIRST_PUSH, UndoOf
from tillbridge.domain.new_id import RANDOM_BITS, new_id
from tillbridge.domain.people import MOST_OF_STAFF, Person, Right
from tillbridge.domain.request_plan import RequestPlan, of_pair, pair_of, product_of, undo_of
from tillbridge.domain.selection import Do, Question, Selection
from tillbridge.ports.requests import Undone
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.exact_plan import ask_exact, begin_exact, was_seen
from tillbridge.usecases.console.planning import Planned, planned

MOST = 200_000
"""Products that one request may name."""

_ASKED = frozenset({Do.PUSH, Do.RETRY, Do.IMPORT, Do.LINK, Do.UNLINK})


def plan_request(
    deps: ConsoleDeps,
    person: Person,
    store: StoreId,
    do: Do,
    selection: Selection,
    *,
    pairs: tuple[tuple[str, int], ...] = (),
    notes: tuple[str, ...] = (),
) -> RequestPlan:
    """Return a new plan, kept for a day. `pairs`: of `Do.LINK`, which POS product with which number; `notes`: what
    else people should know. An undo has a plan of its own (`plan_undo`). Raise
    CannotAsk, with words for the person, for what cannot be asked (nothing chosen, too many for staff). For 200
    products it costs five requests that read, at most. `Do.LOOK` is answered by the plan of a push for which both
    sides are read at once: it tells what differs, and nothing is written."""
    if do is Do.LOOK:
        plan = plan_request(deps, person, store, Do.PUSH, selection)
        if can_be_compared(plan):
            with suppress(RetryLater):  # the plan's page has a button
                ask_exact(deps, person, store, plan.id)
        return plan
    if do not in _ASKED:
        raise CannotAsk(
            "This cannot be asked for here. What a push replaced is taken back on the page of its job,"
            " or of its product."
        )
    ids = [product for product, _ in pairs] if do is Do.LINK else _chosen(deps, store, selection)
    check(person, store, len(ids))
    found = planned(deps, store, do, selection.side, list(dict.fromkeys(ids)), dict(pairs))
    found.notes += notes
    return keep(deps, person, store, do, selection, found, _kept(do, found, dict(pairs)))


def keep(
    deps: ConsoleDeps,
    person: Person,
    store: StoreId,
    do: Do,
    selection: Selection,
    found: Planned,
    kept: Sequence[str],
    undoes: UndoOf = FIRST_PUSH,
) -> RequestPlan:
    """Keep a new plan of what was found, and the ids of what goes, and return it."""
    now_ms = deps.clock.now_ms()
    plan = RequestPlan(
        id=new_id(now_ms, secrets.randbits(RANDOM_BITS)),
        store=store,
        do=do,
        selection=replace(selection, ids=selection.ids[:MOST_OF_STAFF]),
        by=person.name,
        made_ms=now_ms,
        creates=found.creates,
        updates=found.updates,
        left_out_count=len(found.left_out),
        left_out=tuple(found.left_out[:SHOWN]),
        warned=tuple(found.warned()),
        notes=tuple(found.notes),
        first=tuple(found.first),
        calls=found.calls,
        seconds=found.seconds,
        undoes=undoes.job,
        fields=undoes.fields,
    )
    deps.plans.keep(plan, kept)
    begin_exact(deps, plan)
    return plan


def _undone(kept: str, fields: tuple[str, ...]) -> Undone:
    product, job, number = undo_of(kept)
    undoes = UndoOf(job, () if number else fields, hides=number > 0)
    return Undone(PosProductId(product), undoes, StoreProductId(number) if number else None)


SHOWN = 50
"""Products of a plan that are shown as left out."""

LONGEST_BY = 60
"""Characters of a person's name that events keep."""


def carry_out(
    deps: ConsoleDeps,
    person: Person,
    store: StoreId,
    plan: str,
    *,
    without: frozenset[str] = frozenset(),
) -> str:
    """Ask for what a plan says, but for the products in `without`, and return the job. Asked twice, it is done once:
    whoever comes while it is being asked for gets the job, and who comes after a death asks for all of it again,
    in the same events. Raise CannotAsk when the plan is too old or not there, and RetryLater."""
    made, now_ms = deps.plans.get(store, plan), deps.clock.now_ms()
    if made is None:
        raise CannotAsk("This plan is not there any more. Choose the products again.")
    if made.asked:
        return made.job
    if now_ms >= made.until_ms and not made.job:  # what was begun may be ended
        raise CannotAsk(
            "This plan is older than a quarter of an hour, and things may have changed. Make it"
            " again, then look at it."
        )
    kept = [
        each for each in deps.plans.ids(store, plan) if product_of(made.do, each) not in without
    ]
    check(person, store, len(kept))
    if made.do is Do.UNDO:
        check_own(person, store, made.by)
    if not deps.plans.carry_out(store, plan, plan, now_ms):
        return plan
    everything = _is_everything(made.do, made.selection, without)
    total = 0 if everything else len(kept)
    try:
        deps.jobs.begin(Job(plan, store, made.do, person.name, now_ms, total, plan))
        _ask(deps, store, made, person.name, kept, everything=everything)
        deps.plans.asked(store, plan)
    except RetryLater:
        with suppress(RetryLater):  # else the next click waits for half a minute
            deps.plans.let_go(store, plan)
        raise
    return plan


def _chosen(deps: ConsoleDeps, store: StoreId, selection: Selection) -> list[str]:
    if selection.question is None:
        return [each for each in selection.ids if each not in selection.without]
    found: list[str] = []
    for each in deps.listing.ids(store, selection.side, selection.question):
        if each not in selection.without:
            found.append(each)
        if len(found) > MOST:
            break
    return found


def is_own(person: Person, store: StoreId, by: str) -> bool:
    """Return whether a person may take back what `by` asked for."""
    return by in {person.name, person.name[:LONGEST_BY]} or person.may(Right.DECIDE, store)


def check_own(person: Person, store: StoreId, by: str) -> None:
    """Raise CannotAsk, unless a person may take back what `by` asked for."""
    if not is_own(person, store, by):
        raise CannotAsk(not_own(by))


def not_own(by: str) -> str:
    """Return why a person may not take back what `by` asked for."""
    whose = f"{by} asked for this" if by else "Nobody knows who asked for this"
    return f"{whose}. Taking back what others asked for is for an owner of the store."


def check(person: Person, store: StoreId, count: int) -> None:
    """Raise CannotAsk, unless a person may ask for something about so many products."""
    if not person.may(Right.ACT, store):
        raise CannotAsk("You may look at this store, and not change it. Ask somebody of its staff.")
    if count == 0:
        raise CannotAsk("No product is chosen. Tick some, then try again.")
    if count > MOST_OF_STAFF and not person.may(Right.ACT_ON_MANY, store):
        raise CannotAsk(
            f"These are {count:,} products. More than {MOST_OF_STAFF:,} at once are for an owner of"
            " the store to decide: choose fewer, or ask one."
        )
    if count > MOST:
        raise CannotAsk(f"These are more than {MOST:,} products. Choose fewer at once.")


def _kept(do: Do, found: Planned, pairs: dict[str, int]) -> list[str]:
    if do is Do.LINK:
        return [of_pair(each, pairs[each]) for each in found.goes]
    return found.goes


def _is_everything(do: Do, selection: Selection, without: frozenset[str]) -> bool:
    whole = selection.question == Question() and not selection.without and not without
    return do is Do.IMPORT and whole


def _ask(
    deps: ConsoleDeps,
    store: StoreId,
    plan: RequestPlan,
    by: str,
    kept: Sequence[str],
    *,
    everything: bool,
) -> None:
    job = plan.id
    match plan.do:
        case Do.IMPORT if everything:
            deps.requests.import_all(store, job, by)
        case Do.IMPORT:
            deps.requests.import_(store, job, by, [StoreProductId(int(each)) for each in kept])
        case Do.LINK:
            pairs = map(pair_of, kept)
            linked = [(PosProductId(product), StoreProductId(web)) for product, web in pairs]
            deps.requests.link(store, job, by, linked)
        case Do.UNLINK:
            deps.requests.unlink(store, job, by, [PosProductId(each) for each in kept])
        case Do.UNDO:
            deps.requests.undo(store, job, by, [_undone(each, plan.fields) for each in kept])
        case _:
            seen = plan.id if was_seen(deps, plan) else ""
            deps.requests.push(store, job, by, [PosProductId(each) for each in kept], seen)
