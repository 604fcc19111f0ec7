"""Web orders are read in lists, however many there are, and nothing of a shopper is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, cast

from cli.verify.model import StoreSide
from cli.verify.order_model import Kept, KeptLine, OrdersSide
from cli.verify.order_reader import read_orders
from cli.verify.reading import Reader
from cli.verify.web_orders import MOST_ASKED, OrderReaders, WebOrders
from tests.unit.cli.verify.an_order import LINKS, MUG

NOW = 1_800_000_000_000
STORE = StoreSide("https://api.example", "abc", "token")
MANY = 10_000

type Json = dict[str, Any]


class Sides:
    """Both sides' APIs, with so many orders, each of two mugs. `calls`: how often each was asked."""

    def __init__(self, orders: int, page: int = 250) -> None:
        self.page, self.calls = page, Counter[str]()
        self.orders = {number: an_order(number) for number in range(1, orders + 1)}
        self.booked = list(self.orders)
        self.refunds: list[Json] = []

    def records(self, path: str, **query: Any) -> list[Json]:
        self.calls[path] += 1
        if path != "/orders":
            return [a_line()] if query["page"] == 1 else []
        first = query["min_id"]
        return [self.orders[n] for n in self.orders if n >= first][: min(self.page, query["limit"])]

    def find(self, path: str, **_: Any) -> Json | None:
        self.calls["one order"] += 1
        return self.orders.get(int(path.rpartition("/")[2]))

    def get(self, path: str, *, limit: int, since_version: int = 0, **query: Any) -> Json:
        self.calls[path] += 1
        if path == "/orders/payment_actions/refunds":
            assert query["created__min"].startswith("2027-01-15T06:")
            return {"data": self.refunds if query["page"] == 1 else []}
        left = [number for number in self.booked if number > since_version]
        return {
            "data": [a_booking(number) for number in left[:limit]],
            "next_version": (left[:limit] or [since_version])[-1],
            "has_more": len(left) > limit,
        }

    @property
    def reader(self) -> Reader:
        return cast("Reader", self)


def a_line(**more: Any) -> Json:
    line = {
        "id": 1,
        "product_id": 7,
        "variant_id": 70,
        "quantity": 2,
        "type": "physical",
        "sku": "MUG",
    }
    return line | more


