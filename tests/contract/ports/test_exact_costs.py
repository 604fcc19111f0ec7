"""What the pages of exact plans and comparisons cost of the tables, counted at the client: the first of each
reads the connection and its account."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.builders import STORE, a_connection
from tests.console.exact_shop import PRODUCTS
from tests.console.run_shop import FINDINGS, HELD, a_run
from tests.console_deps import console_deps
from tests.console_world import MIA
from tests.contract.ports.test_console_costs import Counted
from tests.fakes.clock import FakeClock
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb.exact_plans import DynamoExactPlans
from tillbridge.adapters.dynamodb.request_plans import DynamoRequestPlans
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.console.pages import plan, runs
from tillbridge.console.visit import Visit
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.exact_plan import Exact, ExactState, with_page
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.run import Result
from tillbridge.domain.selection import Do, Selection
from tillbridge.usecases.console.deps import ConsoleDeps

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PLAN = "01KAJ8Z3M000000000000000P0"


@pytest.fixture
def console(dynamodb: "DynamoDBClient", make_table: MakeTable) -> ConsoleDeps:
    table, clock = make_table("StoresTable"), FakeClock()
    stores = DynamoStores(dynamodb, table)
    deps = console_deps(
        stores=stores,
        plans=DynamoRequestPlans(dynamodb, table, clock),
        exact=DynamoExactPlans(dynamodb, table, clock),
        runs=DynamoRuns(dynamodb, table),
        clock=clock,
    )
    stores.save_connection(a_connection())
    ids = [each.id for each in PRODUCTS]
    made = RequestPlan(PLAN, STORE, Do.PUSH, Selection("pos"), "Mia", clock.now_ms(), updates=10)
    deps.plans.keep(made, ids)
    deps.exact.add_page(STORE, PLAN, 0, PRODUCTS)
    deps.exact.save(STORE, replace(with_page(Exact(PLAN), PRODUCTS), state=ExactState.READY))
    deps.runs.save(STORE, a_run(HELD, result=Result.WAITING, pages=1))
    deps.runs.add_page(STORE, HELD, 0, FINDINGS)
    deps.runs.accept(STORE, "p-1007", {"stock": Accepted("a", "Olivia", 5)})
    return deps


def a_visit(deps: ConsoleDeps, **query: str) -> Visit:
    asked = {name: [value] for name, value in query.items()}
    path = {"store": STORE, "plan": PLAN, "run": HELD}
    return Visit(MIA, STORE, path=path, query=asked, now_ms=deps.clock.now_ms())


def test_a_plan_that_was_compared_costs_five_requests_at_most(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    with Counted(dynamodb) as made:
        assert plan.show(a_visit(console), console).status == 200
    assert len(made) <= 5
    with Counted(dynamodb) as made:
        assert plan.items(a_visit(console), console).status == 200
    assert len(made) <= 5


def test_comparisons_cost_three_requests_at_most_and_one_of_them_four(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    with Counted(dynamodb) as made:
        assert runs.runs(a_visit(console), console).status == 200
    assert len(made) <= 3
    with Counted(dynamodb) as made:
        assert runs.run(a_visit(console), console).status == 200
    assert len(made) <= 4
    with Counted(dynamodb) as made:
        asked = a_visit(console, product="p-1007", run=HELD, page="0")
        assert runs.choose(asked, console).status == 200
    assert len(made) <= 5
