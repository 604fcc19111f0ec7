"""The book of web orders keeps an entry and its open lines together, whoever writes at the same moment."""

import base64
import random
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from benches.helpers.metered import Meter
from tests.builders import JUMPER, STORE
from tests.contract.ports.races import race
from tests.fakes.clock import FakeClock
from tests.fakes.order_book import FakeOrderBook
from tests.local_tables import MakeTable, items_in
from tests.unit.domain.web_orders.orders import SIGHT, a_line, an_order
from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.order_items import KEPT_SECONDS
from tillbridge.domain.errors import NeedsAttention
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.versions import HIGHEST_NUMBER, version_of
from tillbridge.domain.web_orders.booking import Answer, answered, ask, unreachable
from tillbridge.domain.web_orders.effects import Effect
from tillbridge.domain.web_orders.entry import OrderEntry, settled
from tillbridge.domain.web_orders.finding import found
from tillbridge.domain.web_orders.shown import WebLine
from tillbridge.ports.order_book import Kept, OrderBook

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ANOTHER = StoreId("another")
LATEST = version_of(3, HIGHEST_NUMBER)


def an_entry_of(number: int, *lines: WebLine) -> OrderEntry:
    """Return the entry of a new order with this number."""
    return found(None, replace(an_order(*lines), id=WebOrderId(number)), SIGHT)


def a_booked_entry(number: int) -> OrderEntry:
    """Return the entry of an order that the POS has booked, in an epoch after two restored backups."""
    asked = ask(an_entry_of(number), epoch=3)
    return answered(asked, Answer(1, 3, (Effect(JUMPER, LATEST, 2),)))


def many_lines(count: int) -> list[WebLine]:
    """Return lines of which no two have a word in common."""
    words = random.Random(7)
    names = (base64.b64encode(words.randbytes(60)).decode() for _ in range(count))
    return [a_line(n + 1, name=name, sku=name[:24]) for n, name in enumerate(names)]


def now_of(book: OrderBook, number: int, store: StoreId = STORE) -> Kept:
    """Return what the book has of an order."""
    return book.kept(store, [WebOrderId(number)])[WebOrderId(number)]


@pytest.fixture(params=["fake", "dynamodb"])
def book(request: pytest.FixtureRequest) -> OrderBook:
    if request.param == "fake":
        return FakeOrderBook()
    make = request.getfixturevalue("make_table")
    return DynamoOrderBook(request.getfixturevalue("dynamodb"), make("OrdersTable"), FakeClock())


@pytest.fixture
def table(make_table: MakeTable) -> str:
    return make_table("OrdersTable")


@pytest.mark.parametrize("entry", [an_entry_of(1041), a_booked_entry(1041)])
def test_an_entry_and_what_of_it_is_open_are_found_as_they_were_written(
    book: OrderBook, entry: OrderEntry
) -> None:
    assert book.write(STORE, [(None, entry)]) == []

    assert now_of(book, 1041).entry == entry
    (opened,) = book.open(STORE)
    assert (opened.order, opened.accounts) == (entry.order.id, entry.accounts)
    assert (opened.since_ms, opened.again_ms) == (entry.since_ms, 0)
    assert list(book.of(STORE)) == list(entry.accounts)


def test_an_unpaid_order_says_when_it_is_judged_again(book: OrderBook) -> None:
    entry = found(None, an_order(status=1), SIGHT)
    book.write(STORE, [(None, entry)])
    assert book.open(STORE)[0].again_ms == entry.order.placed_ms + 24 * 3_600_000


def test_what_nobody_wrote_is_not_there(book: OrderBook) -> None:
    book.write(STORE, [(None, an_entry_of(1))])
    assert book.kept(STORE, []) == {}
    assert book.kept(STORE, [WebOrderId(2)]) == {}
    assert book.kept(ANOTHER, [WebOrderId(1)]) == {}
    assert list(book.open(ANOTHER)) == []
    assert book.write(STORE, []) == []


def test_each_write_has_a_new_rev_and_an_old_one_writes_nothing(book: OrderBook) -> None:
    book.write(STORE, [(None, an_entry_of(1041))])
    first = now_of(book, 1041)

    assert book.write(STORE, [(first, ask(first.entry, 0))]) == []

    second = now_of(book, 1041)
    assert second.rev != first.rev
    assert list(book.write(STORE, [(first, first.entry)])) == [1041]
    assert list(book.write(STORE, [(None, first.entry)])) == [1041]
    assert now_of(book, 1041) == second
    assert [account.asked for account in book.of(STORE)] == [2]


def test_an_entry_that_is_gone_is_not_written_over_what_was_there(book: OrderBook) -> None:
    book.write(STORE, [(None, an_entry_of(1041))])
    assert list(book.write(ANOTHER, [(now_of(book, 1041), an_entry_of(1041))])) == [1041]
    assert book.kept(ANOTHER, [WebOrderId(1041)]) == {}
    assert list(book.open(ANOTHER)) == []


