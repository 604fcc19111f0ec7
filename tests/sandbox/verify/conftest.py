"""A shop on loopback for every test: real servers, no mocks, started once and emptied in
between."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import batched

import pytest
import requests

from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import WEB_STAFF
from sandbox.pos.faults import FaultPlan
from sandbox.pos.server import PosServer
from tests.sandbox.verify.shop import Shop, open_shop


@pytest.fixture(scope="module")
def pos_server() -> Iterator[PosServer]:
    with PosServer() as server:
        yield server


@pytest.fixture(scope="module")
def store_server() -> Iterator[StoreServer]:
    with StoreServer(quota="none", stock_delay_ms=0) as server:
        yield server


@pytest.fixture
def shop(pos_server: PosServer, store_server: StoreServer) -> Iterator[Shop]:
    pos, store = pos_server, store_server
    quota, settling = store.store.quota, store.store.settling
    kept = quota.limit, quota.window_ms, settling.delay_ms
    with requests.Session() as hands:
        yield open_shop(pos, store, hands)
    quota.limit, quota.window_ms, settling.delay_ms = kept
    pos.cloud.faults.set(FaultPlan())
    store.control.clear_hazards()
    store.control.reset_counts()
    store.control.settle()
    for product in pos.cloud.catalogue.live():
        pos.cloud.delete_product(product.id)
    _empty(store)


def _empty(store: StoreServer) -> None:
    """Delete all products, 250 a call as the API takes them."""
    ids = [str(row["id"]) for row in store.store.db.all("SELECT id FROM products")]
    base = f"{store.api_url}/stores/{store.store_hash}/v3/catalog/products"
    headers = {"X-Auth-Token": store.token, "User-Agent": WEB_STAFF}
    with requests.Session() as session:
        for part in batched(ids, 250, strict=False):
            url = f"{base}?id:in={','.join(part)}"
            session.delete(url, headers=headers, timeout=5).raise_for_status()
