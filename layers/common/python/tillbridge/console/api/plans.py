"""Plans: what a request would do, before anybody asks for it."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from tillbridge.console.api import shown
from tillbridge.console.api.call import connected, the_call
from tillbridge.console.api.lists import StoreInPath
from tillbridge.console.api.models import jobs as job_models
from tillbridge.console.api.models import plans as plan_models
from tillbridge.console.api.models import taken as taken_models
from tillbridge.console.api.problem import Refused, not_found
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.exact_plan import A_PAGE
from tillbridge.domain.ids import StoreId
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do, Question, Selection
from tillbridge.domain.view_rows import POS, WEB
from tillbridge.usecases.console import exact_plan, plan_request, plan_undo


def make(store: StoreInPath, body: plan_models.NewPlan) -> Response[plan_models.Plan]:
    """Plan a request: nothing is done yet."""
    call, do, chosen = the_call(), Do(body.do), body.select
    if do is Do.UNDO or chosen is None:
        return _made(
            store,
            plan_undo.plan_undo(
                call.deps,
                call.person,
                connected(store),
                job=body.job or "",
                products=tuple(chosen.ids or ()) if chosen else (),
                fields=tuple(body.fields or ()),
            ),
        )
    asked = chosen.query
    selection = Selection(
        side=WEB if do is Do.IMPORT else POS,
        ids=tuple(chosen.ids or ()),
        question=None if asked is None else Question(asked.text, asked.status, asked.cause),
        without=frozenset(chosen.without),
    )
    pairs = tuple((each.pos, each.web) for each in chosen.pairs or ())
    made = plan_request.plan_request(
        call.deps, call.person, connected(store), do, selection, pairs=pairs
    )
    return _made(store, made)


def _made(store: str, made: RequestPlan) -> Response[plan_models.Plan]:
    place = f"/api/v1/stores/{store}/plans/{made.id}"
    return Response(201, "application/json", shown.plan(made), headers={"Location": place})


PlanInPath = Annotated[str, Path(pattern=f"^{taken_models.ID}$")]


def one(store: StoreInPath, plan: PlanInPath) -> plan_models.Plan:
    """Return a plan, for a day after it was made."""
    deps = the_call().deps
    found = deps.plans.get(StoreId(store), plan)
    if found is None:
        raise not_found()
    return shown.plan(found, deps.exact.get(StoreId(store), plan))


def compare(store: StoreInPath, plan: PlanInPath) -> Response[job_models.Started]:
    """Ask what a plan would change, field by field; `exact` of the plan then tells."""
    call = the_call()
    try:
        exact_plan.ask_exact(call.deps, call.person, connected(store), plan)
    except CannotAsk as error:
        raise Refused(409, "cannot_ask", str(error)) from error
    place = f"/api/v1/stores/{store}/plans/{plan}"
    return Response(
        202, "application/json", job_models.Started(id=plan), headers={"Location": place}
    )


def items(
    store: StoreInPath, plan: PlanInPath, page: Annotated[int, Query(ge=0, le=1_000)] = 0
) -> plan_models.PlanItems:
    """Return a page of what becomes of a plan's products, 250 at most, once they were compared."""
    deps = the_call().deps
    exact = deps.exact.get(StoreId(store), plan)
    if exact is None:
        raise not_found()
    found = deps.exact.page(StoreId(store), plan, page)
    following = page + 1 if (page + 1) * A_PAGE < exact.done else None
    return plan_models.PlanItems(
        data=[shown.plan_item(each) for each in found], next_page=following
    )
