"""One morning's changes, pushed by public clients of BigCommerce and by Tillbridge, on one machine.

Each product has a new price and a new level. The clients come from their package indexes into folders of
their own (`.peers`), are called as their READMEs show, and are changed only in the address; one PUT
carries price and level, since they know no better. Tillbridge is whole: bus, queues, functions and
tables of the local AWS. The store takes 50 ms to answer; its window is the real 30 s."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from benches.helpers.linked import lantern_online, lanterns
from benches.helpers.peer_figures import Figures, limits
from benches.helpers.results import Figure, finish
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.runner import start_world
from tillbridge.domain.ids import StoreId

ALL_PRODUCTS, ALL_QUOTAS = 200, ("none", "standard")
PRODUCTS = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_PRODUCTS
QUOTAS = tuple(sys.argv[2:]) or ALL_QUOTAS
LATENCY_MS = 50
LONGEST_S = 600

ROOT = Path(__file__).parents[1]
CLIENTS = ROOT / "benches" / "clients"
INSTALLED = ROOT / ".peers"
PYTHON_CLIENTS = ("bigcommerce==0.23.4", "bigc==1.1.0")
NODE_CLIENTS = ("@space48/bigcommerce-api@0.3.1", "bigcommerce-api-client@0.7.19")
STORE = StoreId("demo")
BEFORE = {"price": 13.5, "inventory_level": 4}
NEW = {"price": 21.5, "inventory_level": 17}

PEERS = (
    ("bigc, a loop that logs errors", "bigc_peer.py", "loop"),
    ("bigc, a loop that pauses after 429", "bigc_peer.py", "pausing"),
    ("bigc, ten a call", "bigc_peer.py", "ten"),
    ("bigcommerce, get and update", "official_peer.py", "read"),
    ("bigcommerce, a loop, quota managed", "official_peer.py", "loop"),
    ("@space48, a loop", "space48_peer.js", "loop"),
    ("@space48, Promise.all", "space48_peer.js", "all"),
    ("@space48, ten a call", "space48_peer.js", "ten"),
    ("bigcommerce-api-client, a loop", "api_client_peer.js", "loop"),
    ("bigcommerce-api-client, Promise.all", "api_client_peer.js", "all"),
    ("bigcommerce-api-client, batches", "api_client_peer.js", "ten"),
)


def main() -> int:
    """Play every client once with each quota. Return 0 when Tillbridge loses nothing, meets no 429 and
    is within the limits of peer_figures.py."""
    _install()
    figures: list[Figure] = []
    for quota in QUOTAS:
        print(f"\n{PRODUCTS} prices and {PRODUCTS} levels, quota {quota}", flush=True)
        others = [_peer(quota, *peer) for peer in PEERS]
        figures += limits(quota, _tillbridge(quota), others, PRODUCTS)
    return finish("real_peers", figures, whole=PRODUCTS >= ALL_PRODUCTS and QUOTAS == ALL_QUOTAS)


def _peer(quota: str, name: str, script: str, way: str) -> Figures:
    with _store(quota) as store:
        ids = store.control.seed(products=[lantern_online(n) for n in range(PRODUCTS)])
        with tempfile.NamedTemporaryFile("w", suffix=".json") as changes:
            json.dump([{"id": number, **NEW} for number in ids], changes)
            changes.flush()
            program = "node" if script.endswith(".js") else sys.executable
            address = [store.api_url, store.store_hash, store.token]
            command = [program, str(CLIENTS / script), way, *address, changes.name]
            figures = _play(quota, store, ids, lambda: _run(command))
    print(figures.line(name), flush=True)
    return figures


def _tillbridge(quota: str) -> Figures:
    store = _store(quota)
    with start_world(STORE, store=store) as world:
        there = lanterns(world, store, STORE, PRODUCTS)
        ids, named = there.numbers, there.products

        def push(new: Mapping[str, float]) -> None:
            cloud = world.pos.cloud
            cloud.save_products([{"id": each, "price": str(new["price"])} for each in named])
            counted = str(new["inventory_level"])
            cloud.inventory_count([{"product_id": each, "counted": counted} for each in named])
            _wait_until(lambda: not _behind(store, ids, new))

        push(BEFORE)  # the functions are warm, as a shop's are in the morning
        figures = _play(quota, store, ids, partial(push, NEW))
    print(figures.line("Tillbridge, its functions and tables"), flush=True)
    return figures


def _play(quota: str, store: StoreServer, ids: Sequence[int], push: Callable[[], None]) -> Figures:
    if quota != "none":
        time.sleep(store.store.quota.reset_ms() / 1_000)  # seeding has used the window under way
    store.control.reset_counts()
    began = time.monotonic()
    push()
    took = time.monotonic() - began
    counts = store.control.counts()
    calls = sum(counts["calls"].values())
    store.control.settle()
    refused = sum(counts["refused_429"].values())
    return Figures(calls, refused, took, _behind(store, ids))


def _behind(store: StoreServer, ids: Sequence[int], new: Mapping[str, float] = NEW) -> int:
    """Return how many products do not have the new price and level, as their owner sees it."""
    wanted = set(ids)
    found = store.control.snapshot()["products"]
    return sum(1 for each in found if each["id"] in wanted and not new.items() <= each.items())


def _wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST_S
    while not done() and time.monotonic() < until:
        time.sleep(0.02)  # the functions run in other processes, and tell nobody when they end


def _run(command: Sequence[str]) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(INSTALLED / "python"),
        "NODE_PATH": str(INSTALLED / "node_modules"),
    }
    done = subprocess.run(  # noqa: S603 - our own scripts
        command, env=environment, capture_output=True, text=True, check=False, timeout=LONGEST_S
    )
    if done.returncode:
        print(f"  it ended with: {done.stderr.strip().splitlines()[-1][:120]}", flush=True)


def _store(quota: str) -> StoreServer:
    return StoreServer(quota=quota, stock_delay_ms=20, latency_ms=LATENCY_MS)


def _install() -> None:
    """Install the clients into a folder of their own, once."""
    INSTALLED.mkdir(exist_ok=True)
    uv, npm = shutil.which("uv") or str(Path(sys.executable).with_name("uv")), shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        sys.exit("This bench needs Node.js: two of the clients are written for it.")
    if not (INSTALLED / "python" / "bigc").exists():
        where = ["--target", str(INSTALLED / "python"), "--python", sys.executable]
        subprocess.run([uv, "pip", "install", "-q", *where, *PYTHON_CLIENTS], check=True)  # noqa: S603 - pinned
    if not (INSTALLED / "node_modules" / "bigcommerce-api-client").exists():
        options = ["--no-save", "--no-audit", "--no-fund", "--silent"]
        subprocess.run([npm, "install", *options, *NODE_CLIENTS], cwd=INSTALLED, check=True)  # noqa: S603 - pinned


if __name__ == "__main__":
    sys.exit(main())
