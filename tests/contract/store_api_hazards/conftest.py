"""A client with a clock of its own, on a sandbox store that makes the hazards."""

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.fakes.clock import FakeClock
from tillbridge.adapters.bigcommerce.client import BigCommerceStore

A_PRODUCT = {"name": "Armchair", "type": "physical", "weight": 0, "price": 1, "sku": "CHAIR"}
CREATE = "POST /catalog/products"
UPDATE = "PUT /catalog/products"
LIST = "GET /catalog/products"


@pytest.fixture
def server() -> Iterator[StoreServer]:
    with StoreServer(quota="none") as server:
        yield server


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


class Tokens:
    """A secret, and the copy of it that the client keeps; reading it again shows a change."""

    def __init__(self, secret: str) -> None:
        self.secret = self.held = secret
        self.read_anew = 0

    def __call__(self, anew: bool) -> str:
        if anew:
            self.read_anew += 1
            self.held = self.secret
        return self.held


@pytest.fixture
def tokens(server: StoreServer) -> Tokens:
    return Tokens(server.token)


@pytest.fixture
def store(server: StoreServer, clock: FakeClock, tokens: Tokens) -> BigCommerceStore:
    deadline = clock.now_ms() + 60_000
    return BigCommerceStore(server.api_url, server.store_hash, tokens, clock, deadline)


def calls(server: StoreServer) -> dict[str, Any]:
    """Return the client's calls by method and path template."""
    return dict(server.control.counts("tillbridge")["calls"])
