"""What a push costs in DynamoDB, on real tables of the local AWS, with the POS and the store in memory:
requests and units of one price, one sale, an idle drain, a CSV, new products and an import; and the processor time
of a product of a thousand, in intake and in push. Usage: table_costs.py [counts]; `counts` leaves the
processor time out, which a busy machine changes."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from benches.helpers.metered import Meter
from benches.helpers.results import Figure, finish
from tests.arrivals import arrivals
from tests.builders import STORE, a_product, some_stock
from tests.fakes.store_api import FakeStoreApi
from tests.import_world import ImportWorld
from tests.knife.tables import RealTables, real_tables
from tests.world import World
from tillbridge.adapters.dynamodb.counters import DynamoCounters
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.imports import DynamoImports
from tillbridge.domain.connection import PushContent
from tillbridge.domain.events import Event, changes
from tillbridge.domain.import_messages import PRODUCTS_A_MESSAGE
from tillbridge.domain.product import Product

ONLY_COUNTS = sys.argv[1:] == ["counts"]
CSV, CREATES, MANY = 100, 20, 1_000

MOST = {
    "a price": (11.0, 16.0),
    "a sale, literal": (12.0, 19.0),
    "three sales, literal": (10.0, 6.0),
    "a sale, when_changed": (11.0, 18.0),
    "an idle drain": (2.0, 5.0),
    "a CSV of 100, changed": (8.1, 0.8),
    "the same again, when_changed": (2.1, 0.25),
    "20 creates": (29.3, 11.6),
    "20 that a person pushes": (13.3, 2.9),
    "an import of 25": (31.2, 9.2),
}
"""Write units and requests, of a product where there are several. Two units of each are the slice's own,
a third where it wrote to the store. Since history is kept, each thing that changed is a line of one unit: a
level, content, and of a create both; what is sent again as it was has none. The
slice's third is its line of up to 20 calls, of four units at most. The row of each side is a unit; a product
that is new has an item beside it for each of its search terms, here twelve. Content that changed is a unit more on
each side: the detail. What a person pushes keeps what it replaces, one more."""

MOST_MS = {"intake": 0.6, "push": 1.5}
"""Processor time of one of a thousand products, ms."""


@dataclass
class Shop:
    """One store on tables of its own, and what it has asked of them."""

    tables: RealTables
    content: PushContent = PushContent.LITERAL
    metered: bool = True
    meter: Meter = field(default_factory=Meter)

    def __post_init__(self) -> None:
        if self.metered:
            self.meter.attach(self.tables.client)
        self.world: World = self.tables.world()
        connection = self.world.connection
        settings = replace(connection.settings, push_content=self.content)
        self.world.connection = replace(connection, settings=settings)
        self.world.deps.push.stores.save_connection(self.world.connection)  # type: ignore[attr-defined]  # real ones

    def links(self, count: int) -> list[Product]:
        """Put products into both sides, and let all come to rest."""
        products = [_numbered(number) for number in range(count)]
        self.world.ask(*products)
        self.world.push_until_quiet()
        self.meter.begin()
        return products

    def saves(self, trigger: str, products: list[Product]) -> None:
        """Save products in the POS, and mark them as intake does."""
        for product in products:
            self.world.pos.save(product)
        named = tuple((product.id, product.version) for product in products)
        event = Event("e", STORE, trigger, self.world.clock.now_ms(), named)
        self.world.deps.push.pending.mark(changes(event, arrivals(self.world.clock)))


def main() -> int:
    """Print a line for each story. Return 0 when none costs more than it may."""
    figures: list[Figure] = []
    with real_tables() as tables:
        processor = {} if ONLY_COUNTS else _processor(tables)
        for title, story in STORIES.items():
            literal = "when_changed" not in title
            shop = Shop(tables, PushContent.LITERAL if literal else PushContent.WHEN_CHANGED)
            figures += _says(title, shop.meter, story(shop))
    figures += [
        Figure(f"processor time of a product in {function}", took, MOST_MS[function], "ms")
        for function, took in processor.items()
    ]
    return finish("table_costs", figures, whole=not ONLY_COUNTS)


def _says(title: str, meter: Meter, count: int) -> list[Figure]:
    kinds = ", ".join(f"{number} {name}" for name, number in sorted(meter.requests.items()))
    written, requests = meter.written / count, meter.requests.total() / count
    most_written, most_requests = MOST[title]
    print(f"{title}, a product: {meter.read / count:.1f} read units; {kinds}")
    return [
        Figure(f"{title}, write units", written, most_written),
        Figure(f"{title}, requests", requests, most_requests),
    ]


def _numbered(number: int) -> Product:
    return a_product(f"p-{number:04d}", name=f"Product {number}", sku=f"SKU-{number:04d}")


def _dearer(products: list[Product]) -> list[Product]:
    return [replace(p, version=p.version + 1, price=p.price + Decimal(1)) for p in products]


def _again(products: list[Product]) -> list[Product]:
    return [replace(p, version=p.version + 1) for p in products]


def _sold(products: list[Product]) -> list[Product]:
    return [replace(p, version=p.version + 1, stock=(some_stock(2),)) for p in products]


def _price(shop: Shop) -> int:
    shop.saves("product.saved", _dearer(shop.links(1)))
    shop.world.push()
    return 1


def _sale(shop: Shop) -> int:
    shop.saves("sale.completed", _sold(shop.links(1)))
    shop.world.push()
    return 1


def _sales(shop: Shop) -> int:
    shop.saves("sale.completed", _sold(shop.links(3)))
    shop.world.push()
    return 3


def _idle(shop: Shop) -> int:
    shop.links(1)
    shop.world.push()
    return 1


def _csv(shop: Shop) -> int:
    shop.saves("product.imported", _dearer(shop.links(CSV)))
    shop.world.push()
    return CSV


def _same_csv(shop: Shop) -> int:
    shop.saves("product.imported", _again(shop.links(CSV)))
    shop.world.push()
    return CSV


def _creates(shop: Shop) -> int:
    shop.meter.begin()
    shop.world.ask(*[_numbered(number) for number in range(CREATES)])
    shop.world.push_until_quiet()
    return CREATES


def _asked(shop: Shop) -> int:
    products = shop.links(CREATES)
    shop.world.ask(*_dearer(products), job="01KAJ8Z3M0000000000000000A")
    shop.world.push_until_quiet()
    return CREATES


def _imports(shop: Shop) -> int:
    tables = shop.tables
    world = tables.furnished(ImportWorld())
    counters, stores = tables.make("CountersTable"), tables.newest["StoresTable"]
    world.counters = DynamoCounters(tables.client, counters)  # type: ignore[assignment]  # real
    world.imports = DynamoImports(tables.client, counters, stores, world.clock)  # type: ignore[assignment]  # real
    world.history = DynamoHistory(tables.client, tables.newest["HistoryTable"])  # type: ignore[assignment]  # real
    world.import_deps = world.deps_with(lambda port: port)
    for number in range(PRODUCTS_A_MESSAGE):
        world.sells(f"Product {number}", f"SKU-{number:04d}")
    shop.meter.begin()
    world.ask_for()
    world.import_until_quiet()
    return PRODUCTS_A_MESSAGE


STORIES: dict[str, Callable[[Shop], int]] = {
    "a price": _price,
    "a sale, literal": _sale,
    "three sales, literal": _sales,
    "a sale, when_changed": _sale,
    "an idle drain": _idle,
    "a CSV of 100, changed": _csv,
    "the same again, when_changed": _same_csv,
    "20 creates": _creates,
    "20 that a person pushes": _asked,
    "an import of 25": _imports,
}


def _processor(tables: RealTables) -> dict[str, float]:
    shop = Shop(tables, metered=False)
    products = _dearer(shop.links(MANY))
    stores_own = _time_of(shop.world.web)
    began = time.process_time()
    shop.saves("product.imported", products)
    marked = time.process_time()
    shop.world.push_until_quiet()
    pushed = time.process_time() - sum(stores_own)
    return {"intake": (marked - began) * 1_000 / MANY, "push": (pushed - marked) * 1_000 / MANY}


def _time_of(web: FakeStoreApi) -> list[float]:
    """Return a list that takes the processor time of each update of the store in memory, which looks
    for every name and SKU among a thousand."""
    taken: list[float] = []
    update = web.update_products

    def timed(*arguments: Any) -> Any:
        began = time.thread_time()
        try:
            return update(*arguments)
        finally:
            taken.append(time.thread_time() - began)

    web.update_products = timed  # type: ignore[assignment,method-assign]  # the same, with a watch
    return taken


if __name__ == "__main__":
    sys.exit(main())
