"""Plans: what a request would do, before anybody asks for it."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Path

from tillbridge.console.api import models, shown
from tillbridge.console.api.call import connected, the_call
from tillbridge.console.api.lists import StoreInPath
from tillbridge.console.api.problem import not_found
from tillbridge.domain.ids import StoreId
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do, Question, Selection
from tillbridge.domain.view_rows import POS, WEB
from tillbridge.usecases.console import plan_request, plan_undo


def make(store: StoreInPath, body: models.NewPlan) -> Response[models.Plan]:
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


def _made(store: str, made: RequestPlan) -> Response[models.Plan]:
    place = f"/api/v1/stores/{store}/plans/{made.id}"
    return Response(201, "application/json", shown.plan(made), headers={"Location": place})


def one(store: StoreInPath, plan: Annotated[str, Path(pattern=f"^{models.ID}$")]) -> models.Plan:
    """Return a plan, for a day after it was made."""
    found = the_call().deps.plans.get(StoreId(store), plan)
    if found is None:
        raise not_found()
    return shown.plan(found)
