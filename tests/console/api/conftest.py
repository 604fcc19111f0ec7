"""Stand-ins for the use cases of the console, injected where its pages and its API look them up."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import STORE, a_connection
from tests.console.api.calls import NOW_MS, ORDER, OTHER, Console, a_console
from tests.unit.domain.web_orders.orders import an_entry, an_order
from tillbridge.domain.errors import CannotAsk, UnknownStore
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.jobs import Job, JobLine, JobState, Progress
from tillbridge.domain.lanes import Lane
from tillbridge.domain.people import Person
from tillbridge.domain.request_plan import PlannedProduct, RequestPlan, Warned
from tillbridge.domain.selection import Do, Question, Selection
from tillbridge.domain.view_rows import ViewRow
from tillbridge.usecases.console import follow_job, list_products, plan_request
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.list_products import Listed, Shown, Waiting


def listed(
    deps: ConsoleDeps,
    store: StoreId,
    side: str,
    question: Question,
    *,
    lane: Lane | None = None,
    **page: Any,
) -> Listed:
    if deps.stores.find(store) is None:
        raise UnknownStore(store)
    if lane:
        found = deps.listing.waiting(store, lane, after=page["after"], limit=page["limit"])
        rows = [Shown(row, Waiting(lane, NOW_MS, "sale.completed")) for row in found.rows]
    else:
        found = deps.listing.page(store, side, question, **page)
        rows = [Shown(row) for row in found.rows]
    connection = a_connection(store)
    return Listed(connection, rows, found.after, found.before, found.further, NOW_MS - 1_000)


def planned(
    deps: ConsoleDeps,
    person: Person,
    store: StoreId,
    do: Do,
    selection: Selection,
    *,
    pairs: tuple[tuple[str, int], ...] = (),
) -> RequestPlan:
    if "too-many" in selection.ids:
        raise CannotAsk("Staff may choose 2,000 products. Ask an owner.")
    product = PlannedProduct("p-1", "Oak chair", "214")
    plan = RequestPlan(
        "plan-1",
        store,
        do,
        selection,
        person.name,
        NOW_MS,
        creates=len(pairs),
        updates=len(selection.ids),
        left_out_count=1,
        left_out=(replace(product, code="name_blank", words="Name it."),),
        warned=(Warned("blanks", "Blanks a description.", (product,)),),
        first=(product,),
    )
    deps.plans.keep(plan, selection.ids)
    return plan


def carried_out(
    deps: ConsoleDeps,
    person: Person,
    store: StoreId,
    plan: str,
    *,
    without: frozenset[str] = frozenset(),
) -> str:
    found = deps.plans.get(store, plan)
    if found is None:
        raise CannotAsk("This plan is too old. Make it anew.")
    job = f"job-of-{plan}"
    deps.jobs.begin(Job(job, store, found.do, person.name, NOW_MS, found.total, plan))
    return job


def followed(deps: ConsoleDeps, store: StoreId, job: str, *, after: str = "") -> Progress | None:
    found = deps.jobs.get(store, job)
    lines = (JobLine("p-1", "Oak chair", "done", other="214", at_ms=NOW_MS),)
    if found is None:
        return None
    return Progress(found, JobState.RUNNING, 1, 0, 2, seconds=4, lines=lines, after="p-1")


def newest(
    deps: ConsoleDeps, store: StoreId, *, after: str = "", limit: int = 20
) -> list[Progress]:
    found = deps.jobs.newest(store, limit, after=after)
    return [Progress(each, JobState.ENDED, each.total, 0, 0) for each in found]


_STAND_INS: Mapping[Any, Mapping[str, Any]] = {
    list_products: {"list_products": listed},
    plan_request: {"plan_request": planned, "carry_out": carried_out},
    follow_job: {"follow_job": followed, "newest_jobs": newest},
}


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    """Return a console of two stores, each with a plan, a job and a product of each side, and stand-ins for its use
    cases."""
    for module, functions in _STAND_INS.items():
        for name, function in functions.items():
            monkeypatch.setattr(module, name, function)
    made = a_console()
    for product, number in ((PosProductId("p/1"), None), (PosProductId(""), StoreProductId(214))):
        happened = ProductLine(NOW_MS, product, Did.LEFT_OUT, web=number, words="It has no price.")
        made.deps.history.write(STORE, [happened])
    for store in (STORE, OTHER):
        made.plans.keep(RequestPlan("plan-0", store, Do.PUSH, Selection("pos"), "Mia", NOW_MS), ())
        made.jobs.begin(Job("job-0", store, Do.PUSH, "Mia", NOW_MS, 3))
        # No list shows what is deleted.
        gone = [ViewRow("pos", "p/1", "", deleted=True), ViewRow("web", "214", "", deleted=True)]
        made.rows.put(store, gone)
        made.book.write(store, [(None, replace(an_entry(), order=replace(an_order(), id=ORDER)))])
    return made
