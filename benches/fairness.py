"""How long a sale takes from event to stock call when another store has fifty thousand pending rows
and its drain at work, compared with the same sale alone. Fifty stores share the tables.

SQS decides which drains run at once: a message group per store, and BatchSize 1 (template.yaml;
tests/template). The tables and our code could still couple stores: that is what is measured
here. What waits for a drain to begin is measured by benches/slots.py."""

import logging
import statistics
import sys
import threading

from benches.helpers.results import Figure, finish
from benches.helpers.town import Town, sold
from tests.builders import a_product
from tests.knife.tables import real_tables
from tillbridge.domain.ids import StoreId
from tillbridge.usecases.store_work import work_on_store

STORES, ALL_ROWS, LINKED = 50, 50_000, 2_000
ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_ROWS
BUSY = StoreId("store-0")
BUSY_WITHIN_S = 60.0
"""How long the busy store's drain may take until its first call, beside nobody."""

FUNCTION_START_S = 1.0
"""What a cold start of a Python function of this size takes, generously."""

WORST_S = 3.0
"""A person at the till would ask."""


def main() -> int:
    """Play sales in 49 stores, alone and then beside the busy one, and print both. Return 0 when
    the busy one was at work throughout, and the median and the worst beside it are within their limits."""
    logging.disable()
    with real_tables() as tables:
        town = Town(tables, STORES)
        others = town.names[1:]
        for store in others:
            town.link(store, a_product(version=1))
        alone = [town.sale(store, sold(2)) for store in others]
        town.fill(BUSY, ROWS, LINKED)
        town.webs[BUSY].script.latency = 0.05
        written = town.first_write(BUSY)
        busy = threading.Thread(target=work_on_store, args=(BUSY, town.deps))
        busy.start()
        if not written.wait(BUSY_WITHIN_S):
            raise TimeoutError(f"nothing was pushed to {BUSY} in {BUSY_WITHIN_S:.0f} s")
        beside = [town.sale(store, sold(3)) for store in others]
        at_work = busy.is_alive()
        busy.join()
    for words, took in (("alone", alone), ("beside the busy store", beside)):
        middle, worst = statistics.median(took), max(took)
        print(f"{words:22} p50 {middle * 1000:.0f} ms, worst {worst * 1000:.0f} ms")
    print(f"the busy store had {ROWS:,} rows and was at work all the time: {at_work}")
    figures = [
        Figure("a sale beside a busy store, p50", statistics.median(beside), FUNCTION_START_S, "s"),
        Figure("a sale beside a busy store, worst", max(beside), WORST_S, "s"),
        Figure("the busy store ended too soon", int(not at_work), 0),
    ]
    return finish("fairness", figures, whole=ROWS >= ALL_ROWS)


if __name__ == "__main__":
    sys.exit(main())
