"""Web orders are read whole, by id, and without a word of who bought: by the fake, and by the client on
the sandbox store."""

import logging
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.bigcommerce.orders.personal import CANARIES
from sandbox.bigcommerce.server.server import StoreServer
from tests.beside import Beside
from tests.contract.bigcommerce_openapi import validate_traffic
from tests.fakes.web_orders import FakeWebOrders
from tests.sandbox.bigcommerce.conftest import Api
from tests.sandbox.bigcommerce.orders.conftest import Sold, sold_by
from tillbridge.adapters.bigcommerce.orders import BigCommerceOrders
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.ids import StoreProductId, WebLineId, WebOrderId
from tillbridge.domain.order_cursor import OrdersRead
from tillbridge.domain.web_orders.shown import WebLine, WebOrder
from tillbridge.ports.web_orders import OrdersPage, WebOrders
from tillbridge.usecases.read_orders import read_changed

FIRST = WebOrderId(1)


class SandboxShop:
    """The client on a sandbox store, whose shoppers and staff come over HTTP."""

    def __init__(self, server: StoreServer, sold: Sold) -> None:
        self.sold, self.server = sold, server
        self.reader: WebOrders = BigCommerceOrders(
            server.api_url, server.store_hash, lambda _: server.token, SystemClock(), 2**62
        )

    def buy(self, units: int) -> WebOrderId:
        return WebOrderId(self.sold.buy(units))

    def archive(self, order: WebOrderId) -> None:
        self.sold.shop.archive(order)

    def refund(self, order: WebOrderId) -> None:
        self.sold.shop.refund(order, {self.sold.lines(order)[0]["id"]: 1})

    def pages_of(self, most: int) -> None:
        self.server.control.set_hazard("orders-capped", most=most)


class FakeShop:
    """The fake store."""

    def __init__(self) -> None:
        self.fake = FakeWebOrders()
        self.reader: WebOrders = self.fake

    def buy(self, units: int) -> WebOrderId:
        number = WebOrderId(len(self.fake.orders) + 1)
        line = WebLine(WebLineId(1), StoreProductId(7), units)
        self.fake.orders[number] = WebOrder(number, 11, 1_000, 1_000, (line,))
        return number

    def archive(self, order: WebOrderId) -> None:
        self.fake.archived.add(order)

    def refund(self, order: WebOrderId) -> None:
        self.fake.refunds.append((order, 1_000))

    def pages_of(self, most: int) -> None:
        self.fake.a_page = most


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "traffic.jsonl"


@pytest.fixture
def sandbox(record: Path) -> Iterator[SandboxShop]:
    with StoreServer(quota="none", stock_delay_ms=0, record=record) as server:
        api = Api(server)
        sold = sold_by(server, api, mugs=100)
        yield SandboxShop(server, sold)
        sold.shop.close()
        api.session.close()


@pytest.fixture(params=["fake", "sandbox"])
def shop(request: pytest.FixtureRequest) -> SandboxShop | FakeShop:
    if request.param == "fake":
        return FakeShop()
    found: SandboxShop = request.getfixturevalue("sandbox")
    return found


def every_order(reader: WebOrders) -> list[WebOrder]:
    found: list[WebOrder] = []
    start: WebOrderId | None = FIRST
    while start is not None:
        page = reader.changed(0, start)
        found += page.orders
        start = page.following
    return found


def test_a_store_without_orders_has_one_empty_page(shop: SandboxShop | FakeShop) -> None:
    page = shop.reader.changed(0, FIRST)
    assert (page.orders, page.odd, page.following) == ((), (), None)


def test_a_page_shorter_than_asked_is_no_end(shop: SandboxShop | FakeShop) -> None:
    bought = [shop.buy(1) for _ in range(51)]
    shop.pages_of(50)
    assert [order.id for order in every_order(shop.reader)] == bought


def test_a_store_capped_below_fifty_would_show_its_first_orders_for_ever(
    sandbox: SandboxShop,
) -> None:
    """What ADR 25 accepts: no reading finds the others, only whoever names them does."""
    bought = [sandbox.buy(1) for _ in range(40)]
    sandbox.pages_of(30)
    seen: list[list[WebOrderId]] = []
    read = OrdersRead()

    def take(page: OrdersPage) -> None:
        seen.append([order.id for order in page.orders])

    def keep(so_far: OrdersRead) -> None:
        nonlocal read
        read = so_far

    read_changed(sandbox.reader.changed, read, 0, take, keep)
    sandbox.sold.shop.ship(bought[-1])
    read_changed(sandbox.reader.changed, read, 0, take, keep)
    assert seen == [bought[:30], bought[:30]]
    assert isinstance(sandbox.reader.order(bought[-1]), WebOrder)


def test_units_come_with_the_order(shop: SandboxShop | FakeShop) -> None:
    order = shop.buy(3)
    (read,) = shop.reader.changed(0, FIRST).orders
    assert (read.id, [line.quantity for line in read.lines]) == (order, [3])
    assert shop.reader.order(order) == read


def test_an_archived_order_is_read_by_id(shop: SandboxShop | FakeShop) -> None:
    order = shop.buy(1)
    shop.archive(order)
    assert every_order(shop.reader) == []
    assert isinstance(shop.reader.order(order), WebOrder)


def test_an_order_that_is_not_there_is_none(shop: SandboxShop | FakeShop) -> None:
    assert shop.reader.order(WebOrderId(4_711)) is None


def test_refunded_orders_are_named_once(shop: SandboxShop | FakeShop) -> None:
    order = shop.buy(3)
    shop.refund(order)
    shop.refund(order)
    assert shop.reader.refunded(0) == [order]


def test_an_order_alone_costs_one_call(shop: SandboxShop | FakeShop) -> None:
    shop.buy(1)
    every_order(shop.reader)
    assert shop.reader.record.calls == {"GET /v2/orders": 1}


def test_lines_that_the_list_leaves_out_are_asked_for(sandbox: SandboxShop) -> None:
    order = sandbox.buy(3)
    sandbox.server.control.set_hazard("lines-missing")
    (read,) = sandbox.reader.changed(0, FIRST).orders
    assert (read.id, sum(line.quantity for line in read.lines)) == (order, 3)


def test_a_channel_says_what_it_has_in_place_of_the_stores_settings(sandbox: SandboxShop) -> None:
    sandbox.sold.shop.settings(1, refund_order_stock_adjustment=False)
    whole, own = sandbox.reader.inventory_settings(), sandbox.reader.inventory_settings(1)
    assert (whole.at_placing, whole.on_edit, whole.on_refund) == (True, True, True)
    assert (own.at_placing, own.on_edit, own.on_refund) == (None, None, False)


def test_nothing_of_a_shopper_leaves_the_reader(
    sandbox: SandboxShop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    order = sandbox.buy(1)
    page = sandbox.reader.changed(0, FIRST)
    kept = [page, sandbox.reader.order(order)]
    said = repr(kept) + caplog.text + pickle.dumps(kept).decode("latin-1")
    assert str(order) in said
    assert [word for word in CANARIES if word in said] == []


def test_what_is_read_is_read_as_documented(
    sandbox: SandboxShop, record: Path, beside: Beside
) -> None:
    order = sandbox.buy(2)
    sandbox.refund(order)
    every_order(sandbox.reader)
    sandbox.reader.order(order)
    sandbox.reader.refunded(0)
    sandbox.reader.inventory_settings(1)
    problems = validate_traffic(record, beside("spec", "bigcommerce"))
    assert {(problem.operation, problem.message) for problem in problems} == set()