def test_a_settled_order_is_kept_without_open_lines_and_has_them_again_when_it_changes(
    book: OrderBook,
) -> None:
    book.write(STORE, [(None, a_booked_entry(1041))])
    done = settled(now_of(book, 1041).entry, {JUMPER: LATEST})
    assert done.settled

    book.write(STORE, [(now_of(book, 1041), done)])

    assert list(book.open(STORE)) == []
    assert now_of(book, 1041).entry == done
    more = found(done, replace(done.order, lines=(a_line(quantity=3),)), SIGHT)
    book.write(STORE, [(now_of(book, 1041), more)])
    assert [account.owed for account in book.of(STORE)] == [3]


def test_250_orders_go_at_once_and_only_those_that_changed_are_refused(book: OrderBook) -> None:
    numbers = range(1, 251)
    book.write(STORE, [(None, an_entry_of(number)) for number in numbers])
    read = book.kept(STORE, [WebOrderId(number) for number in numbers])
    assert len(read) == len(book.open(STORE)) == 250
    meanwhile = [WebOrderId(number) for number in (1, 49, 50, 51, 250)]
    book.write(STORE, [(read[order], read[order].entry) for order in meanwhile])

    refused = book.write(STORE, [(kept, ask(kept.entry, 0)) for kept in read.values()])

    assert sorted(refused) == meanwhile
    asked = {each.order for each in book.open(STORE) if each.accounts[0].asked == 2}
    assert asked == set(read) - set(meanwhile)


def test_of_two_entries_of_one_order_the_second_is_refused(book: OrderBook) -> None:
    twice = [(None, an_entry_of(1041)), (None, an_entry_of(1041, a_line(quantity=9)))]
    assert list(book.write(STORE, twice)) == [1041]
    assert [account.owed for account in book.of(STORE)] == [2]


@pytest.mark.parametrize("there", [False, True], ids=["a new order", "a known order"])
def test_of_many_that_write_one_order_at_the_same_moment_one_does(
    book: OrderBook, *, there: bool
) -> None:
    if there:
        book.write(STORE, [(None, an_entry_of(1041))])
    kept = now_of(book, 1041) if there else None
    entries = [an_entry_of(1041, a_line(quantity=n + 1)) for n in range(8)]

    answers = race(partial(book.write, STORE, [(kept, each)]) for each in entries)

    wrote = [entry for entry, answer in zip(entries, answers, strict=True) if answer == []]
    assert len(wrote) == 1, answers
    assert now_of(book, 1041).entry == wrote[0]
    assert list(book.of(STORE)) == list(wrote[0].accounts)


def test_two_writers_who_read_again_lose_no_change_of_each_other(book: OrderBook) -> None:
    """One adds units and the other notes that the POS is out of reach, as the drain and the function that
    tells the POS do."""
    orders = [WebOrderId(number) for number in range(1, 9)]
    book.write(STORE, [(None, an_entry_of(order)) for order in orders])

    def until_written(change: str) -> None:
        left = list(orders)
        for _ in range(50):
            read = book.kept(STORE, left)
            left = list(book.write(STORE, [(k, changed(k.entry, change)) for k in read.values()]))
            if not left:
                return
        raise AssertionError(f"not written: {left}")

    def changed(entry: OrderEntry, change: str) -> OrderEntry:
        if change == "unreachable":
            return unreachable(entry)
        return found(entry, replace(entry.order, lines=(a_line(quantity=5),)), SIGHT)

    assert race([partial(until_written, "unreachable"), partial(until_written, "units")]) == [
        None,
        None,
    ]

    kept = book.kept(STORE, orders)
    assert all(each.entry.waits for each in kept.values())
    assert {account.owed for account in book.of(STORE)} == {5}


def test_an_order_of_a_thousand_lines_is_kept_beside_small_ones(book: OrderBook) -> None:
    long = ask(an_entry_of(1041, *many_lines(1_000)), epoch=0)
    entries = [an_entry_of(7), long, an_entry_of(9_000)]
    assert book.write(STORE, [(None, each) for each in entries]) == []
    assert now_of(book, 1041).entry == long
    assert len(book.of(STORE)) == 1_002


def test_many_long_orders_are_more_than_one_transaction_takes(book: OrderBook) -> None:
    one = ask(an_entry_of(1, *many_lines(1_000)), epoch=0)
    entries = [replace(one, order=replace(one.order, id=WebOrderId(n))) for n in range(1, 51)]
    assert book.write(STORE, [(None, each) for each in entries]) == []
    assert len(book.open(STORE)) == 50


