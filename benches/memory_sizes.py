"""How long one price and one sale take from the POS to the store, and what push costs, by the memory of the
functions: on Lambda memory buys processor time. The functions, queues and tables are those of the local
AWS; each worker has its share of a processor (benches/helpers/cpu_share.py). The tables and the bus
have a whole one: their time, and the network's, is not Lambda's."""

import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benches.helpers.cgroups import FULL_MB, controller, hold, release, workers
from benches.helpers.linked import load_linked
from benches.helpers.numbers import p95
from benches.helpers.results import Figure, finish
from cli.deployment.local_world import connect_world, sandbox_account
from sandbox.aws.package import load_template
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.pos.inputs import ProductInput
from sandbox.runner import LocalWorld, start_world
from tests.template.rules.reading import functions
from tillbridge.domain.ids import StoreId

ALL_EVENTS = 20
EVENTS = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_EVENTS
SIZES_MB = (256, 512, 1_024, FULL_MB)
STORE = StoreId("demo")
ROOT = Path(__file__).parents[1]
GB_SECOND, REQUEST = 13.3334e-6, 0.2e-6
"""Dollars of Lambda on arm64 in us-east-1, as of November 2026."""

_DURATION = re.compile(r"\tDuration: ([0-9.]+) ms")

LONGEST_S = 20.0
QUIET_S = 0.6
"""How long a drain may still work after its call; its time is counted until it rests."""

MOST_TIMES_WHOLE = 1.6
"""The median of a price with the shipped size, in times of that with a whole processor."""

type Send = Callable[[str, int], object]


def main() -> int:
    """Print a line for each size. Return 0 when the shipped size is about as quick as a whole
    processor."""
    place = controller()
    if place is None:
        print("skipped: this machine lets nobody give processes a share of a processor")
        return 0
    store = StoreServer(quota="none", stock_delay_ms=0, latency_ms=0)
    shipped = functions(load_template(ROOT / "template.yaml"))["PushFunction"]["MemorySize"]
    medians: dict[int, float] = {}
    try:
        with start_world(STORE, store=store) as world:
            named = _linked(world, store, EVENTS)
            sends: dict[str, Send] = {"price": _price(world), "sale": _sale(world)}
            for send in sends.values():
                _lags(store, send, named[:3], 1)  # the functions are warm, as a shop's are
            for round_, megabytes in enumerate(SIZES_MB, start=2):
                hold(place, workers(world.aws.log_path.parent), megabytes)
                for name, send in sends.items():
                    since_ms = round(time.time() * 1_000)
                    lags = _lags(store, send, named, round_)
                    medians.setdefault(megabytes, statistics.median(lags))
                    print(_line(name, megabytes, lags, _billed(world, since_ms)), flush=True)
    finally:
        release(place)
    times = medians[shipped] / medians[FULL_MB]
    figure = Figure("a price with the shipped size ÷ with a processor", times, MOST_TIMES_WHOLE)
    return finish("memory_sizes", [figure], whole=EVENTS >= ALL_EVENTS)


def _line(name: str, megabytes: int, lags: list[float], billed: dict[str, list[float]]) -> str:
    lag = f"lag p50 {statistics.median(lags):4.0f} p95 {p95(lags):4.0f} ms"
    said = [f"{name:5} {megabytes:5} MB  {lag}"]
    for function, spent in billed.items():
        calls = len(spent) / len(lags)
        gb_s = sum(spent) / 1_000 * megabytes / 1_024 / len(lags)
        dollars = (gb_s * GB_SECOND + REQUEST * calls) * 1e6
        took = f"{function} {statistics.median(spent):4.0f} ms x {calls:.1f}"
        said.append(f"{took}, {gb_s:.3f} GB-s, ${dollars:.2f} a million")
    return "  ".join(said)


def _billed(world: LocalWorld, since_ms: int) -> dict[str, list[float]]:
    """Return how long each call of intake and push took (ms), from the logs."""
    logs = world.aws.session().client("logs", endpoint_url=world.aws.endpoint_url)
    functions = {
        "intake": world.outputs.intake_function_name,
        "push": world.outputs.push_function_name,
    }
    found: dict[str, list[float]] = {}
    for name, function in functions.items():
        pages = logs.get_paginator("filter_log_events").paginate(
            logGroupName=f"/aws/lambda/{function}", startTime=since_ms, filterPattern="REPORT"
        )
        lines = [event["message"] for page in pages for event in page["events"]]
        found[name] = [float(match[1]) for line in lines if (match := _DURATION.search(line))]
    return found


def _lags(store: StoreServer, send: Send, named: list[str], round_: int) -> list[float]:
    """Return the milliseconds from the POS until the store has got the call, event by event."""
    lags = []
    for product in named:
        before = _calls(store)
        began = time.monotonic()
        send(product, round_)
        while _calls(store) == before:
            if time.monotonic() - began > LONGEST_S:
                raise TimeoutError(product)
            time.sleep(0.002)  # the functions run in other processes, and tell nobody when they end
        lags.append((time.monotonic() - began) * 1_000)
        time.sleep(QUIET_S)  # the next event must find the drain at rest, as a lone one does
    return lags


def _calls(store: StoreServer) -> int:
    return sum(store.control.counts()["calls"].values())


def _price(world: LocalWorld) -> Send:
    return lambda product, round_: world.pos.cloud.save_products(
        [{"id": product, "price": f"{round_ + 10}.50"}]
    )


def _sale(world: LocalWorld) -> Send:
    return lambda product, _: world.pos.cloud.sell([{"product_id": product, "quantity": "1"}])


def _linked(world: LocalWorld, store: StoreServer, count: int) -> list[str]:
    target = connect_world(world, sandbox_account(STORE, store), store.token)
    seeded = {"type": "physical", "weight": 0, "price": 12.5, "inventory_tracking": "product"}
    numbers = store.control.seed(
        products=[{**seeded, "name": f"Lantern {n}", "sku": f"L-{n}"} for n in range(count)]
    )
    products = [
        ProductInput.model_validate(
            {
                "id": f"p-{n}",
                "name": f"Lantern {n}",
                "sku": f"L-{n}",
                "price": "12.50",
                "stock": {"o-main": "90"},
            }
        )
        for n in range(count)
    ]
    load_linked(world, target, STORE, products, numbers)
    return [product.id or "" for product in products]


if __name__ == "__main__":
    sys.exit(main())
