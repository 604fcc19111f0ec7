"""The two stores that one suite of promises runs against: the fake, and the real client on the
sandbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from sandbox.bigcommerce.server.server import StoreServer
from tests.fakes.store_api import FakeStoreApi
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.ports.store_api import StoreApi


class World(Protocol):
    """A store, with its owner's hands: what people do and see in the control panel."""

    @property
    def api(self) -> StoreApi:
        """The client or fake under test."""
        ...

    def remove(self, product: StoreProductId) -> None:
        """Delete a product, as its owner."""
        ...

    def field(self, product: StoreProductId, name: str) -> Any:
        """Return a field of a product as the store has it."""
        ...

    def variant_field(self, product: StoreProductId, variant: StoreVariantId, name: str) -> Any:
        """Return a field of a variant as the store has it."""
        ...

    def level(self, product: StoreProductId, variant: StoreVariantId | None = None) -> int:
        """Return a stock level at location 1, once every write under way has arrived."""
        ...

    def channels(self, product: StoreProductId) -> set[int]:
        """Return the channels that the product is on."""
        ...


class FakeWorld:
    """The fake store."""

    def __init__(self) -> None:
        self.store = FakeStoreApi(stock_is_slow=True)
        self.api: StoreApi = self.store

    def remove(self, product: StoreProductId) -> None:
        self.store.remove(product)

    def field(self, product: StoreProductId, name: str) -> Any:
        return self.store[product].fields.get(name)

    def variant_field(self, product: StoreProductId, variant: StoreVariantId, name: str) -> Any:
        return self.store[product].variants[variant].fields.get(name)

    def level(self, product: StoreProductId, variant: StoreVariantId | None = None) -> int:
        self.store.settle()
        record = self.store[product]
        return (record.variants[variant] if variant else record).levels.get(1, 0)

    def channels(self, product: StoreProductId) -> set[int]:
        return self.store[product].channels


class SandboxWorld:
    """The client on a sandbox store, over a real socket; its owner calls the API as another app."""

    def __init__(self, server: StoreServer, api: BigCommerceStore) -> None:
        self._server = server
        self.api: StoreApi = api
        self._owner = new_http_session()
        self._owner.headers.update({"User-Agent": "owner", "X-Auth-Token": server.token})

    def remove(self, product: StoreProductId) -> None:
        self._call("DELETE", f"/catalog/products/{product}")

    def field(self, product: StoreProductId, name: str) -> Any:
        return self._call("GET", f"/catalog/products/{product}")["data"][name]

    def variant_field(self, product: StoreProductId, variant: StoreVariantId, name: str) -> Any:
        return self._call("GET", f"/catalog/products/{product}/variants/{variant}")["data"][name]

    def level(self, product: StoreProductId, variant: StoreVariantId | None = None) -> int:
        self._server.control.settle()
        if variant is None:
            return int(self.field(product, "inventory_level"))
        return int(self.variant_field(product, variant, "inventory_level"))

    def channels(self, product: StoreProductId) -> set[int]:
        query = f"product_id:in={product}"
        found = self._call("GET", f"/catalog/products/channel-assignments?{query}")["data"]
        return {row["channel_id"] for row in found}

    def _call(self, method: str, path: str) -> Any:
        url = f"{self._server.api_url}/stores/{self._server.store_hash}/v3{path}"
        answer = self._owner.request(method, url, timeout=10)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None


def client_of(server: StoreServer, seconds: float = 60) -> BigCommerceStore:
    """Return a client of a sandbox store that may call for `seconds`."""
    clock = SystemClock()
    deadline = clock.now_ms() + round(seconds * 1000)
    return BigCommerceStore(
        server.api_url, server.store_hash, lambda _: server.token, clock, deadline
    )


@contextmanager
def a_world(kind: str) -> Iterator[World]:
    """Yield a new, empty store: 'fake' or 'sandbox'."""
    if kind == "fake":
        yield FakeWorld()
        return
    with StoreServer(quota="none") as server:
        yield SandboxWorld(server, client_of(server))
