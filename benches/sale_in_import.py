"""Sales while five thousand rows are imported: how long each waits from its stored row until its stock
call begins, in calls' times.

The store and the POS answer after a fixed time, so a call takes as long as it did a moment ago: what it
took in the same run is the measure. Every third sale comes while the POS's records of a window are being
read, the others at random times. Usage: sale_in_import.py [RUNS]"""

import logging
import random
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from benches.helpers.numbers import p95
from benches.helpers.results import Figure, finish
from benches.helpers.timed_calls import TimedCalls
from sandbox.bigcommerce.server.server import StoreServer
from tests.harness import STORE, House
from tests.knife.shop import fill
from tests.knife.wall import WallClock
from tillbridge.domain.ids import PosProductId

RUNS, ALL_RUNS = (int(sys.argv[1]) if len(sys.argv) > 1 else 10), 10
ROWS, SALES, A_WAVE = 5_000, 25, 3
STORE_ANSWERS_MS, POS_ANSWERS_MS = 150, 50
PACE_S = 1.0
"""Of the sales at the till, on average; they come at random times."""

MOST_CALLS = {"that meets no other": 2.0, "while rows are gathered": 2.0, "that meets another": 2.5}
"""A sale's row may wait for the wave under way and for a read of its record (0.3 calls' time). One that comes
during another sale's stock call waits for the rest of that, and for the wave whose turn it is then."""

STEADY = 1.3
"""Times the store's fixed answer. In a run in which one call in twenty took longer, the machine was too busy to
tell how long anything waits, and the run is repeated: as often again as there are runs, at most."""

UNDER_WAY_S = 0.02
"""A content call may be under way that looked at the stock lane before the row was stored."""


type Sale = tuple[float, str, bool]
"""When its row was stored (monotonic seconds), what was sold, and whether rows were being gathered."""


@dataclass
class Waits:
    """Of each sale, by what it met: seconds ÷ a call's time until its stock call began. Of all: the content
    calls that began before it."""

    calls: dict[str, list[float]] = field(default_factory=lambda: {each: [] for each in MOST_CALLS})
    overtaken_by: list[int] = field(default_factory=list)
    troubles: int = 0
    call_s: list[float] = field(default_factory=list)


def main() -> int:
    """Import and sell `RUNS` times. Return 0 when 95 of a hundred sales of each kind wait no longer than they
    may, and one wave at most overtakes any."""
    logging.disable()
    waits = Waits()
    begun = 0
    while len(waits.call_s) < RUNS and begun < 2 * RUNS:
        _run(waits, begun)
        begun += 1
    steady = len(waits.call_s)
    print(f"{steady} imports of {ROWS:,} rows, and {begun - steady} on a machine that was too busy")
    if steady:
        print(f"a call takes {median(waits.call_s) * 1_000:.0f} ms")
    figures = []
    for kind, most in MOST_CALLS.items():
        if found := waits.calls[kind]:
            told = f"p50 {median(found):.2f}, p95 {p95(found):.2f}, worst {max(found):.2f}"
            print(f"{len(found):4} sales, each {kind}: {told} calls' time")
            figures.append(Figure(f"a sale {kind}, p95 ÷ a call's time", p95(found), most))
    figures += [
        Figure(
            "content calls that begin before a sale's", max(waits.overtaken_by, default=0), A_WAVE
        ),
        Figure("steady runs that are missing", RUNS - steady, 0),
        Figure("own 429, or a side that is behind", waits.troubles, 0),
    ]
    return finish("sale_in_import", figures, whole=RUNS >= ALL_RUNS)


def _run(waits: Waits, seed: int) -> None:
    store = StoreServer(
        quota="standard", window_ms=3_000, stock_delay_ms=20, latency_ms=STORE_ANSWERS_MS
    )
    calls, sold = TimedCalls(POS_ANSWERS_MS / 1_000), list[Sale]()
    with House(store=store, clock=WallClock()) as house:
        ids = fill(house, ROWS)
        calls.watch(house)
        dice = random.Random(seed)
        house.pos.save_products([{"id": p, "price": str(dice.randint(20, 90))} for p in ids])
        some = dice.sample(ids, SALES)
        over = threading.Event()
        shop = threading.Thread(target=_sell, args=(house, calls, some, sold, over, dice))
        shop.start()
        house.settle(1_000)
        over.set()
        shop.join()
        house.settle(1_000)
        numbers = {p: _number(house, p) for _, p, _ in sold}
        waits.troubles += sum(house.control.counts()["refused_429"].values())
        waits.troubles += not house.verdict().ok
    took = [each.ended - each.began for each in calls.content()]
    if p95(took) > STEADY * STORE_ANSWERS_MS / 1_000:
        return
    call_s = median(took)
    waits.call_s.append(call_s)
    import_ended = max(each.began for each in calls.content())
    for at, product, gathering in sold:
        if at > import_ended:
            continue
        began = _stock_call(calls, numbers[product], at)
        kind = _met(calls, at, began, gathering=gathering)
        waits.calls[kind].append((began - at) / call_s)
        before = [c for c in calls.content() if at + UNDER_WAY_S < c.began < began]
        waits.overtaken_by.append(len(before))


def _met(calls: TimedCalls, at: float, began: float, *, gathering: bool) -> str:
    """Return what a sale met that was stored at `at` and whose stock call began at `began`."""
    others = (each for each in calls.writes if each.method == "set_stock" and each.began < began)
    if any(each.ended > at for each in others):
        return "that meets another"
    return "while rows are gathered" if gathering else "that meets no other"


def _number(house: House, product: str) -> int | None:
    links = house.tables.links.get(STORE, [PosProductId(product)])
    return links[PosProductId(product)].id


def _sell(
    house: House,
    calls: TimedCalls,
    ids: Sequence[str],
    sold: list[Sale],
    over: threading.Event,
    dice: random.Random,
) -> None:
    for number, product in enumerate(ids):
        if over.is_set():
            return
        gathering = False
        if number % 3 == 0:
            calls.gathers.clear()
            gathering = calls.gathers.wait(2 * PACE_S)
        if not gathering:
            time.sleep(dice.expovariate(1 / PACE_S))  # sales spread over the import
        house.pos.sell([{"product_id": product, "quantity": "1"}])
        sold.append((time.monotonic(), product, gathering))


def _stock_call(calls: TimedCalls, number: int | None, since: float) -> float:
    return min(
        each.began
        for each in calls.writes
        if each.method == "set_stock"
        and each.began >= since
        and any(item.product == number for item in each.sent)
    )


if __name__ == "__main__":
    sys.exit(main())
