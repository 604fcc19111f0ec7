"""Changed web orders are read to the end, or the cursor stays."""

from collections.abc import Callable

import pytest

from tests.fakes.web_orders import FakeWebOrders
from tillbridge.domain.errors import StoreDown
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.order_cursor import OrdersRead
from tillbridge.domain.web_orders.shown import WebOrder
from tillbridge.ports.web_orders import OddOrder, OrdersPage
from tillbridge.usecases.read_orders import read_changed

NOW_MS = 1_000_000


def a_store_with(*modified: int, a_page: int = 2) -> FakeWebOrders:
    fake = FakeWebOrders(a_page)
    for place, modified_ms in enumerate(modified, start=1):
        number = WebOrderId(place)
        fake.orders[number] = WebOrder(number, 11, modified_ms, modified_ms, ())
    fake.now_ms = 600_000
    return fake


def read(
    fake: FakeWebOrders,
    cursor_ms: int,
    take: Callable[[OrdersPage], None] = lambda _: None,
    began: OrdersRead | None = None,
) -> OrdersRead:
    kept = [began or OrdersRead(cursor_ms)]
    read_changed(fake.changed, kept[-1], NOW_MS, take, kept.append)
    return kept[-1]


def test_every_page_is_taken_before_the_cursor_moves() -> None:
    taken: list[OrdersPage] = []
    found = read(a_store_with(200_000, 500_000, 300_000), 0, taken.append)
    assert [order.id for page in taken for order in page.orders] == [1, 2, 3]
    assert found == OrdersRead(cursor_ms=500_000, read_ms=NOW_MS)


def test_an_interrupted_reading_returns_no_cursor() -> None:
    pages: list[OrdersPage] = []

    def take(page: OrdersPage) -> None:
        pages.append(page)
        if len(pages) == 2:
            raise StoreDown("BigCommerce cannot be reached.", 0.0)

    with pytest.raises(StoreDown):
        read(a_store_with(200_000, 500_000, 300_000), 0, take)


def test_what_changed_just_before_the_cursor_comes_again() -> None:
    taken: list[OrdersPage] = []
    assert read(a_store_with(450_000), 500_000, taken.append).cursor_ms == 500_000
    assert [order.id for page in taken for order in page.orders] == [1]


def test_an_odd_order_ends_no_reading() -> None:
    fake, taken = a_store_with(200_000, 300_000, a_page=1), list[OrdersPage]()
    fake.now_ms = 480_000
    fake.odd[WebOrderId(1)] = OddOrder(WebOrderId(1), "It cannot be read.")
    assert read(fake, 0, taken.append).cursor_ms == 300_000
    assert [each.id for page in taken for each in page.odd] == [1]


def test_a_quiet_store_costs_one_call() -> None:
    fake = a_store_with()
    assert read(fake, 500_000).cursor_ms == 500_000
    assert fake.record.calls == {"GET /v2/orders": 1}


def test_a_reading_that_was_cut_off_goes_on_where_it_stopped() -> None:
    fake = a_store_with(200_000, 500_000, 300_000, 400_000, 450_000)
    left = OrdersRead()

    def keep(read: OrdersRead) -> None:
        nonlocal left
        left = read
        if read.following == 3:
            raise StoreDown("BigCommerce cannot be reached.", 0.0)

    with pytest.raises(StoreDown):
        read_changed(fake.changed, left, NOW_MS, lambda _: None, keep)
    assert (left.cursor_ms, left.read_ms, left.following) == (0, 0, 3)
    taken: list[OrdersPage] = []
    found = read(fake, 0, taken.append, left)
    assert [order.id for page in taken for order in page.orders] == [3, 4, 5]
    assert found == OrdersRead(cursor_ms=500_000, read_ms=NOW_MS), (
        "from when the first page was read"
    )
