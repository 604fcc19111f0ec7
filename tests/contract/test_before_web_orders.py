"""What is asked before web orders are switched on, of the sandbox store and of answers that are odd."""

import json
import time
from collections.abc import Iterator

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.fakes.clock import FakeClock
from tests.sandbox.bigcommerce.conftest import Api
from tests.sandbox.bigcommerce.orders.conftest import Sold, sold_by
from tests.unit.adapters.canned_http import Canned, answer
from tillbridge.adapters.bigcommerce.kept_back import BigCommerceKeptBack
from tillbridge.adapters.bigcommerce.orders import BigCommerceOrders
from tillbridge.adapters.clock import SystemClock
from tillbridge.usecases.before_web_orders import look_before


@pytest.fixture
def sold() -> Iterator[tuple[StoreServer, Sold]]:
    with StoreServer(quota="none", stock_delay_ms=0) as server:
        api = Api(server)
        shop = sold_by(server, api, mugs=100)
        yield server, shop
        shop.shop.close()
        api.session.close()


def test_the_sandbox_store_says_what_is_open_and_since_when_orders_count(
    sold: tuple[StoreServer, Sold],
) -> None:
    server, shop = sold
    numbers = [shop.buy(1), shop.buy(2)]
    time.sleep(1.1)  # BigCommerce's times are whole seconds: what comes within this one counts
    where = (server.api_url, server.store_hash, lambda _: server.token, SystemClock(), 2**62)
    kept_back = BigCommerceKeptBack(*where)
    before = SystemClock().now_ms()
    found = look_before(
        BigCommerceOrders(*where),
        1,
        lambda: kept_back.items(1),
        SystemClock(),
    )
    assert before // 1_000 * 1_000 <= found.now_ms <= SystemClock().now_ms()
    told = " ".join(found.words)
    assert f"orders take {numbers[0]}-{numbers[1]}`" in told
    assert "BigCommerce takes stock off when an order is placed" in told
    assert "safety stock" not in told


def test_items_are_counted_that_bigcommerce_keeps_back() -> None:
    settings = [{"safety_stock": 2}, {"safety_stock": 0}, None, {}, {"safety_stock": "x"}, 7]
    items = [{"identity": {"variant_id": 1}, "settings": each} for each in settings]
    body = json.dumps({"data": [*items, 7], "meta": {}}).encode()
    canned = Canned([answer(200, body)])
    clock = FakeClock()
    store = BigCommerceKeptBack(
        "https://api.example", "h", lambda _: "t", clock, 2**62, canned.http_session()
    )
    assert store.items(1) == 1
