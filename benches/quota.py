"""Ten thousand changed products under the standard quota, its window scaled down, on the wall
clock.

The time allowed is what 80 % of the quota takes, less what the other app spends meanwhile: the rest
is left free for that app."""

import logging
import random
import sys
import time

from sandbox.bigcommerce.server.server import StoreServer
from tests.harness import House
from tests.knife.shop import fill
from tests.knife.wall import WallClock

WINDOW_S = 3.0
QUOTA, OURS = 150, 120
PRODUCTS = 10_000


def measure(foreign: float) -> bool:
    """Play one run and print its figures. Return whether they are within the limit."""
    store = StoreServer(quota="standard", window_ms=WINDOW_S * 1_000, stock_delay_ms=20)
    with House(store=store, clock=WallClock()) as house:
        ids = fill(house, PRODUCTS)
        dice = random.Random(7)
        house.held_back = []
        house.pos.save_products([{"id": p, "price": str(dice.randint(20, 90))} for p in ids])
        house.control.reset_counts()
        if foreign:
            house.control.set_hazard("foreign-app", share=foreign)
        started = _window_turns(house)
        house.deliver(house.held_back)
        house.settle(1_000)
        took = time.monotonic() - started
        counts = house.control.counts()
        calls = sum(house.calls().values())
        in_step = house.verdict().ok
    a_window = OURS - QUOTA * foreign
    allowed = (calls - 1) // a_window * WINDOW_S
    own, theirs = sum(counts["refused_429"].values()), counts["foreign_refused_429"]
    asked = QUOTA * foreign * took / WINDOW_S
    ratio = took / allowed
    share = theirs / asked if asked else 0.0
    print(
        f"another app at {foreign:4.0%}: {calls} calls in {took:.1f} s, allowed {allowed:.1f} s, "
        f"ratio {ratio:.3f}; own 429 {own}; its 429 {theirs} of {asked:.0f} ({share:.1%}); "
        f"in step {in_step}"
    )
    return in_step and own == 0 and ratio <= 1.05 and share <= 0.01


def _window_turns(house: House) -> float:
    """Wait until a new window begins, and return that moment."""
    quota = house.store.store.quota
    time.sleep(quota.reset_ms() / 1_000)  # a window begins by the clock
    return time.monotonic()


def main() -> int:
    """Measure alone, then beside another app that takes 20 %. Return 0 when all is within the
    limit."""
    logging.disable()
    results = [measure(foreign) for foreign in (0.0, 0.2)]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
