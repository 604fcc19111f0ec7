"""Orders go to the sandbox POS over the template's own tables, request by request."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from sandbox.pos.server import PosServer
from tests.booking_world import FIRST, MUG, BookingWorld, Tables
from tests.knife.booking import Steps, a_shop, documents, run_cut, sold
from tests.local_tables import MakeTable, aws, dynamodb, make_table
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.listed_orders import DynamoListedOrders
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.book_rows import OPEN, SINCE
from tillbridge.domain.web_orders.entry import LaneState

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

__all__ = ["aws", "dynamodb", "make_table"]


@pytest.fixture
def server() -> Iterator[PosServer]:
    with PosServer() as running:
        yield running


@pytest.fixture
def shop(server: PosServer, dynamodb: "DynamoDBClient", make_table: MakeTable) -> BookingWorld:
    orders = make_table("OrdersTable")
    return a_shop(
        server,
        Tables(
            DynamoPending(dynamodb, make_table("PendingTable")),
            DynamoOrderBook(dynamodb, orders, SystemClock()),
            DynamoListedOrders(dynamodb, orders),
        ),
    )


def test_orders_are_booked_changed_and_booked_by_people(
    shop: BookingWorld, server: PosServer
) -> None:
    numbers = [WebOrderId(2_000 + place) for place in range(12)]
    for number in numbers:
        shop.order(2, number)
    shop.run()
    assert (sold(server, MUG), shop.rows) == (24, {})
    shop.order(1, numbers[0])
    server.cloud.set_booking(mode="by_person")
    shop.order(3)
    shop.run()
    assert (shop.state(), sold(server, MUG)) == (LaneState.RECEIVED, 24)
    server.cloud.book_web_orders()
    shop.mark(SINCE, OPEN, force=True)
    shop.until_quiet()
    assert (shop.state(), sold(server, MUG)) == (LaneState.BOOKED, 26)


def test_a_death_amid_it_books_once(shop: BookingWorld, server: PosServer) -> None:
    for at in range(1, 9):
        number = WebOrderId(FIRST + at)
        shop.order(2, number)
        run_cut(shop, Steps(at))
        shop.until_quiet()
        assert shop.state(number) is LaneState.BOOKED
    assert sold(server, MUG) == 16
    assert all(kinds == ["sale"] for kinds in documents(server).values())
