"""What the pages of web orders cost of the tables, counted at the client."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.builders import JUMPER, STORE, a_connection, a_link
from tests.console_deps import console_deps
from tests.contract.ports.test_console_costs import Counted
from tests.contract.ports.test_order_book import an_entry_of
from tests.fakes.clock import FakeClock
from tests.local_tables import MakeTable
from tests.unit.domain.web_orders.orders import SMALL, a_line
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.order_list import DynamoOrderList
from tillbridge.adapters.dynamodb.oversold import DynamoOversold
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.ids import PosProductId, StoreProductId, WebOrderId
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.oversold import key_of, show_oversold
from tillbridge.usecases.console.show_orders import list_orders, page_of, show_order

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ORDERS = 120
CONNECTION = ("BatchGetItem", "BatchGetItem")
"""A connection and, the first time, its POS account."""


@pytest.fixture
def console(dynamodb: "DynamoDBClient", make_table: MakeTable) -> ConsoleDeps:
    names = ("StoresTable", "LinksTable", "OrdersTable", "HistoryTable")
    stores, links, orders, history = map(make_table, names)
    clock = FakeClock()
    deps = console_deps(
        stores=DynamoStores(dynamodb, stores),
        links=DynamoLinks(dynamodb, links),
        orders=DynamoOrderList(dynamodb, orders),
        oversold=DynamoOversold(dynamodb, orders),
        history=DynamoHistory(dynamodb, history),
        clock=clock,
    )
    deps.stores.save_connection(a_connection())  # type: ignore[attr-defined]  # of the real one
    deps.links.linked(STORE, a_link(JUMPER, id=StoreProductId(101)))
    book = DynamoOrderBook(dynamodb, orders, clock)
    entries = [an_entry_of(number) for number in range(1, ORDERS + 1)]
    half = [
        replace(each, settled=True) if place % 2 else each for place, each in enumerate(entries)
    ]
    book.write(STORE, [(None, each) for each in half])
    goods = [
        replace(line, account=replace(line.account, holder=Holder(PosProductId(f"p-{n}"), SMALL)))
        for n in range(5)
        for line in an_entry_of(500, a_line(n + 1)).lines
    ]
    book.write(STORE, [(None, replace(an_entry_of(500), lines=tuple(goods)))])
    debt = Oversold(clock.now_ms(), Holder(JUMPER), 1, 3, orders=(WebOrderId(7),))
    deps.oversold.note(STORE, [debt])
    return deps


def test_a_list_of_orders_costs_five_requests(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    with Counted(dynamodb) as made:
        shown = list_orders(console, STORE)
    assert (len(shown.open), len(shown.settled)) == (50, 25)
    assert made == [*CONNECTION, "Query", "BatchGetItem", "Query"]
    with Counted(dynamodb) as made:
        list_orders(console, STORE, below=shown.below)
    assert made == ["BatchGetItem", "Query"]
    with Counted(dynamodb) as made:
        page_of(console, STORE, None, only_open=True)
    assert made == ["BatchGetItem", "Query", "BatchGetItem"]


def test_an_order_of_many_products_costs_five_requests(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    with Counted(dynamodb) as made:
        show_order(console, STORE, WebOrderId(500))
    assert made == [*CONNECTION, "BatchGetItem", "BatchGetItem", "Query"]


def test_why_something_was_oversold_costs_five_requests(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    (debt,) = console.oversold.latest(STORE, 9)
    with Counted(dynamodb) as made:
        show_oversold(console, STORE, key_of(debt))
    assert len(made) == 5
