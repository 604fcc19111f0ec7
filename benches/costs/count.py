"""Counts, on real tables of the local AWS, what each happening of a month asks for."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from decimal import Decimal

from benches.costs.counted import COUNTED, Counted
from benches.helpers.metered import Meter
from benches.table_costs import Shop
from tests.booking_world import BookingWorld, Tables
from tests.builders import a_product, some_stock
from tests.fakes.clock import FakeClock
from tests.knife.tables import RealTables, real_tables
from tillbridge.adapters.dynamodb.listed_orders import DynamoListedOrders
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.domain.connection import PushContent
from tillbridge.domain.product import Product

IN_A_SALE, IN_A_CSV, NEW = 2, 100, 20
"""Products of a sale, rows of a CSV, new products."""


def count() -> None:
    """Count every story, and keep it for the page."""
    found: dict[str, Counted] = {}
    with real_tables() as tables:
        for name, (mode, story, products) in STORIES.items():
            shop = Shop(tables, mode)
            story(shop, products)
            found[name] = _of(shop, products)
        found["a web order"] = _web_order(tables)
    kept = {name: asdict(each) for name, each in found.items()}
    COUNTED.write_text(f"{json.dumps(kept, indent=2)}\n", encoding="utf-8")


def _of(shop: Shop, products: int) -> Counted:
    calls, reads = len(shop.world.web.log), len(shop.world.pos.reads)
    return _counted(shop.meter, products, calls, reads)


def _counted(meter: Meter, products: int, calls: int, pos_calls: int) -> Counted:
    return Counted(products, calls, pos_calls, meter.requests.total(), meter.written, meter.read)


def _begins(shop: Shop, count: int) -> list[Product]:
    products = _new(shop, count)
    shop.world.web.log.clear()
    shop.world.pos.reads.clear()
    shop.meter.begin()
    return products


def _new(shop: Shop, count: int) -> list[Product]:
    products = [
        a_product(f"p-{n:04d}", name=f"Product {n}", sku=f"S-{n:04d}") for n in range(count)
    ]
    shop.world.ask(*products)
    shop.world.push_until_quiet()
    return products


def _sale(shop: Shop, count: int) -> None:
    sold = [replace(p, version=p.version + 1, stock=(some_stock(2),)) for p in _begins(shop, count)]
    shop.saves("sale.completed", sold)
    shop.world.push_until_quiet()


def _saved(shop: Shop, count: int) -> None:
    shop.saves("product.saved", _dearer(_begins(shop, count)))
    shop.world.push_until_quiet()


def _csv(shop: Shop, count: int) -> None:
    shop.saves("product.imported", _dearer(_begins(shop, count)))
    shop.world.push_until_quiet()


def _dearer(products: list[Product]) -> list[Product]:
    return [replace(p, version=p.version + 1, price=p.price + Decimal(1)) for p in products]


def _nothing(shop: Shop, count: int) -> None:
    _begins(shop, count)
    shop.world.push()


def _web_order(tables: RealTables) -> Counted:
    """Found by a drain, told to the POS, booked; the drain itself, its list of orders and the mark of its
    webhook are counted apart."""
    clock, orders = FakeClock(), tables.make("OrdersTable")
    kept = Tables(
        DynamoPending(tables.client, tables.make("PendingTable")),
        DynamoOrderBook(tables.client, orders, clock),
        DynamoListedOrders(tables.client, orders),
    )
    world = BookingWorld(tables=kept)
    meter = Meter()
    meter.attach(tables.client)
    world.order()
    told = world.run()
    assert world.off() == 2, told
    return _counted(meter, 1, 0, 1)


type Story = Callable[[Shop, int], object]

STORIES: dict[str, tuple[PushContent, Story, int]] = {
    "a sale": (PushContent.LITERAL, _sale, IN_A_SALE),
    "a sale, when_changed": (PushContent.WHEN_CHANGED, _sale, IN_A_SALE),
    "a saved product": (PushContent.LITERAL, _saved, 1),
    "a CSV": (PushContent.LITERAL, _csv, IN_A_CSV),
    "new products": (PushContent.LITERAL, _new, NEW),
    "a drain that finds nothing": (PushContent.LITERAL, _nothing, 1),
}
