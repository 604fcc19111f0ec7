"""The plan of a request: made from what was ticked, shown, and carried out."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from tillbridge.console import words
from tillbridge.console.pages import changes
from tillbridge.console.pages.answers import (
    asked,
    filled,
    missing,
    refused,
    see_other,
    way_back,
)
from tillbridge.console.pages.lists import as_json, question_of
from tillbridge.console.render import address, page
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.exact_plan import (
    A_PAGE,
    Does,
    Exact,
    ExactProduct,
    ExactState,
    can_be_compared,
)
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do, Selection
from tillbridge.domain.view_rows import POS, WEB
from tillbridge.usecases.console import exact_plan, plan_request
from tillbridge.usecases.console.deps import ConsoleDeps

MOST_REPEATED = 200
"""Ids that a form may carry to plan an old request again."""

SHOWN = 50
"""Products that a page shows with their changes."""


def make(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Make the plan of what a list, a row or a page of links asks for, and show it."""
    side = WEB if filled(visit, "side") == WEB else POS
    do, ids, pairs = _wanted(visit)
    if do is None:
        return refused(visit, "Tillbridge knows no such request.", side)
    if do is Do.UNDO:
        return _make_undo(visit, deps, ids)
    if do is Do.LINK and not pairs:
        return _choose_partner(visit, side, ids)
    selection = _selection(visit, side, ids)
    if not (ids or pairs or selection.question):
        return see_other(address(visit.store, side, said="nothing_ticked"))
    try:
        plan = plan_request.plan_request(
            deps, visit.person, visit.store, do, selection, pairs=pairs
        )
    except CannotAsk as why:
        return refused(visit, str(why), side)
    return see_other(address(visit.store, "plans", plan.id, back=way_back(visit)))


def _make_undo(visit: Visit, deps: ConsoleDeps, products: tuple[str, ...]) -> Answer:
    # Few calls undo anything, and each start would pay for it.
    from tillbridge.usecases.console.plan_undo import plan_undo  # noqa: PLC0415 - as said above

    fields = tuple(visit.form.get("field", ()))
    if filled(visit, "by_field") and not fields:
        return refused(visit, "No field is ticked. Tick what is to be put back, then try again.")
    try:
        plan = plan_undo(
            deps,
            visit.person,
            visit.store,
            job=filled(visit, "job"),
            products=products,
            fields=fields,
        )
    except CannotAsk as why:
        return refused(visit, str(why))
    return see_other(address(visit.store, "plans", plan.id, back=way_back(visit)))


