"""A shop with its wire in this process, and a client that calls it plainly."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.lightspeed_x.lab.control import Control
from sandbox.lightspeed_x.server.in_process import ADDRESS, in_process
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.config import AccountConfig
from sandbox.pos.cloud import PosCloud
from sandbox.pos.publisher import ListPublisher
from tests.beside import Beside
from tests.contract.lightspeed_openapi import validate_traffic

type Row = dict[str, Any]


class Clock:
    """A clock that a test sets; seconds."""

    def __init__(self) -> None:
        self.now = 1_790_000_100.0

    def __call__(self) -> float:
        return self.now


class Shop:
    """One account over its shop, called as a client would, without repeats or rules of its own."""

    def __init__(self, clock: Clock, cloud: PosCloud | None = None, **config: Any) -> None:
        self.clock = clock
        self.cloud = cloud or PosCloud(ListPublisher(), ())
        self.account = Account(self.cloud, AccountConfig(clock=clock, **config))
        self.control = Control(self.account)
        self.session = in_process(self.account)

    def call(
        self, method: str, path: str, body: Any = None, version: str = "2026-07", **more: Any
    ) -> requests.Response:
        url = f"{ADDRESS}/api/{version}{path}"
        return self.session.request(method, url, json=body, **more)

    def get(self, path: str, **more: Any) -> Any:
        """Return what is read; fail the test if it is refused. Numbers are exact."""
        return read(self.call("GET", path, **more))

    def post(self, path: str, body: Any, **more: Any) -> Any:
        return read(self.call("POST", path, body, **more))

    def rows(self, query: str = "") -> list[Row]:
        found: list[Row] = self.get(f"/products?{query}")["data"]
        return found

    def levels(self, **body: Any) -> list[Row]:
        found: list[Row] = self.post("/inventory", {"sort_direction": "asc"} | body)
        return found


def read(answer: requests.Response) -> Any:
    assert answer.ok, answer.text
    return json.loads(answer.text, parse_float=Decimal)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def vendors_text(beside: Beside) -> Path | None:
    """The folder of the vendor's OpenAPI text; None where it is missing, and nothing is checked."""
    try:
        return beside("spec", "pos")
    except pytest.skip.Exception:
        return None


@pytest.fixture
def shop(clock: Clock, tmp_path: Path, vendors_text: Path | None) -> Iterator[Shop]:
    """A shop whose every call and answer agrees with the vendor's text."""
    record = tmp_path / "traffic.jsonl"
    made = Shop(clock, record=record if vendors_text else None)
    yield made
    made.session.close()
    if vendors_text and record.exists():
        assert validate_traffic(record, vendors_text) == []


def a_mug(shop: Shop, product_id: str = "p-mug", **changes: Any) -> None:
    """Save a simple product in the shop."""
    fields = {"name": "Mug", "price": "9.50", "sku": "MUG1", "stock": {"o-main": 5}} | changes
    shop.cloud.save_product(product_id, **fields)


def a_shirt(shop: Shop, product_id: str = "p-shirt", **changes: Any) -> None:
    """Save a product with two variants in the shop."""
    variants = [
        {"sku": f"SHIRT-{size}", "price": "20.00", "stock": {"o-main": 3},
         "option_values": [{"name": "Size", "value": size}]}
        for size in ("S", "M")
    ]  # fmt: skip
    fields = {"name": "Shirt", "price": "20.00", "sku": "SHIRT", "variants": variants} | changes
    shop.cloud.save_product(product_id, **fields)
