"""Sales while five thousand rows are imported: once a sale's row is stored, one wave of content calls
starts before its stock call at most."""

import logging
import random
import sys
import threading
import time
from collections.abc import Iterable

from sandbox.bigcommerce.server.server import StoreServer
from tests.harness import STORE, House
from tests.knife.shop import fill
from tests.knife.wall import Started, WallClock
from tillbridge.domain.ids import PosProductId
from tillbridge.ports.store_api import StockItem

ROWS, SALES, A_WAVE = 5_000, 25, 3
UNDER_WAY_S = 0.02
"""A content call may be under way that looked at the stock lane before the row was stored."""


def main() -> int:
    """Import and sell meanwhile; print how long each sale waited and which calls went before it."""
    logging.disable()
    store = StoreServer(quota="standard", window_ms=3_000, stock_delay_ms=20, latency_ms=20)
    started, sold = Started(), list[tuple[float, str]]()
    with House(store=store, clock=WallClock()) as house:
        ids = fill(house, ROWS)
        started.watch(house)
        dice = random.Random(7)
        house.pos.save_products([{"id": p, "price": str(dice.randint(20, 90))} for p in ids])
        shop = threading.Thread(target=_sell, args=(house, dice.sample(ids, SALES), sold))
        shop.start()
        house.settle(1_000)
        shop.join()
        house.settle(1_000)
        numbers = {
            p: house.tables.links.get(STORE, [PosProductId(p)])[PosProductId(p)].id for _, p in sold
        }
        in_step = house.verdict().ok
        refused = house.control.counts()["refused_429"]
    waits, early = [], list[int]()
    for at, product in sold:
        went = min(
            t
            for t, name, sent in started.calls
            if name == "set_stock" and t >= at and _names(sent, numbers[product])
        )
        waits.append(went - at)
        early.append(
            sum(name != "set_stock" and at + UNDER_WAY_S < t < went for t, name, _ in started.calls)
        )
    waits.sort()
    print(
        f"{SALES} sales during an import of {ROWS} rows ({len(started.calls)} write calls): stock call "
        f"after p50 {waits[len(waits) // 2] * 1000:.0f} ms, worst {waits[-1] * 1000:.0f} ms; content calls "
        f"started in between {max(early)} at most; own 429 {sum(refused.values())}; in step {in_step}"
    )
    return 0 if max(early) <= A_WAVE and in_step and not refused else 1


def _sell(house: House, ids: list[str], sold: list[tuple[float, str]]) -> None:
    for product in ids:
        time.sleep(0.31)  # the pace of the till: the sales spread over the import
        house.pos.sell([{"product_id": product, "quantity": "1"}])
        sold.append((time.monotonic(), product))


def _names(sent: Iterable[StockItem], number: int | None) -> bool:
    return any(item.product == number for item in sent)


if __name__ == "__main__":
    sys.exit(main())