def show(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show a plan."""
    plan = deps.plans.get(visit.store, visit.path["plan"])
    if plan is None:
        return _no_plan(visit)
    exact = deps.exact.get(visit.store, plan.id) if can_be_compared(plan) else None
    ready = exact if exact is not None and exact.state is ExactState.READY else None
    left = frozenset(visit.query.get("leave", ())) & _codes(plan, ready)
    held = len(exact_plan.held_by_plan(plan, ())) + (ready.marked if ready else 0)
    return Answer(
        page(
            "plan.html",
            visit,
            tab="products",
            connection=deps.stores.as_told(visit.store),
            plan=plan,
            title=f"{words.VERBS[plan.do]} {words.products(plan.total)}"
            + ("" if plan.job else "?"),
            words=words.figures(plan),
            verb=words.VERBS[plan.do],
            icon=words.ICONS[plan.do],
            old=not plan.job and visit.now_ms > plan.until_ms,
            again=_again(plan),
            held=held,
            safe=plan.total - held,
            exact=exact,
            ready=ready,
            silent=exact is not None and exact.silent(visit.now_ms),
            can_compare=can_be_compared(plan) and not plan.job,
            changed=_changed(deps, visit, ready),
            marks=len(plan.warned) + (len(ready.groups) if ready else 0),
            left=left,
            leave=lambda code: _leave(visit, plan, left | {code}),
            keep=lambda code: _leave(visit, plan, left - {code}),
            changes=changes,
            products=words.products,
            other_words=words.other_words,
            may_look=words.MAY_LOOK,
            said=words.SAID.get(asked(visit, "said")),
            back=way_back(visit),
        )
    )


def carry_out(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Carry a plan out, without what it warns of and nobody ticked, and show the job."""
    plan = deps.plans.get(visit.store, filled(visit, "plan"))
    if plan is None:
        return _no_plan(visit)
    left = frozenset(visit.form.get("leave", ()))
    ticked = frozenset(visit.form.get("confirm", ())) - left
    ready = _ready(deps, plan)
    held = _held(deps, plan, ready, ticked)
    if filled(visit, "mode") == "all" and not plan.job and _codes(plan, ready) - ticked - left:
        return see_other(_leave(visit, plan, left, said="tick_each"))
    if plan.total and len(held) == plan.total and not plan.job:
        return see_other(_leave(visit, plan, left, said="all_marked"))
    without = held | frozenset(visit.form.get("without", ()))
    try:
        job = plan_request.carry_out(deps, visit.person, visit.store, plan.id, without=without)
    except CannotAsk as why:
        return refused(visit, str(why), plan.selection.side)
    return see_other(address(visit.store, "jobs", job))


def ask_exact(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Ask what a plan would change, field by field, and show the plan again."""
    plan = visit.path["plan"]
    try:
        exact_plan.ask_exact(deps, visit.person, visit.store, plan)
    except CannotAsk as why:
        return refused(visit, str(why))
    return see_other(address(visit.store, "plans", plan, back=way_back(visit)))


def exact_now(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Return how far the comparison for a plan is, as JSON."""
    exact = deps.exact.get(visit.store, visit.path["plan"])
    if exact is None:
        return Answer('{"title": "Nothing is compared for it"}', 404, "application/json")
    silent = exact.silent(visit.now_ms)
    state = "silent" if silent else exact.state.value
    return as_json(visit, {"state": state, "done": exact.done, "total": exact.total})


def items(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show what becomes of each product of a plan, a page of them."""
    plan = deps.plans.get(visit.store, visit.path["plan"])
    ready = _ready(deps, plan) if plan is not None else None
    if plan is None or ready is None:
        return _no_plan(visit)
    place = asked(visit, "after")
    begin = int(place) // SHOWN * SHOWN if place.isascii() and place.isdecimal() else 0
    begin = min(begin, max(0, ready.done - 1) // SHOWN * SHOWN)
    page_of = deps.exact.page(visit.store, plan.id, begin // A_PAGE)
    return Answer(
        page(
            "plan_items.html",
            visit,
            tab="products",
            connection=deps.stores.as_told(visit.store),
            plan=plan,
            ready=ready,
            products=page_of[begin % A_PAGE :][:SHOWN],
            begin=begin,
            before=max(0, begin - SHOWN),
            after=begin + SHOWN if begin + SHOWN < ready.done else 0,
            back=way_back(visit),
            changes=changes,
        )
    )


def _ready(deps: ConsoleDeps, plan: RequestPlan) -> Exact | None:
    exact = deps.exact.get(plan.store, plan.id) if can_be_compared(plan) else None
    return exact if exact is not None and exact.state is ExactState.READY else None


def _changed(deps: ConsoleDeps, visit: Visit, ready: Exact | None) -> Sequence[ExactProduct]:
    """Return the first products that change, of the first page: the others are on pages of their own."""
    if ready is None:
        return ()
    first = deps.exact.page(visit.store, ready.plan, 0)
    return [each for each in first if each.does is Does.CHANGES][:SHOWN]


def _codes(plan: RequestPlan, ready: Exact | None) -> frozenset[str]:
    groups = ready.groups if ready else ()
    return frozenset([each.code for each in plan.warned] + [each.code for each in groups])


def _leave(visit: Visit, plan: RequestPlan, codes: Iterable[str], said: str = "") -> str:
    """Return the address of a plan on which what these codes name is left out."""
    also = {"said": said, "back": way_back(visit)}
    chosen = [("leave", code) for code in sorted(codes)]
    chosen += [(name, value) for name, value in also.items() if value]
    where = address(visit.store, "plans", plan.id)
    return f"{where}?{urlencode(chosen)}" if chosen else where


def _wanted(visit: Visit) -> tuple[Do | None, tuple[str, ...], tuple[tuple[str, int], ...]]:
    """Return what is asked for, of which ids, and which pairs. A row's own button ('retry:p-1',
    'link:812:p-1') goes before all that is ticked."""
    one = filled(visit, "one")
    if one.startswith("link:"):
        pair = _pair(one.removeprefix("link:"))
        return (Do.LINK, (), (pair,)) if pair else (None, (), ())
    if one:
        do, _, product = one.partition(":")
        return _do(do), (product,), ()
    pairs = tuple(filter(None, map(_pair, visit.form.get("pair", ()))))
    return _do(filled(visit, "do")), tuple(visit.form.get("id", ())), pairs


def _do(text: str) -> Do | None:
    return Do(text) if text in set(Do) else None


def _pair(text: str) -> tuple[str, int] | None:
    number, _, product = text.partition(":")
    readable = number.isascii() and number.isdecimal() and len(number) < len(str(2**63))
    return (product, int(number)) if readable and product else None


def _selection(visit: Visit, side: str, ids: Sequence[str]) -> Selection:
    """Return what was ticked; where all that fit are, but those of the shown that were taken out."""
    if filled(visit, "one") or filled(visit, "all") != "1":
        return Selection(side, ids=tuple(ids))
    taken_out = frozenset(visit.form.get("shown", ())) - frozenset(ids)
    return Selection(
        side,
        question=question_of(filled(visit, "q"), filled(visit, "status"), filled(visit, "cause")),
        without=taken_out | frozenset(visit.form.get("without", ())),
    )


def _choose_partner(visit: Visit, side: str, ids: Sequence[str]) -> Answer:
    chosen = filled(visit, "for")
    if chosen:
        of = WEB if filled(visit, "link_of") == WEB else POS
        return see_other(address(visit.store, "link", said="choose_partner", **{of: chosen}))
    if len(ids) != 1:
        return see_other(address(visit.store, side, said="one_to_link"))
    return see_other(address(visit.store, "link", **{side: ids[0]}))


def _held(
    deps: ConsoleDeps, plan: RequestPlan, ready: Exact | None, ticked: frozenset[str]
) -> frozenset[str]:
    by_losses = exact_plan.held_by_losses(deps, plan.store, ready, ticked)
    return exact_plan.held_by_plan(plan, ticked) | by_losses


def _again(plan: RequestPlan) -> Sequence[tuple[str, str]] | None:
    """Return the fields of the form that asks for the same again; None where they are too many."""
    chosen = plan.selection
    fields = [("do", plan.do.value), ("side", chosen.side)]
    if plan.do is Do.LINK or len(chosen.ids) + len(chosen.without) > MOST_REPEATED:
        return None
    fields += [("id", each) for each in chosen.ids]
    fields += [("job", plan.undoes)] if plan.undoes else []
    fields += [("field", each) for each in plan.fields]
    if chosen.question is not None:
        state = chosen.question.state
        fields += [("all", "1"), ("q", chosen.question.text)]
        fields += [("status", state.value if state else "all"), ("cause", chosen.question.cause)]
        fields += [("without", each) for each in sorted(chosen.without)]
    return fields


def _no_plan(visit: Visit) -> Answer:
    return missing(
        visit,
        "No such plan",
        "Plans are kept for a day. Choose the products again.",
        back=address(visit.store, "pos"),
        back_words="Products",
    )
