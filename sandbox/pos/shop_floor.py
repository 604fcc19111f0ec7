"""The shop as its staff find it: seeded picks of products, units, prices and names."""

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
    """No product of the shop fits the action."""


class Floor:
    """Picks products that a day may change, and new names.

    A store keeps the name and the SKU of a deleted product, so neither is ever used again.
    """

    def __init__(self, cloud: PosCloud, rng: Random) -> None:
        self.cloud = cloud
        self.rng = rng
        every = cloud.catalogue.live()
        self._ids = [product.id for product in playable(every)]
        self._names = {name_key(product.name) for product in every}
        self.swapped: set[str] = set()
        """Products with another's former name or SKU; deleting one would block that for good."""

    def products(self) -> list[Product]:
        """Return the newest records of the products that still exist."""
        found = (self.cloud.catalogue.find(product_id) for product_id in self._ids)
        return [product for product in found if product and product.deleted_at is None]

    def some(self, count: int, fits: Callable[[Product], bool] = bool) -> list[Product]:
        """Return `count` different products that fit. Raises NothingFitsError."""
        fitting = [product for product in self.products() if fits(product)]
        if len(fitting) < count:
            raise NothingFitsError
        return self.rng.sample(fitting, count)

    def one(self, fits: Callable[[Product], bool] = bool) -> Product:
        """Return a product that fits. Raises NothingFitsError."""
        return self.some(1, fits)[0]

    def unit(self, product: Product | None = None) -> Line:
        """Return a sellable unit: a product without variants, or one of a product's variants."""
        product = product or self.one()
        if not product.variants:
            return {"product_id": product.id}
        return {"product_id": product.id, "variant_id": self.rng.choice(product.variants).id}

    def line(self) -> Line:
        """Return a line of one to three of a unit."""
        return self.unit() | {"quantity": self.rng.randint(1, 3)}

    def outlet(self) -> str:
        """Return an outlet's id, mostly that of the first, which has most of the trade."""
        outlets = [outlet.id for outlet in self.cloud.catalogue.outlets]
        return outlets[0] if self.rng.random() < 0.8 else self.rng.choice(outlets)

    def new_price(self, product: Product) -> str:
        """Return a price up to a tenth away, never the same and never below a cent."""
        factor = Decimal(self.rng.choice([90, 95, 104, 110])) / 100
        price = max(product.price * factor, Decimal("0.01")).quantize(Decimal("0.01"))
        return money_text(price if price != product.price else price + Decimal("0.05"))

    def new_name(self, product: Product) -> str:
        """Return a name that no product has or had. Raises NothingFitsError."""
        stem = product.name.strip()[:200]
        for ending in [self.rng.choice(_ENDINGS), *(f"no. {n}" for n in range(2, 1000))]:
            name = f"{stem} {ending}"
            if name_key(name) not in self._names:
                self._names.add(name_key(name))
                return name
        raise NothingFitsError