def test_an_order_too_long_for_a_row_is_left_out_alone_and_logged(
    dynamodb: "DynamoDBClient", table: str, caplog: pytest.LogCaptureFixture
) -> None:
    book = DynamoOrderBook(dynamodb, table, FakeClock())
    entries = [an_entry_of(7), an_entry_of(1041, *many_lines(9_000)), an_entry_of(9)]
    assert book.write(STORE, [(None, each) for each in entries]) == []
    assert {each.order for each in book.open(STORE)} == {7, 9}
    assert "a web order cannot be kept" in caplog.text


@pytest.mark.parametrize(
    "damage",
    [
        {"v": {"N": "2"}},
        {"entry": {"B": b"x\x9cnothing"}, "open": {"B": b"x\x9cnothing"}},
        {"entry": {"B": b"\xfd7zXZ"}, "open": {"B": b"\xfd7zXZ"}},
        {"entry": {"S": "{}"}, "open": {"S": "{}"}},
        {"entry": {"NULL": True}, "open": {"NULL": True}},
    ],
    ids=["of a later release", "cut", "cut too", "a text", "nothing"],
)
def test_an_order_that_cannot_be_read_holds_the_stock_and_is_written_over_by_nobody(
    damage: dict[str, dict[str, object]],
    dynamodb: "DynamoDBClient",
    table: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    book = DynamoOrderBook(dynamodb, table, FakeClock())
    book.write(STORE, [(None, an_entry_of(number)) for number in (1, 2, 3)])
    there = items_in(dynamodb, table)
    odd = [{**item, **damage} for item in there if item["sk"]["S"].endswith("2")]
    for item in odd:
        dynamodb.put_item(TableName=table, Item=item)

    read = book.kept(STORE, [WebOrderId(number) for number in (1, 2, 3)])
    assert set(read) == {1, 3}
    with pytest.raises(NeedsAttention, match=r"web order 2 .* take 2"):
        book.open(STORE)
    entries = [(read.get(WebOrderId(n)), an_entry_of(n, a_line(quantity=9))) for n in (1, 2, 3)]
    assert book.write(STORE, entries) == []
    kept = book.kept(STORE, [WebOrderId(1), WebOrderId(3)]).values()
    assert [each.entry.accounts[0].owed for each in kept] == [9, 9]
    assert all(item in items_in(dynamodb, table) for item in odd)
    assert "cannot be read" in caplog.text

    for item in there:  # so that every item names its shape at the end
        dynamodb.put_item(TableName=table, Item=item)


def test_dynamodb_may_forget_a_settled_order_after_90_days_and_no_other(
    dynamodb: "DynamoDBClient", table: str
) -> None:
    clock = FakeClock()
    book = DynamoOrderBook(dynamodb, table, clock)

    def forgotten_from() -> list[int]:
        rows = items_in(dynamodb, table)
        return [int(row["expires_at"]["N"]) for row in rows if "expires_at" in row]

    book.write(STORE, [(None, a_booked_entry(1041)), (None, a_booked_entry(7))])
    assert forgotten_from() == []
    done = settled(now_of(book, 1041).entry, {JUMPER: LATEST})
    book.write(STORE, [(now_of(book, 1041), done)])
    assert forgotten_from() == [clock.now_ms() // 1_000 + KEPT_SECONDS]
    clock.advance(KEPT_SECONDS + 1)
    # DynamoDB deletes late; what it has not deleted is whole, and lives on when the order changes.
    more = found(done, replace(done.order, lines=(a_line(quantity=3),)), SIGHT)
    assert book.write(STORE, [(now_of(book, 1041), more)]) == []
    assert forgotten_from() == []


def test_a_few_requests_write_many_orders(dynamodb: "DynamoDBClient", table: str) -> None:
    book = DynamoOrderBook(dynamodb, table, FakeClock())
    meter = Meter()
    meter.attach(dynamodb)
    book.write(STORE, [(None, an_entry_of(number)) for number in range(1, 251)])
    assert meter.requests == {"TransactWriteItems": 5}


def test_orders_lie_in_the_order_of_their_numbers() -> None:
    numbers = (7, 99, 1_041, 10**12)
    assert sorted(keys.web_order(STORE, WebOrderId(n))["sk"]["S"] for n in numbers) == [
        keys.web_order(STORE, WebOrderId(n))["sk"]["S"] for n in numbers
    ]


def test_each_write_of_an_ordinary_order_costs_four_units(
    dynamodb: "DynamoDBClient", table: str
) -> None:
    """Two items below a kilobyte, each billed twice, as all is that goes in a transaction."""
    book, meter = DynamoOrderBook(dynamodb, table, FakeClock()), Meter()
    lines = [a_line(n, name="Merino jumper, undyed, hand-washed") for n in range(1, 4)]
    meter.attach(dynamodb)
    meter.begin()
    book.write(STORE, [(None, an_entry_of(1041, *lines))])
    book.write(STORE, [(now_of(book, 1041), ask(now_of(book, 1041).entry, 0))])
    assert meter.written == 8.0
