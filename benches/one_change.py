"""How long one change takes from the POS to the store, through the shipped template on the local AWS.

A price, then a sale, thirty times each, in a quiet shop whose functions are warm. The store answers at once.
The limits are in times of a bare request to DynamoDB of the same AWS, measured before each change: a slow
machine slows both. Usage: one_change.py [CHANGES]"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from statistics import median

from benches.helpers.invocations import Invocation, invocations
from benches.helpers.linked import Linked, lanterns
from benches.helpers.numbers import p95
from benches.helpers.results import Figure, finish
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.runner import LocalWorld, start_world
from tillbridge.domain.ids import StoreId

ALL_CHANGES = 30
CHANGES = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_CHANGES
WARM_UP = 3
BARE_READS = 20
MOST_P50, MOST_P95 = 40, 50
"""Bare requests: 50 ms where one takes 1.25 ms, as on a quiet machine with two cores. A price needs about
thirteen calls of other systems, one after the other, until it is in the store (PutEvents, three of intake,
seven to tables and one to the POS by push, the write itself), a sale four more; the rest is for the
processor."""

QUIET_S = 0.5
LONGEST_S = 30.0
STORE = StoreId("demo")
STAGES = ("bus, queue", "intake, queue", "push until it writes", "push afterwards")
"""Intake's and the queue's are one: its call ends after its signal went, mostly when push is at work already."""


@dataclass
class Lags:
    """Of each change: its lag (s), the same in bare requests, and when it was saved and seen (epoch ms)."""

    seconds: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    moments: list[tuple[float, float]] = field(default_factory=list)


def main() -> int:
    """Make the changes, and print their lags and where the time went. Return 0 when price and sale are within
    the limits."""
    store = StoreServer(quota="none", stock_delay_ms=0)
    with start_world(STORE, store=store) as world:
        there = lanterns(world, store, STORE, CHANGES + WARM_UP)
        prices = _play(store, there, lambda p, n: _reprice(world, p, n))
        sales = _play(store, there, lambda p, _: _sell(world, p))
        intake, push = invocations(there.target, "intake"), invocations(there.target, "push")
    figures = []
    for what, lags in (("a price", prices), ("a sale", sales)):
        print(
            f"{what}: p50 {1_000 * median(lags.seconds):.0f} ms, p95 {1_000 * p95(lags.seconds):.0f} ms, or "
            f"{median(lags.bare):.1f} and {p95(lags.bare):.1f} bare requests"
        )
        found = [_stages(saved, seen, intake, push) for saved, seen in lags.moments]
        medians = [median(times) for times in zip(*found, strict=True)]
        told = [f"{name} {ms:.0f}" for name, ms in zip(STAGES, medians, strict=True)]
        print(f"  median ms: {', '.join(told)}")
        figures += [
            Figure(f"lag of {what}, p50, bare requests", median(lags.bare), MOST_P50),
            Figure(f"lag of {what}, p95, bare requests", p95(lags.bare), MOST_P95),
        ]
    return finish("one_change", figures, whole=CHANGES >= ALL_CHANGES)


def _reprice(world: LocalWorld, product: str, number: int) -> None:
    world.pos.cloud.save_product(product, price=str(20 + number))


def _sell(world: LocalWorld, product: str) -> None:
    world.pos.cloud.sell([{"product_id": product, "quantity": "1"}])


def _play(store: StoreServer, there: Linked, change: Callable[[str, int], None]) -> Lags:
    """Make one change of each product; the first of them warm the functions up."""
    lags = Lags()
    for number, (product, online) in enumerate(zip(there.products, there.numbers, strict=True)):
        time.sleep(QUIET_S)  # the drain before has more to do
        bare = _bare_request(there)
        known, began, saved = len(store.store.ledger), time.perf_counter(), time.time() * 1_000
        change(product, number)
        _wait_until(partial(_written, store, known, online))
        took = time.perf_counter() - began
        if number >= WARM_UP:
            lags.seconds.append(took)
            lags.bare.append(took / bare)
            lags.moments.append((saved, saved + took * 1_000))
    return lags


def _written(store: StoreServer, known: int, online: int) -> bool:
    return any(touch.product_id == online for touch in store.store.ledger[known:])


def _wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST_S
    while not done():
        if time.monotonic() > until:
            raise TimeoutError(f"a change was not in the store after {LONGEST_S:.0f} s")
        time.sleep(0.001)  # the store only notes its writes in a list


def _bare_request(there: Linked) -> float:
    """Return the median time (s) of reading one item that is not there."""
    client, table = there.target.client("dynamodb"), there.target.outputs["stores_table"]
    took = []
    for _ in range(BARE_READS):
        began = time.perf_counter()
        client.get_item(TableName=table, Key={"pk": {"S": "none"}, "sk": {"S": "none"}})
        took.append(time.perf_counter() - began)
    return median(took)


def _stages(
    saved: float, seen: float, intake: list[Invocation], push: list[Invocation]
) -> tuple[float, ...]:
    """Return the milliseconds of each stage."""
    first = next(each for each in intake if each.ended_ms > saved)
    pushed = next(each for each in push if each.ended_ms > first.began_ms)
    return (
        first.began_ms - saved,
        pushed.began_ms - first.began_ms,
        seen - pushed.began_ms,
        pushed.ended_ms - seen,
    )


if __name__ == "__main__":
    sys.exit(main())
