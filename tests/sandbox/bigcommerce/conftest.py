"""A fresh sandbox store for each test, and a client that calls it plainly."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sandbox.bigcommerce.server.server import StoreServer


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes more than a few seconds, or the network")


class Api:
    """Calls one store as a client would, without repeats or rules of its own."""

    def __init__(self, server: StoreServer, agent: str = "tillbridge/test") -> None:
        self.server = server
        self.base = f"{server.api_url}/stores/{server.store_hash}"
        self.session = requests.Session()
        self.session.headers.update(
            {"X-Auth-Token": server.token, "Accept": "application/json", "User-Agent": agent}
        )

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> requests.Response:
        path = path if path.startswith(("/v2/", "/v3/")) else f"/v3{path}"
        return self.session.request(method, self.base + path, json=body, timeout=10, **more)

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any, **more: Any) -> requests.Response:
        return self.call("POST", path, body, **more)

    def put(self, path: str, body: Any, **more: Any) -> requests.Response:
        return self.call("PUT", path, body, **more)

    def delete(self, path: str) -> requests.Response:
        return self.call("DELETE", path)

    def create(self, **changes: Any) -> dict[str, Any]:
        """Create a product and return it; fail the test if the store refuses."""
        answer = self.post("/catalog/products", a_product(**changes))
        assert answer.status_code == 200, answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data

    def product(self, product_id: int, include: str = "") -> dict[str, Any]:
        data: dict[str, Any] = self.get(f"/catalog/products/{product_id}?include={include}").json()[
            "data"
        ]
        return data


def a_product(**changes: Any) -> dict[str, Any]:
    """Return what a POST needs, and no more."""
    return {"name": "Mug", "type": "physical", "price": 12.5, "weight": 0} | changes


def a_variant(sku: str, label: str, option: str = "Size", **changes: Any) -> dict[str, Any]:
    """Return an inline variant with one option."""
    value = {"option_display_name": option, "label": label}
    return {"sku": sku, "option_values": [value]} | changes


@pytest.fixture(scope="session")
def running() -> Iterator[StoreServer]:
    with StoreServer(quota="none", stock_delay_ms=0) as started:
        yield started


@pytest.fixture
def server(running: StoreServer) -> StoreServer:
    """Return a store without a quota, in which stock arrives at once; new for each test."""
    running.control.reset()
    return running


@pytest.fixture
def api(server: StoreServer) -> Iterator[Api]:
    client = Api(server)
    yield client
    client.session.close()
