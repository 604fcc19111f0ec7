"""How long a sale takes from event to stock call when another store has fifty thousand pending rows
and its drain at work, compared with the same sale alone. Fifty stores share the tables.

SQS decides which drains run at once: a message group per store, and BatchSize 1 (template.yaml;
tests/template). The tables and our code could still couple stores: that is what is measured
here."""

import logging
import statistics
import sys
import threading
import time
from dataclasses import replace
from decimal import Decimal

from tests.arrivals import arrivals
from tests.builders import a_connection, a_product, some_stock
from tests.fakes.pos import FakePos
from tests.fakes.scripting import Called
from tests.fakes.signals import FakeSignals
from tests.fakes.store_api import FakeStoreApi
from tests.knife.tables import RealTables, real_tables
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import new_item
from tillbridge.domain.events import Event, changes
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import ENTRY, Lane
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.product import Product
from tillbridge.usecases.store_work import StoreWorkDeps, work_on_store

STORES, ROWS, LINKED = 50, 50_000, 2_000
BUSY = StoreId("store-0")
BUSY_WITHIN_S = 60.0
"""How long the busy store's drain may take until its first call, beside nobody."""

FUNCTION_START_S = 1.0
"""What a cold start of a Python function of this size takes, generously."""


class Town:
    """Fifty shops on one set of tables."""

    def __init__(self, tables: RealTables) -> None:
        world = tables.world()
        self.names = [StoreId(f"store-{n}") for n in range(STORES)]
        self.webs = {name: FakeStoreApi() for name in self.names}
        self.shops = {name: FakePos() for name in self.names}
        for name in self.names:
            world.stores.save_connection(a_connection(name))
        self.deps: StoreWorkDeps = replace(
            world.deps,
            push=replace(world.deps.push, clock=SystemClock()),
            signals=FakeSignals(),
            open_store=lambda connection, _: self.webs[connection.store],
            open_pos=lambda connection, _: self.shops[connection.store],
        )

    def link(self, store: StoreId, product: Product) -> None:
        """Store the link of a product that was pushed before."""
        made = self.webs[store].seed(product.name, product.sku, inventory_tracking="product")
        self.shops[store].save(product)
        link = Link(product.id, LinkStatus.LINKED, made.id, tracking="product", visible=True)
        self.deps.push.links.linked(store, replace(link, name=product.name, sku=product.sku))

    def sale(self, store: StoreId, product: Product) -> float:
        """Return the seconds from a sale's event to the end of its stock call."""
        self.shops[store].save(product)
        event = Event("e", store, "sale.completed", 0, ((product.id, product.version),))
        started = time.monotonic()
        self.deps.push.pending.mark(changes(event, arrivals(self.deps.push.clock)))
        work_on_store(store, self.deps)
        assert any(called.method == "set_stock" for called in self.webs[store].log)
        return time.monotonic() - started

    def first_write(self, store: StoreId) -> threading.Event:
        """Return what is set once a drain updates products of the store."""
        written = threading.Event()

        def notes(called: Called) -> None:
            if called.method == "update_products":
                written.set()

        self.webs[store].script.begins = notes
        return written


def main() -> int:
    """Play sales in 49 stores, alone and then beside the busy one, and print both. Return 0 when
    the busy one was at work throughout and the median beside it is within FUNCTION_START_S."""
    logging.disable()
    with real_tables() as tables:
        town = Town(tables)
        others = town.names[1:]
        for store in others:
            town.link(store, a_product(version=1))
        alone = [town.sale(store, _sold(2)) for store in others]
        _fill(town, tables)
        written = town.first_write(BUSY)
        busy = threading.Thread(target=work_on_store, args=(BUSY, town.deps))
        busy.start()
        if not written.wait(BUSY_WITHIN_S):
            raise TimeoutError(f"nothing was pushed to {BUSY} in {BUSY_WITHIN_S:.0f} s")
        beside = [town.sale(store, _sold(3)) for store in others]
        at_work = busy.is_alive()
        busy.join()
    for words, took in (("alone", alone), ("beside the busy store", beside)):
        middle, worst = statistics.median(took), max(took)
        print(f"{words:22} p50 {middle * 1000:.0f} ms, worst {worst * 1000:.0f} ms")
    print(f"the busy store had {ROWS} rows and was at work all the time: {at_work}")
    return 0 if at_work and statistics.median(beside) <= FUNCTION_START_S else 1


def _sold(version: int) -> Product:
    return a_product(version=version, stock=(some_stock(9 - version),), price=Decimal(version))


def _fill(town: Town, tables: RealTables) -> None:
    """Write fifty thousand rows of bulk work directly: marking them is not what is measured."""
    products = [
        a_product(f"p-{n}", name=f"Lantern {n}", sku=f"L-{n}", version=2) for n in range(ROWS)
    ]
    for product in products[:LINKED]:
        town.link(BUSY, product)
    town.webs[BUSY].script.latency = 0.05
    values = {"rev": "r", "version": 2, "queued_ms": 0, "order": 2}
    items = [new_item(keys.pending(BUSY, Lane.BULK, product.id), values) for product in products]
    assert ENTRY[Lane.BULK].apart
    bulk.write_all(tables.client, tables.newest["PendingTable"], items)


if __name__ == "__main__":
    sys.exit(main())
