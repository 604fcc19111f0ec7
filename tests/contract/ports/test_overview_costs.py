"""What the overview, the problems and the cards cost of the tables, counted at the client."""

from typing import TYPE_CHECKING

import pytest

from tests.builders import STORE, a_connection
from tests.console_deps import console_deps
from tests.contract.ports.test_console_costs import Counted
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb.call_lines import DynamoCallLines
from tillbridge.adapters.dynamodb.jobs import DynamoJobs
from tillbridge.adapters.dynamodb.lag_hours import DynamoLagHours
from tillbridge.adapters.dynamodb.listing import DynamoListing
from tillbridge.adapters.dynamodb.oversold import DynamoOversold
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.backlog import LaneBacklog
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.causes import Whose
from tillbridge.domain.health import Health
from tillbridge.domain.history.call_line import CallLine, ToldCall
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lag_histogram import HOUR_MS, HourLags, LagPath, histogram_of
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.slices import Turn
from tillbridge.domain.view_rows import POS, WEB, RowState, ViewRow
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.first_day import under_way
from tillbridge.usecases.console.overview import cards, leads, overview
from tillbridge.usecases.console.problems import problems

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MANY = [StoreId(f"store-{number:02}") for number in range(32)]


@pytest.fixture
def of_stores(make_table: MakeTable) -> str:
    return make_table("StoresTable")


@pytest.fixture
def console(dynamodb: "DynamoDBClient", make_table: MakeTable, of_stores: str) -> ConsoleDeps:
    """Return a console over real tables, of a busy store with problems of every kind."""
    names = ("HistoryTable", "ReadModelTable", "PendingTable", "OrdersTable")
    history, views, pending, orders = map(make_table, names)
    deps = console_deps(
        stores=DynamoStores(dynamodb, of_stores),
        store_list=DynamoStoreList(dynamodb, of_stores),
        listing=DynamoListing(dynamodb, views, pending),
        views=DynamoReadModel(dynamodb, views),
        calls=DynamoCallLines(dynamodb, history),
        hours=DynamoLagHours(dynamodb, history),
        oversold=DynamoOversold(dynamodb, orders),
        runs=DynamoRuns(dynamodb, of_stores),
        jobs=DynamoJobs(dynamodb, of_stores, pending, history),
    )
    now_ms = deps.clock.now_ms()
    stores = DynamoStores(dynamodb, of_stores)
    for store in (STORE, *MANY):
        stores.save_connection(a_connection(store))
    lags = {LagPath.STOCK: histogram_of([900] * 40)}
    for hour in range(now_ms // HOUR_MS - 23, now_ms // HOUR_MS):
        deps.hours.put(STORE, HourLags(hour, lags))
    stores.begin_slice(STORE, "one", now_ms, now_ms + 60_000)
    stores.end_slice(STORE, "one", Turn(hour=HourLags(now_ms // HOUR_MS, lags)))
    calls = tuple(ToldCall(CallMade("PUT /x", now_ms, status=200, left=n)) for n in range(20))
    deps.calls.write(STORE, [CallLine(now_ms + n, "t", now_ms, now_ms, calls) for n in range(30)])
    deps.oversold.note(STORE, [Oversold(now_ms, Holder(PosProductId("p-1")), 1, 1, "Lamp")])
    deps.store_list.keep_backlogs({STORE: {"stock": LaneBacklog(2, now_ms - 3_000, 4)}})
    codes = (("name_taken", RowState.FAILED), ("gone", RowState.BROKEN), ("x", RowState.LEFT_OUT))
    deps.views.put(
        STORE,
        [
            ViewRow(WEB if code == "x" else POS, f"{code}-{n}", f"Lamp {n}", state=state, code=code)
            for code, state in codes
            for n in range(60)
        ],
    )
    return deps


def test_the_overview_costs_five_requests(console: ConsoleDeps, dynamodb: "DynamoDBClient") -> None:
    with Counted(dynamodb) as made:
        seen = overview(console, STORE)
    assert (seen.health, seen.freshness and seen.freshness.count) == (Health.HEALTHY, 24 * 40)
    assert seen.failed is not None
    assert made == ["BatchGetItem", "Query", "Query", "Query", "Query"]


def test_the_overview_of_a_first_day_costs_six_requests(
    console: ConsoleDeps, dynamodb: "DynamoDBClient", of_stores: str
) -> None:
    DynamoStores(dynamodb, of_stores).save_connection(a_connection(connected_ms=5))
    with Counted(dynamodb) as made:
        seen = overview(console, STORE)
        connection = seen.figures.connection
        assert connection is not None
        assert leads(connection)
        assert under_way(console, connection) is not None
    assert made == ["BatchGetItem"] + ["Query"] * 5


def test_the_problems_cost_six_requests(console: ConsoleDeps, dynamodb: "DynamoDBClient") -> None:
    with Counted(dynamodb) as made:
        seen = problems(console, STORE)
    assert [group.count for group in seen.of(Whose.YOURS)] == [60, 60]
    assert seen.of(Whose.NOBODYS)[0].names == ("Lamp 0", "Lamp 1", "Lamp 10")
    assert sorted(made) == ["BatchGetItem"] * 2 + ["Query"] * 4


def test_cards_of_thirty_stores_cost_one_request(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    with Counted(dynamodb) as made:
        found = cards(console, MANY[:30])
    assert len(found) == 30
    assert made == ["BatchGetItem"]
