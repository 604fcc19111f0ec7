"""People see the latest web orders first, every open one, and any by its number."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.builders import JUMPER, STORE
from tests.contract.ports.test_order_book import ANOTHER, LATEST, a_booked_entry, an_entry_of
from tests.fakes.clock import FakeClock
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.order_list import FakeOrderList
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.order_list import DynamoOrderList
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.entry import OrderEntry, settled
from tillbridge.ports.order_book import OrderBook
from tillbridge.ports.order_list import ListedOrder, OrderList, UnreadableOrder

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Lists(NamedTuple):
    """A list, and the book that it lists."""

    book: OrderBook
    list: OrderList


@pytest.fixture(params=["fake", "dynamodb"])
def lists(request: pytest.FixtureRequest) -> Lists:
    if request.param == "fake":
        fake = FakeOrderBook()
        return Lists(fake, FakeOrderList(fake))
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("OrdersTable")
    return Lists(DynamoOrderBook(client, table, FakeClock()), DynamoOrderList(client, table))


def numbers(found: Sequence[ListedOrder]) -> list[int]:
    """Return the numbers of the orders found."""
    return [each.order.id if isinstance(each, OrderEntry) else each.id for each in found]


def test_the_highest_numbers_come_first_and_pages_follow_each_other(lists: Lists) -> None:
    entries = [an_entry_of(number) for number in (7, 9, 100, 1_041)]
    lists.book.write(STORE, [(None, entry) for entry in entries])
    assert lists.list.latest(STORE, 9) == entries[::-1]
    assert numbers(lists.list.latest(STORE, 2)) == [1_041, 100]
    assert numbers(lists.list.latest(STORE, 2, WebOrderId(100))) == [9, 7]
    assert numbers(lists.list.latest(STORE, 2, WebOrderId(50))) == [9, 7]
    assert numbers(lists.list.latest(STORE, 2, WebOrderId(7))) == []


def test_open_ones_are_paged_from_the_highest_number(lists: Lists) -> None:
    entries = [an_entry_of(number) for number in (7, 9, 100, 1_041)]
    over = settled(a_booked_entry(50), {JUMPER: LATEST})
    lists.book.write(STORE, [(None, each) for each in [*entries, over]])
    assert numbers(lists.list.open_page(STORE, 3)) == [1_041, 100, 9]
    assert numbers(lists.list.open_page(STORE, 3, WebOrderId(9))) == [7]
    assert numbers(lists.list.open_page(STORE, 3, WebOrderId(7))) == []


def test_settled_orders_are_listed_but_not_as_open(lists: Lists) -> None:
    lists.book.write(STORE, [(None, an_entry_of(7)), (None, a_booked_entry(9))])
    kept = lists.book.kept(STORE, [WebOrderId(9)])[WebOrderId(9)]
    done = settled(kept.entry, {JUMPER: LATEST})
    lists.book.write(STORE, [(kept, done), (None, an_entry_of(12))])
    assert numbers(lists.list.open(STORE)) == [12, 7]
    assert numbers(lists.list.latest(STORE, 9)) == [12, 9, 7]
    assert lists.list.find(STORE, [WebOrderId(9), WebOrderId(8)]) == [done]


def test_a_store_lists_its_own_orders(lists: Lists) -> None:
    lists.book.write(STORE, [(None, an_entry_of(7))])
    assert lists.list.latest(ANOTHER, 9) == []
    assert lists.list.open(ANOTHER) == []
    assert lists.list.find(ANOTHER, [WebOrderId(7)]) == []


def test_long_lists_are_whole(lists: Lists) -> None:
    """DynamoDB ends a page at a megabyte."""
    entries = [an_entry_of(number) for number in range(1, 251)]
    lists.book.write(STORE, [(None, entry) for entry in entries])
    assert numbers(lists.list.open(STORE)) == list(range(250, 0, -1))
    assert numbers(lists.list.latest(STORE, 240)) == list(range(250, 10, -1))


def test_an_order_that_cannot_be_read_is_listed_all_the_same(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("OrdersTable")
    book, orders = DynamoOrderBook(dynamodb, table, FakeClock()), DynamoOrderList(dynamodb, table)
    book.write(STORE, [(None, an_entry_of(7)), (None, an_entry_of(9))])
    odd: Item = {**keys.web_order(STORE, WebOrderId(9)), "v": {"N": "1"}, "entry": {"B": b"x"}}
    dynamodb.put_item(TableName=table, Item=odd)
    for found in (orders.latest(STORE, 9), orders.open(STORE)):
        assert found == [UnreadableOrder(WebOrderId(9)), an_entry_of(7)]
