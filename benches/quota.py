"""Ten thousand changed products under the standard quota, on the wall clock, through the shipped template on
the local AWS: real tables, queues and functions, each function's workers held to the share of a processor that
Lambda gives it by its memory.

The time allowed is what 80 % of the quota takes for the least calls, whatever calls were made, less what the
other app spends meanwhile: the rest is left free for that app. The window is the real 30 s.

Usage: quota.py [PRODUCTS], or quota.py memory: tables in memory, no functions, a window of 3 s."""

import logging
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import batched
from typing import Any

from benches.helpers.cpu_share import held_to_their_share
from benches.helpers.least import least_calls
from benches.helpers.linked import lanterns
from benches.helpers.results import Figure, finish
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.pos.publisher import Entry, ListPublisher
from sandbox.runner import LocalWorld, start_world
from tests.harness import STORE, House
from tests.knife.shop import fill
from tests.knife.wall import WallClock

QUOTA, OURS = 150, 120
WINDOW_S, SHORT_WINDOW_S = 30.0, 3.0
ALL_PRODUCTS = 10_000
IN_MEMORY = sys.argv[1:] == ["memory"]
PRODUCTS = int(sys.argv[1]) if len(sys.argv) > 1 and not IN_MEMORY else ALL_PRODUCTS
MOST_TIME, MOST_OF_THEIRS = 1.05, 0.01
FOREIGN = (0.0, 0.2)
FUNCTIONS = ("intake", "push")
LATENCY_MS = 50
AN_EVENT = 100
"""Products an event: a longer list would be a claim check, whose parts the local AWS lets nobody send."""

WARM_UP, WARM_S = 100, 120.0
"""Products that are saved before, each in an event of its own, and how long they may take."""

GIVE_UP = 6
"""Times the time allowed."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its seconds, the least calls, products that are behind, and the store's counters."""

    took: float
    least: int
    behind: int
    counts: dict[str, Any]


def main() -> int:
    """Measure alone, then beside another app that takes 20 %. Return 0 when all is within the limits."""
    logging.disable()
    if PRODUCTS <= 10 * OURS:
        sys.exit(f"More than {10 * OURS:,} products: the calls of fewer fit into one window.")
    play = _in_memory if IN_MEMORY else _through_functions
    window = SHORT_WINDOW_S if IN_MEMORY else WINDOW_S
    figures = [figure for foreign in FOREIGN for figure in _measure(foreign, window, play)]
    return finish("quota", figures, whole=not IN_MEMORY and PRODUCTS >= ALL_PRODUCTS)


def _measure(foreign: float, window: float, play: Callable[[float], Run]) -> list[Figure]:
    run = play(foreign)
    a_window = OURS - QUOTA * foreign
    allowed = (run.least - 1) // a_window * window
    own, theirs = sum(run.counts["refused_429"].values()), run.counts["foreign_refused_429"]
    asked = QUOTA * foreign * run.took / window
    made = sum(run.counts["by_agent"]["tillbridge"].values())
    print(
        f"another app at {foreign:.0%}: {made} calls, {run.least} at least, in {run.took:.1f} s, allowed "
        f"{allowed:.1f} s; its 429 {theirs} of {asked:.0f}"
    )
    where = f"beside an app at {foreign:.0%}" if foreign else "alone"
    return [
        Figure(f"time ÷ allowed, {where}", run.took / allowed, MOST_TIME),
        Figure(f"own 429 and products behind, {where}", own + run.behind, 0),
        *([Figure("its 429 ÷ its calls", theirs / asked, MOST_OF_THEIRS)] if asked else []),
    ]


def _through_functions(foreign: float) -> Run:
    store = StoreServer(quota="standard", stock_delay_ms=20, latency_ms=LATENCY_MS)
    with (
        start_world(STORE, store=store) as world,
        held_to_their_share(world.aws, FUNCTIONS) as shares,
    ):
        print("; ".join(f"{name}: {share}" for name, share in shares.items()), flush=True)
        there = lanterns(world, store, STORE, PRODUCTS)
        _warm_up(world, store, there.products[:WARM_UP])
        prices = _prices(there.products)
        before = store.control.snapshot()
        store.control.reset_counts()
        if foreign:
            store.control.set_hazard("foreign-app", share=foreign)
        known, held_back = len(store.store.ledger), _saved(world, prices)
        began = _window_turns(store)
        world.events.bus.publish(held_back)
        ends = began + GIVE_UP * WINDOW_S * PRODUCTS / (10 * OURS)
        while len(store.store.ledger) < known + PRODUCTS and time.monotonic() < ends:
            time.sleep(0.05)  # the functions run in other processes, and tell nobody when they end
        took = time.monotonic() - began
        counts = store.control.counts()
        after = store.control.snapshot()
    wanted = {n: float(new["price"]) for n, new in zip(there.numbers, prices, strict=True)}
    behind = sum(1 for each in after["products"] if each["price"] != wanted[each["id"]])
    return Run(took, least_calls(before, after), behind, counts)


def _warm_up(world: LocalWorld, store: StoreServer, products: list[str]) -> None:
    """Let both functions run before anything is measured: the local AWS unpacks the layer for each of their
    workers, one after the other. What a start costs on Lambda is the bench `cold_start`'s."""
    wanted = len(store.store.ledger) + len(products)
    for product in products:
        world.pos.cloud.save_products([{"id": product, "price": "12.75"}])
    ends = time.monotonic() + WARM_S
    while len(store.store.ledger) < wanted and time.monotonic() < ends:
        time.sleep(0.05)  # the functions run in other processes, and tell nobody when they end


def _saved(world: LocalWorld, prices: list[dict[str, str]]) -> list[Entry]:
    """Save the new prices in the POS, and return the events about them, which nobody has sent. How long the
    sandbox takes to save is not measured."""
    held_back = ListPublisher()
    bus, world.events.bus = world.events.bus, held_back
    try:
        for some in batched(prices, AN_EVENT, strict=False):
            world.pos.cloud.save_products(list(some))
    finally:
        world.events.bus = bus
    return held_back.entries


def _in_memory(foreign: float) -> Run:
    window_ms = SHORT_WINDOW_S * 1_000
    store = StoreServer(quota="standard", window_ms=window_ms, stock_delay_ms=20)
    with House(store=store, clock=WallClock()) as house:
        ids = fill(house, PRODUCTS)
        house.held_back = []
        house.pos.save_products(_prices(ids))
        before = house.control.snapshot()
        house.control.reset_counts()
        if foreign:
            house.control.set_hazard("foreign-app", share=foreign)
        began = _window_turns(house.store)
        house.deliver(house.held_back)
        house.settle(1_000)
        took = time.monotonic() - began
        counts = house.control.counts()
        behind = 0 if house.verdict().ok else 1
        least = least_calls(before, house.control.snapshot())
    return Run(took, least, behind, counts)


def _prices(products: list[str]) -> list[dict[str, str]]:
    dice = random.Random(7)
    return [{"id": product, "price": str(dice.randint(20, 90))} for product in products]


def _window_turns(store: StoreServer) -> float:
    """Wait until a new window begins, and return that moment."""
    time.sleep(store.store.quota.reset_ms() / 1_000)  # a window begins by the clock
    return time.monotonic()


if __name__ == "__main__":
    sys.exit(main())
