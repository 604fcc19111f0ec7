"""Comparisons of both sides, what they found, and what may stay."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from tillbridge.console.api import shown
from tillbridge.console.api.call import connected, the_call
from tillbridge.console.api.lists import StoreInPath
from tillbridge.console.api.models import jobs as job_models
from tillbridge.console.api.models import runs as run_models
from tillbridge.console.api.models import taken as taken_models
from tillbridge.console.api.problem import Refused, not_found
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.ids import StoreId
from tillbridge.usecases.console import accept_drift, approve_run

RunInPath = Annotated[str, Path(pattern=f"^{taken_models.ID}$")]
Page = Annotated[int, Query(ge=0, le=100_000)]


def newest(store: StoreInPath, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> run_models.Runs:
    """List the newest comparisons of a store."""
    deps = the_call().deps
    found = deps.runs.recent(connected(store), limit)
    now = shown.when(deps.clock.now_ms())
    return run_models.Runs(data=[shown.run(each) for each in found], as_of=now)


def findings(store: StoreInPath, run: RunInPath, page: Page = 0) -> run_models.Findings:
    """Return a page of what a comparison found, as it was kept: some pages are long, and some empty."""
    deps = the_call().deps
    there = deps.runs.find(StoreId(store), run)
    if there is None:
        raise not_found()
    found = deps.runs.page(StoreId(store), there.repairs or there.id, page)
    following = page + 1 if page + 1 < there.pages else None
    return run_models.Findings(
        run=shown.run(there), data=[shown.finding(each) for each in found], next_page=following
    )


def repair(store: StoreInPath, run: RunInPath) -> Response[job_models.Started]:
    """Repair what a comparison found; later ones then repair by themselves, within the breaker."""
    call = the_call()
    try:
        approve_run.approve_run(call.deps, call.person, connected(store), run)
    except CannotAsk as error:
        raise Refused(409, "cannot_ask", str(error)) from error
    place = f"/api/v1/stores/{store}/runs"
    return Response(
        202, "application/json", job_models.Started(id=run), headers={"Location": place}
    )


def accept(store: StoreInPath, body: run_models.NewAcceptance) -> run_models.Accepted:
    """Let drift of a product stay, or with `again` have it compared again; return what may stay of it."""
    call, product = the_call(), body.product
    of = connected(store)
    if body.again:
        accept_drift.take_back(call.deps, of, product, body.places)
    else:
        found = accept_drift.drift_of(call.deps, of, product, body.run)
        try:
            accept_drift.accept_drift(
                call.deps,
                call.person.name,
                of,
                product,
                found,
                body.places,
                body.until,
                body.why,
            )
        except CannotAsk as error:
            raise Refused(409, "cannot_ask", str(error)) from error
    kept = accept_drift.accepted_of(call.deps, of, product)
    return run_models.Accepted(
        product=product, places=[shown.accepted(*each) for each in kept.items()]
    )
