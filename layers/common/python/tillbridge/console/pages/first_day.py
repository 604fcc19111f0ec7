"""The first day of a store, step by step, and the products that are probably one on both sides."""

from tillbridge.console import words
from tillbridge.console.pages.answers import asked, missing, refused, see_other, way_back
from tillbridge.console.render import address, page
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.errors import BadCursor, CannotAsk
from tillbridge.domain.first_day import STEPS
from tillbridge.domain.people import Right
from tillbridge.domain.selection import Do, Selection
from tillbridge.domain.view_rows import POS
from tillbridge.usecases.console import first_day, plan_request
from tillbridge.usecases.console.deps import ConsoleDeps

_WEB_PAGE, _POS_PAGE = 250, 500
"""Products of a page that a comparison reads of each side."""


def show(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show the five steps, and how far they are."""
    day = first_day.show(deps, visit.store)
    found, run = day.first_day, day.first_day.run
    return Answer(
        page(
            "first_day.html",
            visit,
            tab="overview",
            connection=day.connection,
            day=found,
            states={name.value: state.value for name, state in found.steps},
            step=found.step,
            of=STEPS,
            under_way=run if run and not run.ended else None,
            web_read=run.web_pages * _WEB_PAGE if run else 0,
            pos_read=run.pos_pages * _POS_PAGE if run else 0,
            may_end=visit.person.may(Right.CONFIGURE, visit.store),
            may_look=words.MAY_LOOK,
            said=words.SAID.get(asked(visit, "said")),
        )
    )


def links(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show a page of pairs, ticked where the evidence is strong."""
    run = visit.path["run"]
    try:
        found = first_day.pairs(deps, visit.store, run, asked(visit, "after"))
    except BadCursor:
        return see_other(address(visit.store, "first-day", "links", run, said="list_changed"))
    if found is None:
        return _no_run(visit)
    return Answer(
        page(
            "first_links.html",
            visit,
            tab="overview",
            connection=found.connection,
            found=found,
            run=run,
            products=words.products,
            may_look=words.MAY_LOOK,
            said=words.SAID.get(asked(visit, "said")),
        )
    )


def plan_all(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Plan the links of all pairs with the same SKU."""
    run = visit.path["run"]
    pairs = tuple(first_day.sure_pairs(deps, visit.person, visit.store, run))
    if not pairs:
        return see_other(address(visit.store, "first-day", "links", run, said="no_pairs"))
    try:
        plan = plan_request.plan_request(
            deps, visit.person, visit.store, Do.LINK, Selection(POS), pairs=pairs
        )
    except CannotAsk as why:
        return refused(visit, str(why))
    return see_other(address(visit.store, "plans", plan.id, back=way_back(visit)))


def over(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show the guide no more."""
    first_day.over(deps, visit.store)
    return see_other(address(visit.store))


def _no_run(visit: Visit) -> Answer:
    return missing(
        visit,
        "No such comparison",
        "Comparisons are kept for 30 days. Compare both sides again.",
        back=address(visit.store, "first-day"),
        back_words="First day",
    )
