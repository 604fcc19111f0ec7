"""The web's side: the strict sandbox store in this process, in virtual time; whoever watches hears of each call."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import SystemRandom
from threading import RLock
from typing import Any, override

import requests
from requests.models import PreparedRequest, Response

from sandbox.bigcommerce.catalog.product_views import LOADERS, product_views
from sandbox.bigcommerce.lab.seeding import seed_products
from sandbox.bigcommerce.server.in_process import ADDRESS, InProcess
from sandbox.bigcommerce.state import clock as store_clock
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.bigcommerce.state.store import Store
from sandbox.pos import clock as shop_clock
from tests.fakes.clock import FakeClock
from tillbridge.adapters import pos_session as vendor_calls
from tillbridge.adapters.bigcommerce import transport as store_calls
from tillbridge.adapters.http import new_http_session

OURS = "tillbridge"
PEOPLE = "people"
"""By which names calls go: hazards strike ours alone, and are told apart by how a name begins."""

type Json = dict[str, Any]


class _Watched(InProcess):
    """Lets the clock's time pass for late writes before each call, and tells of the call after it."""

    def __init__(self, web: "Web") -> None:
        super().__init__(web.store)
        self._web = web

    @override
    def send(self, request: PreparedRequest, *arguments: Any, **named: Any) -> Response:
        with self._web.turn:
            self._web.time_passes()
            self._web.calling()
            try:
                return super().send(request, *arguments, **named)
            finally:
                self._web.called()


class Web:
    """`calling` runs before each call of ours, and `called` after it. `turn`: calls come one at a time."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.store = Store(StoreConfig(quota="none", stock_delay_ms=400))
        self.http = new_http_session()
        self.http.mount(ADDRESS, _Watched(self))
        self._staff = requests.Session()
        self._staff.headers.update({"X-Auth-Token": self.store.config.token, "User-Agent": PEOPLE})
        self._staff.mount(ADDRESS, InProcess(self.store))
        self.calling: Callable[[], None] = lambda: None
        self.called: Callable[[], None] = lambda: None
        self.turn = RLock()
        self._seen_ms = clock.now_ms()

    def time_passes(self) -> None:
        """Carry out what BigCommerce does late and is due by now."""
        now = self.clock.now_ms()
        seconds, self._seen_ms = (now - self._seen_ms) / 1_000, now
        self.store.late.wait(seconds)
        self.store.settling.settle(self.store.db)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Make a call (v3) as somebody who works in BigCommerce; return its body, None if it is refused."""
        url = f"{ADDRESS}/stores/{self.store.config.store_hash}/v3{path}"
        answer = self._staff.request(method, url, json=body)
        return json.loads(answer.content) if answer.ok and answer.content else None

    def seed(self, *products: Json) -> list[int]:
        """Put products into the store that nobody linked; return their ids."""
        found: list[int] = seed_products(self.store, {"products": list(products)})["product_ids"]
        return found

    def products(self) -> dict[int, Json]:
        """Return every product as it truly is, by id, its brand's name in it."""
        self.time_passes()
        db = self.store.db
        brands = {row["id"]: row["name"] for row in db.all("SELECT id, name FROM brands")}
        rows = db.all("SELECT * FROM products ORDER BY id")
        return {
            view["id"]: view | {"brand_name": brands.get(view["brand_id"], "")}
            for view in product_views(db, rows, LOADERS)
        }

    def levels(self) -> dict[tuple[str, int], int]:
        """Return the levels of the default location, by kind ("p", "v") and id."""
        rows = self.store.db.all("SELECT * FROM stock WHERE location_id=1")
        return {(row["kind"], row["item_id"]): row["quantity"] for row in rows}


class _Even(SystemRandom):
    @override
    def uniform(self, a: float, b: float) -> float:
        return (a + b) / 2


@contextmanager
def in_virtual_time(clock: FakeClock) -> Iterator[None]:
    """Have both sandboxes go by this clock, and our clients wait without chance, so that a walk is the same each time."""

    def now() -> float:
        return clock.now_ms() / 1_000

    before = store_clock.now, shop_clock.now, store_calls._dice, vendor_calls._dice
    store_clock.now, shop_clock.now = now, now
    store_calls._dice, vendor_calls._dice = _Even(), _Even()
    try:
        yield
    finally:
        store_clock.now, shop_clock.now, store_calls._dice, vendor_calls._dice = before
