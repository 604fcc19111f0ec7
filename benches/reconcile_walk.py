"""A full reconcile of a large store on the sandbox: product reads, memory, quota left, time.

The store runs in a process of its own; this process holds what the function holds. POS records and
links are made when they are asked for, so that the memory measured is reconcile's."""

import resource
import sys
import time
from array import array
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from typing import Any

import boto3
import requests

from benches.helpers.results import Figure, finish
from sandbox.bigcommerce.lab.seeding import seed_products
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import StoreConfig
from tests.fakes.history import FakeHistory
from tests.fakes.made_catalogue import CountingReadModel, MadeCatalogue
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.pending import FakePending
from tests.fakes.reconcile import FakeQueue, FakeRuns
from tests.fakes.settings_versions import FakeSettingsVersions
from tests.fakes.signals import FakeSignals
from tests.fakes.stores import FakeStores
from tillbridge.adapters.bigcommerce.answer import reading_of
from tillbridge.adapters.bigcommerce.reader import BigCommerceReader
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.run import Request, Result, Run
from tillbridge.usecases.reconcile.reconcile_store import reconcile_store
from tillbridge.usecases.reconcile.session import ReconcileDeps

STORE = StoreId("bench")
MOST_MB = 256
RESERVE = 0.20
USUAL = "pro"
"""The plan's quota."""


@dataclass(frozen=True, slots=True)
class Case:
    """A store of `products` products with `variants` variants each (0: simple), and the reads it
    may cost."""

    products: int
    variants: int
    most_reads: int


CASES = (Case(10_000, 10, 41), Case(100_000, 0, 401))


def serve(pipe: Pipe, case: Case, quota: str) -> None:
    """Run the store's process: seed it, send its address and ids, then serve until asked to end."""
    with StoreServer(config=StoreConfig(quota=quota)) as server:
        payload = {"count": case.products, "variants": case.variants}
        seed_products(server.store, payload)
        rows = server.store.db.all("SELECT id, product_id FROM variants ORDER BY product_id, id")
        ids = array("q", (row[0] for row in rows))
        products = array("q", dict.fromkeys(row[1] for row in rows))
        pipe.send((server.api_url, server.store_hash, server.token, products, ids))
        pipe.recv()
        pipe.send(server.control.counts())


@dataclass(slots=True)
class Measured:
    """What one run did, what the store counted, the rows of the views that were written, and the
    smallest share of the quota that any answer said was left."""

    run: Run
    counts: dict[str, Any]
    put_rows: int
    least_left: float


def run(case: Case, quota: str) -> Measured:
    """Do one full dry run, and return what was measured."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=serve, args=(there, case, quota))
    process.start()
    url, store_hash, token, products, variants = here.recv()
    made = MadeCatalogue(case.variants, products, variants)
    views, queue = CountingReadModel(), FakeQueue()
    pos = PosAccount(PosAccountKey(STORE), "http://pos.invalid", "pos.reference")
    connection = Connection(STORE, store_hash, url, pos)
    clock, http = SystemClock(), new_http_session()
    shares = _shares_left(http)
    boto3.client("dynamodb", region_name="eu-west-1")  # the function holds one
    stores = FakeStores([connection])
    deps = ReconcileDeps(
        stores=stores,
        settings=FakeSettingsVersions(stores),
        links=made,
        link_list=made,
        pending=FakePending(),
        read_model=views,
        runs=FakeRuns(),
        order_book=FakeOrderBook(),
        history=FakeHistory(),
        queue=queue,
        signals=FakeSignals(),
        clock=clock,
        open_reader=lambda c, deadline: BigCommerceReader(
            c.api_url, c.store_hash, lambda _: token, clock, deadline, http
        ),
        open_pos=lambda *_: made,
        open_feed=lambda *_: made,
    )
    done = reconcile_store(STORE, Request(full=True, dry_run=True), deps)
    while done is not None and not done.ended:
        done = reconcile_store(STORE, queue.sent.pop(0)[1], deps)
    here.send("end")
    counts = here.recv()
    process.join()
    assert done is not None
    return Measured(done, counts, views.put_rows, min(shares))


def _shares_left(http: requests.Session) -> list[float]:
    """Return a list to which each answer from now on adds the share of the quota that is left."""
    shares = [1.0]

    def note(answer: requests.Response, **_: Any) -> None:
        reading = reading_of(answer.headers)
        if reading is not None:
            shares.append(reading.left / reading.quota)

    http.hooks["response"].append(note)
    return shares


def main(quota: str) -> int:
    """Print the figures under a plan's quota. Return 1 when a promise does not hold."""
    figures: list[Figure] = []
    for case in CASES:
        began = time.monotonic()
        measured = run(case, quota)
        done, counts = measured.run, measured.counts
        reads = counts["calls"].get("GET /catalog/products", 0)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        seconds = (done.ended_ms - done.started_ms) / 1_000
        name = f"{case.products:,} products x {max(case.variants, 1)}"
        print(
            f"{quota}: {name}: calls {dict(done.calls)}, {done.pos_pages} pages of the POS, "
            f"{measured.put_rows:,} rows of the views; {done.slices} slices, {seconds:.0f} s (with seeding "
            f"{time.monotonic() - began:.0f} s); {done.result.value}",
            flush=True,
        )
        wrong = sum(counts["refused_429"].values()) + abs(done.compared - case.products)
        wrong += done.result is not Result.CLEAN
        figures += [
            Figure(f"{name}: reads of products", reads, case.most_reads),
            Figure(f"{name}: peak memory", peak, MOST_MB, "MB"),
            Figure(f"{name}: share of the quota used", 1 - measured.least_left, 1 - RESERVE + 0.01),
            Figure(f"{name}: 429, products not compared, no clean end", wrong, 0),
        ]
    return finish("reconcile_walk", figures, whole=quota == USUAL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else USUAL))
