"""What web orders cost: as few calls to BigCommerce as can be, and none where none are read."""

from collections.abc import Iterator

import pytest

from tests.harness import House
from tests.order_house import LIST, LOOK, ONE, STOCK, OrderHouse, a_mug
from tillbridge.domain.connection import PushContent, Settings, WebOrderMode


@pytest.fixture
def house() -> Iterator[OrderHouse]:
    with OrderHouse() as house:
        house.has_linked(a_mug(100))
        house.sweeps(0)
        house.control.reset_counts()
        yield house


def test_an_order_alone_costs_a_list_and_a_look_and_no_stock_call(house: OrderHouse) -> None:
    order = house.buys("p-mug", 2)
    house.hook(order)
    house.settle()
    assert house.counts(LIST, LOOK, STOCK, ONE) == (1, 1, 0, 0)
    assert house.offered("p-mug") == 98


def test_its_booking_in_the_pos_costs_no_stock_call(house: OrderHouse) -> None:
    order = house.buys("p-mug", 2)
    house.hook(order)
    house.settle()
    house.control.reset_counts()
    house.change(
        settings=Settings(push_content=PushContent.WHEN_CHANGED, web_orders=WebOrderMode.POS)
    )
    house.hook(order)
    house.settle()
    house.control.reset_counts()
    house.books(order)
    house.settle()
    assert house.calls() == {}
    assert house.offered("p-mug") == 98


def test_many_orders_on_a_page_cost_one_call(house: OrderHouse) -> None:
    orders = [house.buys("p-mug") for _ in range(30)]
    house.hook(*orders)
    house.settle()
    assert house.counts(LIST, LOOK, STOCK, ONE) == (1, 1, 0, 0)
    assert house.offered("p-mug") == 70


def test_a_quiet_sweep_costs_one_call(house: OrderHouse) -> None:
    house.sweeps()
    assert house.calls() == {LIST: 1}


def test_a_signal_soon_after_a_reading_costs_none(house: OrderHouse) -> None:
    house.sweeps(60)
    assert house.calls() == {}


def test_a_sale_at_the_till_costs_one_list_more_than_without_orders(house: OrderHouse) -> None:
    house.clock.sleep(3)
    house.sells_at_the_till("p-mug")
    house.settle()
    with House() as plain:
        plain.has_linked(a_mug(100))
        plain.pos.sell([{"product_id": "p-mug", "quantity": 1}])
        plain.settle()
        assert house.calls() == plain.calls() | {LIST: 1}


def test_two_sales_within_two_seconds_read_the_orders_once(house: OrderHouse) -> None:
    house.clock.sleep(3)
    for _ in range(2):
        house.sells_at_the_till("p-mug")
        house.one_slice()
    assert house.counts(LIST, STOCK) == (1, 2)


def test_where_no_orders_are_read_not_one_is_asked_for() -> None:
    with OrderHouse(Settings()) as house:
        house.has_linked(a_mug())
        house.sweeps()
        order = house.buys("p-mug")
        house.hook(order)
        house.sells_at_the_till("p-mug")
        house.settle()
        assert house.counts(LIST, ONE, LOOK) == (0, 0, 0)
        assert not house.pending()
