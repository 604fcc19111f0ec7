"""A shop on loopback for every test: real servers, no mocks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from sandbox.bigcommerce.server import StoreServer
from sandbox.pos.server import PosServer
from tests.sandbox.verify.shop import Shop, open_shop


@pytest.fixture
def shop() -> Iterator[Shop]:
    with (
        PosServer() as pos,
        StoreServer(quota="none", stock_delay_ms=0) as store,
        requests.Session() as hands,
    ):
        yield open_shop(pos, store, hands)