def an_order(number: int, **more: Any) -> Json:
    at = format_datetime(datetime.fromtimestamp(NOW // 1_000 - 3_600, UTC))
    return {
        "id": number,
        "status_id": 11,
        "date_created": at,
        "date_modified": at,
        "items_total": "2",
        "billing_address": {"first_name": "Canary"},
        "consignments": {"shipping": [{"line_items": [a_line()]}]},
    } | more


def a_booking(number: int) -> Json:
    effect = {"line_id": "1", "product_id": MUG, "variant_id": None, "version": 1, "units": "2.0"}
    return {
        "external_id": f"bigcommerce:abc:{number}",
        "revision": 1,
        "state": "booked",
        "version": number,
        "effects": [effect],
    }


def the_book(orders: Collection[int], **more: Any) -> dict[int, Kept]:
    line = KeptLine(1, 7, 70, (MUG, ""), 2)
    told: Json = {"state": "booked", "revision": 1, "lines": (line,), "settled": True}
    return {number: Kept(number, **told | more) for number in orders}


def judged(sides: Sides, book: dict[int, Kept], mode: str = "pos", since_ms: int = 0) -> WebOrders:
    asked: Counter[str] = sides.calls

    def kept(orders: Collection[int] | None) -> Iterator[Kept]:
        asked["book"] += 1
        yield from book.values() if orders is None else (book[n] for n in orders if n in book)

    side = OrdersSide(mode, since_ms, kept, now_ms=lambda: NOW)
    orders = WebOrders(side, STORE, OrderReaders(sides.reader, sides.reader, sides.reader), LINKS)
    orders.read()
    return orders


def test_ten_thousand_orders_are_sixty_calls() -> None:
    sides = Sides(MANY)
    orders = judged(sides, the_book(sides.orders))
    assert (len(orders.standings), orders.findings) == (MANY, {})
    assert sides.calls == {"/orders": 41, "/v1/web-orders": 20, "book": 1}


def test_one_of_ten_thousand_that_is_booked_twice_is_found() -> None:
    sides = Sides(MANY)
    book = the_book(sides.orders)
    book[5_000] = replace(book[5_000], lines=(replace(book[5_000].lines[0], owed=1),))
    sides.orders[5_000]["consignments"]["shipping"][0]["line_items"][0]["quantity"] = 1
    sides.orders[5_000]["items_total"] = "1"
    assert [(each.order, each.kind) for each in judged(sides, book).wrong] == [
        (5_000, "booked_twice")
    ]


def test_in_mode_ledger_the_pos_is_not_asked() -> None:
    sides = Sides(300)
    assert judged(sides, the_book(sides.orders), "ledger").findings == {}
    assert "/v1/web-orders" not in sides.calls


def test_a_store_that_caps_its_pages_is_read_to_the_end() -> None:
    sides = Sides(120, page=50)
    assert len(read_orders(sides.reader).orders) == 120


def test_lines_that_do_not_come_with_an_order_are_asked_for() -> None:
    sides = Sides(1)
    sides.orders[1]["consignments"] = {}
    (order,) = read_orders(sides.reader).orders.values()
    assert [line.quantity for line in order.lines] == [2]
    assert sides.calls["/orders/1/products"] == 1


def test_nothing_of_a_shopper_is_kept() -> None:
    assert "Canary" not in repr(read_orders(Sides(1).reader))


def test_an_order_that_cannot_be_read_hides_no_other_and_is_said() -> None:
    sides = Sides(3)
    sides.orders[2]["date_created"] = "yesterday"
    orders = judged(sides, the_book(sides.orders))
    assert [(each.order, each.kind) for each in orders.wrong] == [(2, "unreadable")]
    assert orders.standings.keys() >= {1, 3}


def test_open_orders_that_the_list_does_not_show_are_asked_for_up_to_a_number() -> None:
    sides = Sides(0)
    sides.booked = []
    archived = the_book(range(1, MOST_ASKED + 21), settled=False, state="seen")
    orders = judged(sides, archived, "ledger")
    assert sides.calls["one order"] == MOST_ASKED
    assert orders.unasked == 20


def test_what_the_pos_booked_before_orders_counted_is_nobodys() -> None:
    sides = Sides(10)
    for number in (1, 2, 3):
        del sides.orders[number]
    assert judged(sides, the_book(sides.orders)).findings == {}


def test_an_order_from_before_orders_counted_is_judged_only_where_the_book_has_it() -> None:
    sides = Sides(3)
    sides.booked = []
    sides.orders[2]["status_id"] = 5
    taken = the_book([2], settled=False, state="seen")
    orders = judged(sides, taken, since_ms=NOW)
    assert [(each.order, each.kind) for each in orders.wrong] == [(2, "not_as_shown")]
    assert orders.standings.keys() == {2}


def test_in_mode_ledger_what_a_count_took_off_is_known_by_the_book() -> None:
    sides = Sides(1)
    book = the_book([1], settled=False, state="seen")
    line = replace(book[1].lines[0], bookings=((5, 2),))
    orders = judged(sides, {1: replace(book[1], lines=(line,))}, "ledger")
    open_by_version = {
        version: orders.promised({"id": MUG, "version": version})[""].most for version in (4, 5)
    }
    assert open_by_version == {4: 2, 5: 0}


def test_a_refund_of_the_last_hour_need_not_be_read_yet_and_an_older_one_must() -> None:
    """A refund need not change when its order was modified, and refunds are read every hour."""
    sides = Sides(2)
    for order in sides.orders.values():
        order["consignments"]["shipping"][0]["line_items"][0]["quantity_refunded"] = 1
    sides.refunds = [{"id": 1, "order_id": 2}]
    orders = judged(sides, the_book(sides.orders))
    assert [(each.order, each.kind) for each in orders.wrong] == [(1, "not_as_shown")]
    assert [(each.order, each.kind) for each in orders.waiting] == [(2, "not_read_yet")]
    assert sides.calls["/orders/payment_actions/refunds"] == 2


def test_orders_that_need_a_person_are_told_before_those_that_pass_by_themselves() -> None:
    sides = Sides(4)
    sides.booked = []
    book = the_book(sides.orders, state="seen")
    book[3], book[4] = replace(book[3], late=True), replace(book[4], state="failed")
    found = judged(sides, book).waiting
    assert [(each.order, each.kind) for each in found] == [
        (3, "overdue"), (4, "failed"), (1, "waiting"), (2, "waiting"),
    ]  # fmt: skip


def test_reading_again_takes_what_changed_since() -> None:
    sides = Sides(3)
    book = the_book(sides.orders)
    missing = book.pop(2)
    orders = judged(sides, book)
    assert [each.order for each in orders.wrong] == [2]
    book[2] = missing
    sides.calls.clear()
    orders.again()
    assert orders.findings == {}
    assert sides.calls == {"/orders": 1, "/v1/web-orders": 1, "book": 1}
