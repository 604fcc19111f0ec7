"""What the pages of a first day, and connecting a store, cost of the tables, counted at the client."""

from typing import TYPE_CHECKING

import pytest

from tests.builders import STORE, a_connection
from tests.console.first_days import RUN, a_run
from tests.console.shop import OLIVIA
from tests.console_deps import console_deps
from tests.contract.ports.test_console_costs import Counted
from tests.fakes.clock import FakeClock
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb.jobs import DynamoJobs
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import POS, WEB, ViewRow
from tillbridge.usecases.console import first_day
from tillbridge.usecases.console.connect import ConnectAsked, ConnectedNow, connect
from tillbridge.usecases.console.deps import ConsoleDeps

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PAIRS = 120


@pytest.fixture
def console(dynamodb: "DynamoDBClient", make_table: MakeTable) -> ConsoleDeps:
    names = ("StoresTable", "PendingTable", "HistoryTable", "ReadModelTable")
    of_stores, of_pending, of_history, of_views = map(make_table, names)
    stores = DynamoStores(dynamodb, of_stores)
    deps = console_deps(
        stores=stores,
        views=DynamoReadModel(dynamodb, of_views),
        jobs=DynamoJobs(dynamodb, of_stores, of_pending, of_history),
        runs=DynamoRuns(dynamodb, of_stores),
        store_list=DynamoStoreList(dynamodb, of_stores),
        listing=None,
        clock=FakeClock(),
    )
    stores.save_connection(a_connection(connected_ms=1))
    stores.find(STORE)  # it knows the POS account from now on
    ours = [ViewRow(POS, f"p-{n}", f"Mug {n}", sku=f"M-{n}") for n in range(PAIRS)]
    theirs = [ViewRow(WEB, str(500 + n), f"Mug {n}", sku=f"M-{n}") for n in range(PAIRS)]
    deps.views.put(STORE, [*ours, *theirs])
    found = [Finding(Code.CANDIDATE, f"p-{n}", 500 + n, other="sku") for n in range(PAIRS)]
    deps.runs.add_page(STORE, RUN, 0, [Finding(Code.ONLY_ONLINE, number=500)])
    deps.runs.add_page(STORE, RUN, 1, found)
    deps.runs.save(STORE, a_run({"candidate": PAIRS, "only_online": PAIRS}, pages=2))
    return deps


def test_the_first_day_costs_three_requests(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    with Counted(dynamodb) as made:
        day = first_day.show(console, STORE)
    assert day.first_day.candidates == PAIRS
    assert made == ["BatchGetItem", "Query", "Query"]


def test_a_page_of_pairs_costs_five_requests(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    with Counted(dynamodb) as made:
        page = first_day.pairs(console, STORE, RUN)
    assert page is not None
    assert (len(page.pairs), page.after) == (50, "1.50")
    assert made == ["BatchGetItem", "GetItem", "Query", "BatchGetItem", "BatchGetItem"]


def test_connecting_a_store_among_others_costs_seven_requests_and_is_found_at_once(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    (account,) = console.connections.pos_accounts()
    asked = ConnectAsked("quay", "another", "token", pos=account.key)
    with Counted(dynamodb) as made:
        done = connect(console, OLIVIA, asked)
    assert done == ConnectedNow(StoreId("quay"), anew=True, scopes=done.scopes)
    assert made.count("TransactWriteItems") == 1
    assert len(made) <= 7
    found = console.stores.find(StoreId("quay"))
    assert found is not None
    assert found.money is not None
    assert connect(console, OLIVIA, asked) == ConnectedNow(StoreId("quay"), anew=False)
