"""The plan of a request: made from what was ticked, shown, and carried out."""

from collections.abc import Sequence

from tillbridge.console import words
from tillbridge.console.pages.answers import asked, filled, missing, refused, see_other
from tillbridge.console.pages.lists import question_of
from tillbridge.console.render import address, page
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do, Selection
from tillbridge.domain.view_rows import POS, WEB
from tillbridge.usecases.console import plan_request
from tillbridge.usecases.console.deps import ConsoleDeps

MOST_REPEATED = 200
"""Ids that a form may carry to plan an old request again."""


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
    return see_other(address(visit.store, "plans", plan.id))


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
    return see_other(address(visit.store, "plans", plan.id))


def show(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show a plan."""
    plan = deps.plans.get(visit.store, visit.path["plan"])
    if plan is None:
        return _no_plan(visit)
    held = _held(plan, frozenset())
    return Answer(
        page(
            "plan.html",
            visit,
            tab="products",
            connection=deps.stores.find(visit.store),
            plan=plan,
            title=f"{words.VERBS[plan.do]} {words.products(plan.total)}"
            + ("" if plan.job else "?"),
            words=words.figures(plan),
            verb=words.VERBS[plan.do],
            icon=words.ICONS[plan.do],
            old=not plan.job and visit.now_ms > plan.until_ms,
            again=_again(plan),
            held=len(held),
            safe=plan.total - len(held),
            products=words.products,
            other_words=words.other_words,
            may_look=words.MAY_LOOK,
            said=words.SAID.get(asked(visit, "said")),
        )
    )


def carry_out(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Carry a plan out, without what it warns of and nobody ticked, and show the job."""
    plan = deps.plans.get(visit.store, filled(visit, "plan"))
    if plan is None:
        return _no_plan(visit)
    ticked = frozenset(visit.form.get("confirm", ()))
    held = _held(plan, ticked)
    if held and filled(visit, "mode") == "all" and not plan.job:
        return see_other(address(visit.store, "plans", plan.id, said="tick_each"))
    if plan.total and len(held) == plan.total and not plan.job:
        return see_other(address(visit.store, "plans", plan.id, said="all_marked"))
    without = held | frozenset(visit.form.get("without", ()))
    try:
        job = plan_request.carry_out(deps, visit.person, visit.store, plan.id, without=without)
    except CannotAsk as why:
        return refused(visit, str(why), plan.selection.side)
    return see_other(address(visit.store, "jobs", job))


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
        question=question_of(filled(visit, "q"), filled(visit, "status")),
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


def _held(plan: RequestPlan, ticked: frozenset[str]) -> frozenset[str]:
    return frozenset(
        product.id
        for warned in plan.warned
        if warned.code not in ticked
        for product in warned.products
    )


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
        fields += [("status", state.value if state else "all")]
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
