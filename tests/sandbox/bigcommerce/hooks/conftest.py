"""A shop whose hooks are heard here."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import Api
from tests.sandbox.bigcommerce.hooks.receiver import Receiver
from tests.sandbox.bigcommerce.orders.conftest import Sold, sold_by

MINUTE = 61


@dataclass(slots=True)
class Told:
    """A shop, and the receiver that its hooks call."""

    sold: Sold
    receiver: Receiver

    def hook(self, scope: str = "store/order/*", **more: Any) -> int:
        """Create a hook to the receiver and let it begin to work; return its id."""
        hook_id = self.new_hook(scope, **more)
        self.sold.shop.pass_time_of_hooks(MINUTE)
        return hook_id

    def new_hook(self, scope: str = "store/order/*", **more: Any) -> int:
        body = {"scope": scope, "destination": self.receiver.address, **more}
        answer = self.sold.api.post("/hooks", body)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["data"]["id"])

    def state(self) -> dict[str, Any]:
        return self.sold.shop.hooks()

    def wait(self, seconds: float = 0) -> dict[str, Any]:
        """Let BigCommerce's seconds pass, and wait for the calls that are due then."""
        self.sold.shop.pass_time_of_hooks(seconds)
        return self.until(lambda state: state["due"] == 0)

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        deadline = time.monotonic() + 10
        while not holds(state := self.state()):
            assert time.monotonic() < deadline, state
            time.sleep(0.005)  # until a thread of the store has made its calls
        return state


@pytest.fixture
def told(server: StoreServer, api: Api) -> Iterator[Told]:
    receiver = Receiver()
    sold = sold_by(server, api)
    yield Told(sold, receiver)
    receiver.close()
    sold.shop.close()
