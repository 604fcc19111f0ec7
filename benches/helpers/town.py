"""Shops on one set of tables, each with a POS and a store in memory."""

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
from tests.knife.tables import RealTables
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import new_item
from tillbridge.domain.events import Event, changes
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import ENTRY, Lane, Place
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.product import Product
from tillbridge.usecases.store_work import StoreWorkDeps, work_on_store


class Town:
    """Shops on one set of tables."""

    def __init__(self, tables: RealTables, stores: int) -> None:
        world = tables.world()
        self._tables = tables
        self.names = [StoreId(f"store-{n}") for n in range(stores)]
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
        started = time.monotonic()
        self.sell(store, product)
        work_on_store(store, self.deps)
        assert any(called.method == "set_stock" for called in self.webs[store].log)
        return time.monotonic() - started

    def sell(self, store: StoreId, product: Product) -> None:
        """Save what is left of a product after a sale, and mark it."""
        self.shops[store].save(product)
        event = Event("e", store, "sale.completed", 0, ((product.id, product.version),))
        self.deps.push.pending.mark(changes(event, arrivals(self.deps.push.clock)))

    def first_write(self, store: StoreId) -> threading.Event:
        """Return what is set once a drain updates products of the store."""
        written = threading.Event()

        def notes(called: Called) -> None:
            if called.method == "update_products":
                written.set()

        self.webs[store].script.begins = notes
        return written

    def fill(self, store: StoreId, rows: int, linked: int) -> None:
        """Write rows of bulk work directly, `linked` of them of products that are online: marking them is
        not what is measured."""
        products = [
            a_product(f"p-{n}", name=f"Lantern {n}", sku=f"L-{n}", version=2) for n in range(rows)
        ]
        for product in products[:linked]:
            self.link(store, product)
        values = {"rev": "r", "version": 2, "queued_ms": 0, "order": 2}
        items = [new_item(keys.pending(store, Lane.BULK, each.id), values) for each in products]
        assert ENTRY[Lane.BULK].place is Place.APART
        bulk.write_all(self._tables.client, self._tables.newest["PendingTable"], items)


def sold(version: int) -> Product:
    """Return a product after a sale."""
    return a_product(version=version, stock=(some_stock(9 - version),), price=Decimal(version))
