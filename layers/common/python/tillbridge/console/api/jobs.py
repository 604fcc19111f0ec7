"""Jobs: plans carried out, how far they are, and comparisons of both sides."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Header, Path, Query

from tillbridge.console.api import shown
from tillbridge.console.api.call import connected, the_call
from tillbridge.console.api.lists import Cursor, Limit, StoreInPath
from tillbridge.console.api.models import jobs as job_models
from tillbridge.console.api.models import runs as run_models
from tillbridge.console.api.models import taken as taken_models
from tillbridge.console.api.once import once
from tillbridge.console.api.problem import Refused, not_found
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.ids import StoreId
from tillbridge.usecases.console import compare_sides, exact_plan, follow_job, plan_request

Key = Annotated[str, Header(alias="Idempotency-Key", pattern="^[!-~]{0,128}$")]
"""A text of the caller's own: for a day the same key is the same request."""


def begin(
    store: StoreInPath, body: job_models.NewJob, key: Key = ""
) -> Response[job_models.Started]:
    """Carry out a plan. A plan is carried out once, however often it is asked for."""
    call, without = the_call(), frozenset(body.without)

    def carry_out() -> str:
        exact = call.deps.exact.get(StoreId(store), body.plan)
        held = exact_plan.held_by_losses(call.deps, StoreId(store), exact, body.confirm)
        try:
            return plan_request.carry_out(
                call.deps, call.person, StoreId(store), body.plan, without=without | held
            )
        except CannotAsk as error:
            raise Refused(409, "cannot_ask", str(error)) from error

    asked = "\n".join(("job", body.plan, *sorted(without), *sorted(body.confirm)))
    job = once(call, StoreId(store), key, asked, carry_out)
    place = f"/api/v1/stores/{store}/jobs/{job}"
    return Response(
        202, "application/json", job_models.Started(id=job), headers={"Location": place}
    )


def newest(
    store: StoreInPath,
    after: Annotated[str, Query(pattern=f"^({taken_models.ID})?$")] = "",
    limit: Limit = 20,
) -> job_models.Jobs:
    """List the jobs of a store, newest first."""
    deps = the_call().deps
    found = follow_job.newest_jobs(deps, connected(store), after=after, limit=limit)
    # A full page may be the last one: the next is then empty, and its `after` is blank.
    behind = found[-1].job.id if len(found) == limit else ""
    now = shown.when(deps.clock.now_ms())
    return job_models.Jobs(data=[shown.job(each) for each in found], after=behind, as_of=now)


def one(
    store: StoreInPath,
    job: Annotated[str, Path(pattern=f"^{taken_models.ID}$")],
    after: Cursor = "",
) -> job_models.Job:
    """Tell how far a job is, with a page of its products."""
    found = follow_job.follow_job(the_call().deps, StoreId(store), job, after=after)
    if found is None:
        raise not_found()
    return shown.job(found)


def compare(
    store: StoreInPath, body: run_models.NewComparison, key: Key = ""
) -> Response[job_models.Started]:
    """Compare both sides: the time of the last comparison is `as_of` of the lists."""
    call = the_call()

    def ask() -> str:
        return compare_sides.compare_sides(call.deps, call.person, StoreId(store), full=body.full)

    asked = once(call, StoreId(store), key, f"compare\n{body.full}", ask)
    return Response(202, "application/json", job_models.Started(id=asked))
