"""How many drains ten thousand events of one store start, through bus, queues, functions and tables of the
local AWS: a drain is a call of the function push whose signal was not spent.

The events are sales of a thousand products, put on the bus in a burst, as a POS does that was offline.
Usage: drains.py [EVENTS]"""

import sys
import time
from typing import cast

from benches.helpers.invocations import invocations, told
from benches.helpers.linked import Linked, lanterns
from benches.helpers.results import Figure, finish
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.pos.bus import BusPublisher
from sandbox.pos.publisher import ListPublisher
from sandbox.runner import LocalWorld, start_world
from tests.knife.end_state import EVER_MS
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import PRODUCT_LANES
from tillbridge.usecases.store_work import SPENT

ALL_EVENTS = 10_000
EVENTS = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_EVENTS
PRODUCTS = EVENTS // 10
LATENCY_MS = 50
FIRST, A_SECOND = 20, 1
"""A burst may start this many drains at once, and then one a second."""

LONGEST_S = 600
STORE = StoreId("demo")


def main() -> int:
    """Sell, wait until nothing is due, and print the calls of push. Return 0 when they are few."""
    store = StoreServer(quota="none", stock_delay_ms=20, latency_ms=LATENCY_MS)
    with start_world(STORE, store=store) as world:
        there = lanterns(world, store, STORE, PRODUCTS)
        burst = _sales(world, there)
        began = time.monotonic()
        world.events.bus.publish(burst.entries)
        published = time.monotonic() - began
        left = _wait(there)
        took = time.monotonic() - began
        calls = len(invocations(there.target, "push"))
        drains = calls - told(there.target, "push", SPENT)
        store.control.settle()
        found = store.control.snapshot()["products"]
    wrong = [product for product in found if product["inventory_level"]]
    print(
        f"{len(burst.entries):,} events on {PRODUCTS:,} products, on the bus in {published:.0f} s, done after "
        f"{took:.0f} s: {drains} drains, and {calls - drains} signals that were spent"
    )
    figures = [
        Figure(f"drains of {EVENTS:,} events", drains, FIRST + A_SECOND * int(took)),
        Figure("rows left, or levels that are wrong", left + len(wrong), 0),
    ]
    return finish("drains", figures, whole=EVENTS >= ALL_EVENTS)


def _sales(world: LocalWorld, there: Linked) -> ListPublisher:
    """Sell each product ten times, which is more than there is, and keep the events."""
    bus, kept = world.events.bus, ListPublisher()
    world.events.bus = cast(BusPublisher, kept)
    for number in range(EVENTS):
        product = there.products[number % PRODUCTS]
        world.pos.cloud.sell([{"product_id": product, "quantity": "1"}])
    world.events.bus = bus
    return kept


def _wait(there: Linked) -> int:
    """Wait until no message and no row is left, and return the rows that are left at last."""
    sqs, pending = there.target.client("sqs"), there.target.pending
    urls = [there.target.outputs[f"{name}_queue_url"] for name in ("pos_events", "store_work")]
    counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    until = time.monotonic() + LONGEST_S
    while time.monotonic() < until:
        found = [sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counts) for url in urls]
        messages = sum(int(n) for each in found for n in each["Attributes"].values())
        if not messages and not any(pending.due(STORE, lane, EVER_MS, 1) for lane in PRODUCT_LANES):
            break
        time.sleep(0.5)  # the functions run in other processes, and tell nobody when they end
    return sum(len(pending.due(STORE, lane, EVER_MS, PRODUCTS)) for lane in PRODUCT_LANES)


if __name__ == "__main__":
    sys.exit(main())
