"""One morning's changes, pushed as other connectors push and as Tillbridge does, in one run.

Each product has a new price and a new stock level. The store enforces a real quota, whose window is
scaled down. The other ways of pushing are those found in the sources of public clients and
connectors: one call a product, a read before each write, eight workers that know nothing of each
other, ten products a call. After a 429 they wait as long as the header says."""

import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import batched
from math import ceil
from typing import Any

import requests

from benches.helpers.peer_figures import LEVELS_A_CALL
from benches.helpers.results import Figure, finish
from sandbox.bigcommerce.server.server import StoreServer
from tests.harness import House
from tests.knife.shop import fill
from tests.knife.wall import WallClock

ALL_PRODUCTS = 600
PRODUCTS = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_PRODUCTS
WINDOW_S = 3.0
WORKERS = 8
LATENCY_MS = 150
"""How long the store takes to answer, besides its work: it is on the other side of the internet."""

type Change = dict[str, Any]


@dataclass(slots=True)
class Client:
    """A plain client, as most are: it writes what it is given and waits after a 429."""

    base: str
    token: str

    def call(self, method: str, path: str, body: Any = None) -> None:
        """Send one call, and send it again after each 429."""
        with requests.Session() as session:
            self._send(session, method, path, body)

    def calls(self, wanted: Sequence[tuple[str, str, Any]]) -> None:
        """Send calls one after the other over one connection."""
        with requests.Session() as session:
            for method, path, body in wanted:
                self._send(session, method, path, body)

    def _send(self, session: requests.Session, method: str, path: str, body: Any) -> None:
        headers = {"X-Auth-Token": self.token, "User-Agent": "another"}
        while True:
            answer = session.request(
                method, self.base + path, json=body, headers=headers, timeout=9
            )
            if answer.status_code != requests.codes.too_many_requests:
                answer.raise_for_status()
                return
            wait_ms = int(answer.headers["X-Rate-Limit-Time-Reset-Ms"])
            time.sleep(wait_ms / 1_000)  # these clients really wait for a real window


def a_call_a_product(client: Client, changes: Sequence[Change]) -> None:
    """Send price and level of each product in one PUT."""
    client.calls(list(_puts(changes)))


def a_read_and_a_write(client: Client, changes: Sequence[Change]) -> None:
    """Read each product before writing it."""
    reads = [("GET", path, None) for _, path, _ in _puts(changes)]
    client.calls([call for pair in zip(reads, _puts(changes), strict=True) for call in pair])


def eight_workers(client: Client, changes: Sequence[Change]) -> None:
    """Send one product a message, eight messages at a time."""
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda wanted: client.call(*wanted), _puts(changes)))


def ten_a_call(client: Client, changes: Sequence[Change]) -> None:
    """Send batches of products with their levels."""
    parts = batched(changes, 10, strict=False)
    client.calls([("PUT", "/catalog/products", list(part)) for part in parts])


def _puts(changes: Sequence[Change]) -> Iterator[tuple[str, str, Any]]:
    for change in changes:
        body = {key: value for key, value in change.items() if key != "id"}
        yield "PUT", f"/catalog/products/{change['id']}", body


OTHERS = (a_call_a_product, a_read_and_a_write, eight_workers, ten_a_call)


def measure(way: Callable[[Client, Sequence[Change]], None] | None) -> tuple[int, float]:
    """Play the morning one way (None: ours), print its figures, and return calls and seconds."""
    window_ms = WINDOW_S * 1_000
    store = StoreServer(
        quota="standard", window_ms=window_ms, stock_delay_ms=20, latency_ms=LATENCY_MS
    )
    with House(store=store, clock=WallClock()) as house:
        ids = fill(house, PRODUCTS)
        house.held_back = []
        house.pos.save_products([{"id": product, "price": "21.50"} for product in ids])
        house.pos.inventory_count([{"product_id": product, "counted": "17"} for product in ids])
        changes = [{"id": house.link(p).id, "price": 21.5, "inventory_level": 17} for p in ids]
        client = Client(f"{store.api_url}/stores/{store.store_hash}/v3", store.token)
        house.control.reset_counts()
        time.sleep(house.store.store.quota.reset_ms() / 1_000)  # filling has used the window
        began = time.monotonic()
        if way is None:
            house.deliver(house.held_back)
            house.settle(200)
        else:
            way(client, changes)
        took = time.monotonic() - began
        counts = house.control.counts()
        agent = "another" if way else "tillbridge"
        calls = sum(counts["by_agent"][agent].values())
        assert house.verdict().ok, f"{way} left the store behind"
    name = way.__name__.replace("_", " ") if way else "Tillbridge"
    refused = counts["refused_429"].get(agent, 0)
    print(f"{name:20} calls {calls:5}  429 {refused:4}  {took:6.1f} s", flush=True)
    return calls, took


def main() -> int:
    """Play every way once. Return 0 when none needs fewer calls or less time than ours."""
    logging.disable()
    print(
        f"{PRODUCTS} products with a new price and a new level; quota 150 calls a {WINDOW_S:.0f} s"
    )
    calls, took = measure(None)
    others = [measure(way) for way in OTHERS]
    fewest, fastest = min(c for c, _ in others), min(t for _, t in others)
    slowest, most = max(t for _, t in others), max(c for c, _ in others)
    print(
        f"others: {fewest / calls:.1f} to {most / calls:.1f} x our calls, "
        f"{fastest / took:.1f} to {slowest / took:.1f} x our time"
    )
    may = fewest + ceil(PRODUCTS / LEVELS_A_CALL)  # theirs carry the levels, ours send them first
    figures = [
        Figure("our calls ÷ the fewest of theirs", calls / fewest, may / fewest),
        Figure("our time ÷ the shortest of theirs", took / fastest, 1.0),
    ]
    return finish("peers", figures, whole=PRODUCTS >= ALL_PRODUCTS)


if __name__ == "__main__":
    sys.exit(main())
