"""Orders, refunds and inventory settings agree with BigCommerce's own OpenAPI files."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.beside import Beside
from tests.contract.bigcommerce_openapi import validate_traffic
from tests.sandbox.bigcommerce.conftest import Api
from tests.sandbox.bigcommerce.orders.conftest import Sold, sold_by

LINES = "include=consignments.line_items&consignment_structure=object"
SINCE = "min_date_modified=2020-01-01T00:00:00%2B00:00"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "traffic.jsonl"


@pytest.fixture
def recorded(record: Path) -> Iterator[Sold]:
    with StoreServer(quota="none", stock_delay_ms=0, record=record) as server:
        api = Api(server)
        yield sold_by(server, api)
        api.session.close()


def read_everything(sold: Sold, order_ids: list[int]) -> None:
    paths = [
        f"/v2/orders?{SINCE}&min_id=1&sort=id:asc&limit=250&channel_id=1&{LINES}",
        "/v2/orders?include=consignments,fees&consignment_structure=object&status_id=11&page=1",
        "/v2/orders/count",
        "/v2/order_statuses",
        "/orders/payment_actions/refunds?created:min=2020-01-01T00:00:00%2B00:00&limit=50",
        f"/orders/{order_ids[0]}/payment_actions/refunds",
        "/settings/inventory",
        "/settings/inventory?channel_id=1",
        *(f"/v2/orders/{order_id}?{LINES}" for order_id in order_ids),
        *(f"/v2/orders/{order_id}/products?limit=250" for order_id in order_ids),
    ]
    for path in paths:
        assert sold.api.get(path).status_code == 200, path


def test_every_kind_of_order_is_as_documented(recorded: Sold, record: Path, beside: Beside) -> None:
    sold, shop = recorded, recorded.shop
    sold.api.get("/v2/orders")
    sold.api.get("/v2/orders/1")
    orders = [sold.buy(2), sold.buy(currency="EUR"), shop.fail_to_pay(sold.mugs(1))]
    orders.append(shop.place(sold.mugs(1), source="manual", status_id=1))
    orders.append(shop.place(sold.mugs(1), source="external", external_source="POS Till 1"))
    kinds = ("physical", "digital", "giftcertificate")
    orders.append(shop.place([{"name": kind, "price": 3, "type": kind} for kind in kinds]))
    shop.refund(orders[0], {sold.lines(orders[0])[0]["id"]: 1})
    shop.refund(orders[0], amount=0.5)
    shop.ship(orders[1])
    shop.cancel(orders[3])
    shop.archive(orders[4])
    shop.settings(1, refund_order_stock_adjustment=False)
    read_everything(sold, orders)
    problems = validate_traffic(record, beside("spec", "bigcommerce"))
    assert {(problem.operation, problem.message) for problem in problems} == set()


def test_an_order_that_strays_from_the_documentation_is_found(
    recorded: Sold, record: Path, beside: Beside
) -> None:
    recorded.lines(recorded.buy())
    *_, last = record.read_text().splitlines()
    call = json.loads(last)
    call["response_body"][0]["colour"] = "red"
    call["response_body"][0]["quantity"] = "1"
    record.write_text(json.dumps(call) + "\n")
    problems = validate_traffic(record, beside("spec", "bigcommerce"))
    assert sorted(problem.message.split(":")[0] for problem in problems) == ["0", "0/quantity"]
