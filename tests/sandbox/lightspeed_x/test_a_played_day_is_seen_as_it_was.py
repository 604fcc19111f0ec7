"""Whoever reads what changed, page by page, ends with what the shop has."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from random import Random
from threading import Barrier

import pytest

from sandbox.pos import product_moves, stock_moves
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.shop_day import AWKWARD
from sandbox.pos.shop_floor import Floor, NothingFitsError
from tests.sandbox.lightspeed_x.conftest import Row, Shop, a_mug, a_shirt

MOVES = (*AWKWARD, stock_moves.sale, stock_moves.sale, product_moves.reprice)


class Reader:
    """Reads both feeds from where it stopped, and keeps the newest row of each id."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.products: dict[str, Row] = {}
        self.levels: dict[str, Row] = {}
        self.cursors = [0, 0]

    def read(self) -> None:
        while levels := self.shop.levels(after=self.cursors[0], size=50, include_deleted=True):
            self.levels |= {row["id"]: row for row in levels}
            self.cursors[0] = levels[-1]["version"]
        query = "deleted=true&page_size=50"
        while rows := self.shop.rows(f"after={self.cursors[1]}&{query}"):
            self.products |= {row["id"]: row for row in rows}
            self.cursors[1] = rows[-1]["version"]


def live(rows: dict[str, Row]) -> dict[str, Row]:
    return {key: row for key, row in rows.items() if "deleted_at" not in row}


def of_the_shop(shop: Shop) -> dict[str, tuple[str, Decimal, dict[str, Decimal]]]:
    """Return name, price and levels of every unit of the shop by the SKU."""
    units: dict[str, tuple[str, Decimal, dict[str, Decimal]]] = {}
    for product in shop.cloud.catalogue.live():
        for unit in product.variants or (product,):
            price = product.price if unit.price is None else unit.price
            on_hand = {level.outlet_id: level.on_hand - level.committed for level in unit.stock}
            units[unit.sku] = (product.name, price, on_hand if product.track_stock else {})
    return units


def of_the_reader(reader: Reader) -> dict[str, tuple[str, Decimal, dict[str, Decimal]]]:
    outlets = {wire: own for own, wire in reader.shop.control.ids()["outlets"].items()}
    units = {
        row["id"]: (row["sku"], row["name"], Decimal(row["price_excluding_tax"]))
        for row in live(reader.products).values()
    }
    levels: dict[str, dict[str, Decimal]] = {key: {} for key in units}
    for row in live(reader.levels).values():
        levels[row["product_id"]][outlets[row["outlet_id"]]] = Decimal(
            row["current_inventory_level"]
        )
    return {sku: (name, price, levels[key]) for key, (sku, name, price) in units.items()}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_reader_of_changes_ends_with_what_the_shop_has(shop: Shop, seed: int) -> None:
    shop.account.quota.limit = 10_000
    shop.cloud.load(demo_products())
    rng = Random(seed)
    floor = Floor(shop.cloud, rng)
    moves = [*MOVES, *rng.choices(MOVES, k=40)]
    rng.shuffle(moves)
    reader = Reader(shop)
    for number, move in enumerate(moves):
        try:
            move(floor)
        except NothingFitsError:
            continue
        if number % 7 == 0:
            reader.read()
    reader.read()
    assert of_the_reader(reader) == of_the_shop(shop)
    assert {row["id"] for row in shop.rows("page_size=200")} == set(live(reader.products))


def test_a_reader_misses_nothing_while_tills_sell_at_once(shop: Shop) -> None:
    shop.account.quota.limit = 10_000
    a_mug(shop, stock={"o-main": 500, "o-west": 500})
    a_shirt(shop)
    start = Barrier(5)

    def sell(outlet: str) -> None:
        start.wait()
        for _ in range(40):
            shop.cloud.sell([{"product_id": "p-mug", "quantity": 1}], outlet_id=outlet)

    reader = Reader(shop)
    with ThreadPoolExecutor(4) as tills:
        sold = [tills.submit(sell, outlet) for outlet in ("o-main", "o-west") * 2]
        start.wait()
        while not all(each.done() for each in sold):
            reader.read()
    for each in sold:
        each.result()
    reader.read()
    assert of_the_reader(reader) == of_the_shop(shop)
    assert of_the_shop(shop)["MUG1"][2] == {"o-main": 420, "o-west": 420}
