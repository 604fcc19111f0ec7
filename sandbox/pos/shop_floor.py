"""The shop as its staff find it: a seeded die that picks products, units, prices and names."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from sandbox.pos.cloud import PosCloud
from sandbox.pos.model import Product
from sandbox.pos.numbers import money_text
from sandbox.pos.playable import name_key, playable

type Line = dict[str, Any]

_ENDINGS = ("& Co", "(new)", "(2nd edition)", "“Home”", "3.0")


class NothingFitsError(Exception):
    """No product of the shop suits what was to happen."""


class Floor:
    """Picks among the products a day may touch, and gives names that nobody had.

    A store keeps the name and the SKU of a deleted product, so neither is ever given again.
    """

    def __init__(self, cloud: PosCloud, rng: Random) -> None:
        self.cloud = cloud
        self.rng = rng
        every = cloud.catalogue.live()
        self._ids = [product.id for product in playable(every)]
        self._names = {name_key(product.name) for product in every}
        self.swapped: set[str] = set()
        """Whose name or SKU was another's: deleted, it would keep it from them for good."""

    def products(self) -> list[Product]:
        """The newest records of the products that are still there."""
        found = (self.cloud.catalogue.find(product_id) for product_id in self._ids)
        return [product for product in found if product and product.deleted_at is None]

    def some(self, count: int, fits: Callable[[Product], bool] = bool) -> list[Product]:
        """So many different products that fit. Raises NothingFitsError."""
        fitting = [product for product in self.products() if fits(product)]
        if len(fitting) < count:
            raise NothingFitsError
        return self.rng.sample(fitting, count)

    def one(self, fits: Callable[[Product], bool] = bool) -> Product:
        """A product that fits. Raises NothingFitsError."""
        return self.some(1, fits)[0]

    def unit(self, product: Product | None = None) -> Line:
        """A sellable unit: a product without variants, or one variant of it."""
        product = product or self.one()
        if not product.variants:
            return {"product_id": product.id}
        return {"product_id": product.id, "variant_id": self.rng.choice(product.variants).id}

    def line(self) -> Line:
        """One to three of a unit."""
        return self.unit() | {"quantity": self.rng.randint(1, 3)}

    def outlet(self) -> str:
        """Mostly the first outlet, where most of the trade is."""
        outlets = [outlet.id for outlet in self.cloud.catalogue.outlets]
        return outlets[0] if self.rng.random() < 0.8 else self.rng.choice(outlets)

    def new_price(self, product: Product) -> str:
        """A price up to a tenth away, never the same and never below a cent."""
        factor = Decimal(self.rng.choice([90, 95, 104, 110])) / 100
        price = max(product.price * factor, Decimal("0.01")).quantize(Decimal("0.01"))
        return money_text(price if price != product.price else price + Decimal("0.05"))

    def new_name(self, product: Product) -> str:
        """A name nobody has or had."""
        stem = product.name.strip()[:200]
        for ending in [self.rng.choice(_ENDINGS), *(f"no. {n}" for n in range(2, 1000))]:
            name = f"{stem} {ending}"
            if name_key(name) not in self._names:
                self._names.add(name_key(name))
                return name
        raise NothingFitsError
