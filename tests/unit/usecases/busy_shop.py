"""A shop whose store is busy, and sales that go on whatever else happens."""

from dataclasses import replace
from itertools import count

from tests.builders import a_product, some_stock
from tests.busy_world import A_CALL_S, A_POS_READ_S, BusyWorld
from tillbridge.domain.product import Product

A_WAVE_MS = round(1_000 * (A_CALL_S + A_POS_READ_S))
"""One call that is under way, and the POS's record of what was sold."""


def lamps(number: int, first: int = 0) -> list[Product]:
    return [
        a_product(f"p-{n:04}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(first, first + number)
    ]


class Sales:
    """Sales of some lamps, one every so many seconds, whatever else happens."""

    def __init__(
        self, world: BusyWorld, products: list[Product], every_s: float, most: int
    ) -> None:
        self.world, self.products, self.every_ms = world, products, round(every_s * 1_000)
        self.left, self.versions = most, count(100)
        self.sold: list[tuple[int, Product]] = []
        world.clock.at(world.clock.now_ms(), self._next)

    def _next(self) -> None:
        now, version = self.world.clock.now_ms(), next(self.versions)
        product = self.products[version % len(self.products)]
        self.sold.append((now, product))
        sold = replace(product, version=version, stock=(some_stock(version),))
        self.world.happens("sale.completed", sold)
        self.left -= 1
        if self.left:
            self.world.clock.at(now + self.every_ms, self._next)

    def longest_ms(self) -> int:
        """Return the longest that a sale waited for its stock call; fail when one never went."""
        waits = [self.world.wait_ms(at, "set_stock", product) for at, product in self.sold]
        assert None not in waits
        return max(wait for wait in waits if wait is not None)


def a_shop(*more: Product) -> tuple[BusyWorld, list[Product]]:
    world, shop = BusyWorld(), lamps(50)
    world.linked(*shop, *more)
    return world, shop
