"""A store whose web orders are told to the sandbox POS, and a death between any two steps."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sandbox.pos.inputs import ProductInput
from sandbox.pos.server import PosServer
from tests.booking_world import MUG, PEN, BookingWorld
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.web_orders import PosCloudWebOrders
from tillbridge.domain.ids import PosProductId
from tillbridge.usecases.booking.book_orders import book_orders
from tillbridge.usecases.booking.session import BookingDeps

START = 1_000
PORTS = ("pending", "book", "listed", "stores", "events", "signals", "store_signals")


class Died(BaseException):
    """The function was killed; nothing below catches it."""


@dataclass
class Steps:
    """Counts the calls of all ports, and dies after, or before, the one that it was told. `names` are
    those of a slice that lived."""

    left: int = -1
    before: bool = False
    at: int = 0

    def call(self, call: Callable[..., Any], *args: Any, **named: Any) -> Any:
        self.at += 1
        dies = self.at == self.left
        if dies and self.before:
            raise Died
        answer = call(*args, **named)
        if dies:
            raise Died
        return answer


class Cut:
    """A port each of whose methods is a step."""

    def __init__(self, port: Any, steps: Steps) -> None:
        self._port, self._steps = port, steps

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._port, name)
        return lambda *args, **named: self._steps.call(real, *args, **named)


def cut(deps: BookingDeps, steps: Steps) -> BookingDeps:
    """Return dependencies every call of which is a step, those to the POS too."""
    ports: dict[str, Any] = {name: Cut(getattr(deps, name), steps) for name in PORTS}

    def open_pos(*args: Any) -> Any:
        return Cut(deps.open_pos(*args), steps)

    return replace(deps, open_pos=open_pos, **ports)


def a_shop(server: PosServer, **settings: Any) -> BookingWorld:
    """Return a world whose POS is the sandbox's, with plenty of two products."""
    for product in (MUG, PEN):
        stock = {"o-main": str(START)}
        body = {"id": product, "name": product, "sku": product.upper(), "price": "9.90"}
        server.cloud.load([ProductInput.model_validate({**body, "stock": stock})])
    clock = SystemClock()
    calls = PosCalls(
        server.base_url, lambda _: server.token, clock, clock.now_ms() + 600_000, new_http_session()
    )
    return BookingWorld(PosCloudWebOrders(calls), **settings)


def sold(server: PosServer, product: PosProductId) -> int:
    """Return the units that web orders took off the sandbox POS's stock."""
    (level,) = [s for s in server.cloud.catalogue.get(product).stock if s.outlet_id == "o-main"]
    return START - int(level.on_hand)


def documents(server: PosServer) -> dict[str, list[str]]:
    """Return the kinds of documents of each order, in order."""
    held = server.cloud.web_orders._orders.items()
    return {name: [each["kind"] for each in order.documents] for name, order in held}


def run_cut(world: BookingWorld, steps: Steps) -> bool:
    """Work for one slice that may die. Return whether it did."""
    try:
        book_orders(world.store, cut(world.deps, steps))
    except Died:
        return True
    return False
