"""What one drain costs on the real tables of the local AWS: requests, write units and processor time.
Writes them to `measured.json`, from which the model reads them."""

import json
import logging
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benches.scale.cost import Cost
from sandbox.aws.package import load_template
from tests.arrivals import arrivals
from tests.builders import STORE, a_product, some_stock
from tests.knife.tables import TEMPLATE, RealTables, real_tables
from tests.world import World
from tillbridge.domain.events import Event, changes
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.product import Product
from tillbridge.usecases.store_work import work_on_store

REPEATS, MANY = 25, 100
_RESOURCES = load_template(TEMPLATE)["Resources"]
RESULT = Path(__file__).with_name("measured.json")
_WRITES = ("PutItem", "UpdateItem", "DeleteItem")


@dataclass
class Counted:
    """What went to DynamoDB: requests, and write units; an item of a table with a local index is two."""

    requests: int = 0
    writes: int = 0

    def note(self, params: Mapping[str, Any], model: Any, **_: object) -> None:
        """Take one request into account, as botocore's hook gives it."""
        self.requests += 1
        if model.name in _WRITES:
            self.writes += _units(params["TableName"])
        elif model.name == "BatchWriteItem":
            tables = params["RequestItems"].items()
            self.writes += sum(_units(table) * len(items) for table, items in tables)
        elif model.name == "BatchExecuteStatement":
            self.writes += sum(_units(each["Statement"]) for each in params["Statements"])


def _units(table: str) -> int:
    indexed = (name for name, each in _RESOURCES.items() if "LocalSecondaryIndexes" in str(each))
    return 2 if any(name in table for name in indexed) else 1


def main() -> int:
    """Measure drains and the marks before them, print a line for each, and write what of them belongs
    to a slice, to a look at a lane's work, and to each product."""
    logging.disable()
    with real_tables() as tables:
        _, idle = _measure(tables, "nothing due", "", 0)
        _, price = _measure(tables, "a price", "product.saved", 1)
        marks, sale = _measure(tables, "a sale", "sale.completed", 1)
        _, prices = _measure(tables, f"{MANY} prices", "product.saved", MANY)
    product = (prices - price) / (MANY - 1)
    parts = {
        "slice": idle,
        "content": price - idle - product,
        "stock": sale - price - product,
        "product": product,
        "mark": marks / 2,  # a sale marks two rows
    }
    RESULT.write_text(
        json.dumps({name: asdict(part) for name, part in parts.items()}, indent=2) + "\n"
    )
    return 0


def _measure(tables: RealTables, name: str, trigger: str, products: int) -> tuple[Cost, Cost]:
    world = tables.world()
    shop = [a_product(f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(products)]
    for product in shop:
        world.pos.save(product)
        made = world.web.seed(product.name, product.sku, inventory_tracking="product")
        link = Link(product.id, LinkStatus.LINKED, made.id, tracking="product", visible=True)
        world.links.linked(STORE, link)
    marks, drains = [], []
    for version in range(2, 2 + REPEATS):
        _change(world, shop, version, sold=trigger == "sale.completed")
        if trigger:
            listed = tuple((product.id, version) for product in shop)
            event = Event("e", STORE, trigger, 0, listed)
            marks.append(_cost(tables, partial(_mark, world, event)))
        drains.append(_cost(tables, partial(work_on_store, STORE, world.deps)))
    mark, drain = _middle(marks or [Cost()]), _middle(drains)
    print(f"{name:12} marks {mark}\n{'':12} drain {drain}")
    return mark, drain


def _change(world: World, shop: list[Product], version: int, *, sold: bool) -> None:
    for product in shop:
        stock = some_stock(100 - version) if sold else some_stock(100)
        price = Decimal(10 if sold else version)
        world.pos.save(replace(product, version=version, stock=(stock,), price=price))


def _mark(world: World, event: Event) -> None:
    world.pending.mark(changes(event, arrivals(world.clock)))


def _cost(tables: RealTables, work: Callable[[], object]) -> Cost:
    counted = Counted()
    hook = "before-parameter-build.dynamodb.*"
    tables.client.meta.events.register(hook, counted.note)
    before = time.process_time()
    try:
        work()
    finally:
        ms = 1_000 * (time.process_time() - before)
        tables.client.meta.events.unregister(hook, counted.note)
    return Cost(counted.requests, counted.writes, ms)


def _middle(costs: list[Cost]) -> Cost:
    # The first time connections are made and the link has no fingerprint yet; the last is as all others.
    return Cost(costs[-1].requests, costs[-1].writes, median(each.ms for each in costs))


if __name__ == "__main__":
    sys.exit(main())
