"""Changed web orders are read to the end, or the cursor stays."""

import pytest

from tests.fakes.web_orders import FakeWebOrders
from tillbridge.domain.errors import StoreDown
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.shown import WebOrder
from tillbridge.ports.web_orders import OddOrder, OrdersPage
from tillbridge.usecases.read_orders import read_changed


def a_store_with(*modified: int, a_page: int = 2) -> FakeWebOrders:
    fake = FakeWebOrders(a_page)
    for place, modified_ms in enumerate(modified, start=1):
        number = WebOrderId(place)
        fake.orders[number] = WebOrder(number, 11, modified_ms, modified_ms, ())
    fake.now_ms = 900_000
    return fake


def test_every_page_is_taken_before_the_cursor_moves() -> None:
    taken: list[OrdersPage] = []
    cursor = read_changed(a_store_with(200_000, 500_000, 300_000), 0, taken.append)
    assert [order.id for page in taken for order in page.orders] == [1, 2, 3]
    assert cursor == 500_000


def test_an_interrupted_reading_returns_no_cursor() -> None:
    pages: list[OrdersPage] = []

    def take(page: OrdersPage) -> None:
        pages.append(page)
        if len(pages) == 2:
            raise StoreDown("BigCommerce cannot be reached.", 0.0)

    with pytest.raises(StoreDown):
        read_changed(a_store_with(200_000, 500_000, 300_000), 0, take)


def test_what_changed_just_before_the_cursor_comes_again() -> None:
    taken: list[OrdersPage] = []
    assert read_changed(a_store_with(450_000), 500_000, taken.append) == 500_000
    assert [order.id for page in taken for order in page.orders] == [1]


def test_an_odd_order_ends_no_reading() -> None:
    fake, taken = a_store_with(200_000, 300_000, a_page=1), list[OrdersPage]()
    fake.odd[WebOrderId(1)] = OddOrder(WebOrderId(1), "It cannot be read.")
    assert read_changed(fake, 0, taken.append) == 300_000
    assert [each.id for page in taken for each in page.odd] == [1]


def test_a_quiet_store_costs_one_call() -> None:
    fake = a_store_with()
    assert read_changed(fake, 500_000, lambda _: None) == 500_000
    assert fake.record.calls == {"GET /v2/orders": 1}
