"""What the sandbox POS sends keeps the contract, whatever happens in the shop."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.pos.claim_check import MemoryObjects
from sandbox.pos.cloud import PosCloud
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.inputs import ProductInput
from sandbox.pos.publisher import ListPublisher
from tests.contract.event_schemas import complaints

MUG = {"product_id": "p-1001", "variant_id": "p-1001~1"}
CANDLE = {"product_id": "p-1003"}
NAMELESS_PRICE = ProductInput(id="p-1003", price=8)

WEB_LINE = {"line_id": "1", "product_id": "p-1003", "units": "1", "ordered": "1",
            "unit_price_inc_tax": "9.90", "unit_price_ex_tax": "9.00"}  # fmt: skip
WEB_ORDER = {
    "revision": 1,
    "placed_at": "2026-11-21T18:40:12Z",
    "number": "250",
    "channel": {"id": 1, "name": "Web"},
    "outlet_id": "o-main",
    "state": "open",
    "currency": "USD",
    "lines": [WEB_LINE],
    "total_inc_tax": "9.90",
}

ACTIONS: dict[str, Callable[[PosCloud], Any]] = {
    "product.saved": lambda pos: pos.save_product("p-1003", price="9"),
    "product.imported": lambda pos: pos.import_products([NAMELESS_PRICE], "prices.csv", 1),
    "sale.completed": lambda pos: pos.sell([MUG | {"quantity": 1}, CANDLE | {"quantity": "0.5"}]),
    "refund.completed": lambda pos: pos.refund([CANDLE | {"quantity": 1, "restocked": False}]),
    "exchange.completed": lambda pos: pos.exchange(
        [MUG | {"quantity": 1}], [CANDLE | {"quantity": 1}]
    ),
    "inventory_count.completed": lambda pos: pos.inventory_count([CANDLE | {"counted": 7}]),
    "stock_order.completed": lambda pos: pos.stock_order(
        [CANDLE | {"received": 7, "ordered": 8, "unit_cost": "2.90"}]
    ),
    "stock_transfer.completed": lambda pos: pos.stock_transfer([CANDLE | {"quantity": 7}]),
    "stock_adjustment.completed": lambda pos: pos.stock_adjustment([CANDLE | {"delta": -1}]),
}


@pytest.fixture
def published() -> ListPublisher:
    return ListPublisher()


@pytest.fixture
def objects() -> MemoryObjects:
    return MemoryObjects()


@pytest.fixture
def pos(published: ListPublisher, objects: MemoryObjects) -> PosCloud:
    cloud = PosCloud(published, ["demo"], objects=objects)
    cloud.load(demo_products())
    return cloud


@pytest.mark.parametrize("trigger", ACTIONS)
def test_each_of_the_nine_actions_sends_its_event(
    trigger: str, pos: PosCloud, published: ListPublisher
) -> None:
    ACTIONS[trigger](pos)
    (entry,) = published.entries
    assert entry["detail-type"] == trigger
    assert complaints(entry) == []
    for product in entry["detail"]["data"]["products"]:
        assert product["version"] == pos.catalogue.get(product["product_id"]).version


def test_a_person_who_books_a_web_order_sends_its_event(
    pos: PosCloud, published: ListPublisher
) -> None:
    pos.set_booking(mode="by_person")
    pos.put_web_order("bigcommerce:sandbox1:250", WEB_ORDER)
    assert published.entries == []
    pos.book_web_orders()
    assert [complaints(entry) for entry in published.entries] == [[], []]
    sale, told = published.entries
    assert (sale["detail-type"], told["detail-type"]) == ("sale.completed", "web_order.booked")
    assert told["detail"]["data"]["web_order"] == {
        "external_id": "bigcommerce:sandbox1:250",
        "revision": 1,
        "lines": [{"line_id": "1", "units": "1"}],
    }


def test_an_import_of_more_than_200_products_sends_a_claim_check(
    pos: PosCloud, published: ListPublisher, objects: MemoryObjects
) -> None:
    pos.import_products([ProductInput(id=f"n{n}", name=f"New {n}") for n in range(201)], "n", 201)
    (entry,) = published.entries
    assert complaints(entry) == []
    data = entry["detail"]["data"]
    assert "products" not in data
    lines = gzip.decompress(objects.objects[data["dataref"]]).decode().splitlines()
    assert [json.loads(line)["product_id"] for line in lines] == [f"n{n}" for n in range(201)]


def test_an_import_of_exactly_200_products_is_inline(
    pos: PosCloud, published: ListPublisher
) -> None:
    pos.import_products([ProductInput(id=f"n{n}", name=f"New {n}") for n in range(200)], "n", 200)
    assert complaints(published.entries[0]) == []
    assert len(published.entries[0]["detail"]["data"]["products"]) == 200


def test_no_event_carries_a_customer_or_a_payment(pos: PosCloud, published: ListPublisher) -> None:
    for action in ACTIONS.values():
        action(pos)
    everything = json.dumps(published.entries).casefold()
    assert not any(word in everything for word in ("customer", "email", "card", "payment"))
