"""Shoppers who come at random times, look, fill a cart and pay, or do not."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sandbox.bigcommerce.lab.shop_client import Shop

Product = tuple[int, int | None]
"""A product, and the variant of it that a shopper wants."""


@dataclass(slots=True)
class Purchases:
    """What shoppers did: paid and failed orders by id, and visits that ended before the payment."""

    paid: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    sold_out: int = 0
    lost_at_payment: int = 0


def arrivals(dice: random.Random, each_minute: float, seconds: float) -> Iterator[float]:
    """Yield the seconds at which shoppers come, as a Poisson process."""
    at = dice.expovariate(each_minute / 60)
    while at < seconds:
        yield at
        at += dice.expovariate(each_minute / 60)


class Shoppers:
    """Shoppers of one store; the same seed gives the same visits at the same times."""

    def __init__(self, shop: Shop, seed: int = 1, fails: float = 0.05) -> None:
        """Take the share of shoppers whose payment fails."""
        self._shop = shop
        self._dice = random.Random(seed)
        self._fails = fails
        self.purchases = Purchases()

    def visit(self, products: Sequence[Product]) -> None:
        """Let one shopper look at a product, put what is there into a cart, and pay or fail."""
        product_id, variant_id = self._dice.choice(products)
        wanted = self._dice.choice((1, 1, 1, 2))
        gives_up = self._dice.random() < self._fails
        level = self._shop.level(product_id, variant_id)
        if level is not None and level < wanted:
            self.purchases.sold_out += 1
            return
        line = {"product_id": product_id, "variant_id": variant_id, "quantity": wanted}
        if gives_up:
            self.purchases.failed.append(self._shop.fail_to_pay([line]))
            return
        order_id = self._shop.pay([line])
        if order_id is None:
            self.purchases.lost_at_payment += 1
        else:
            self.purchases.paid.append(order_id)

    def shop(
        self,
        products: Sequence[Product],
        each_minute: float,
        seconds: float,
        wait: Callable[[float], None] = time.sleep,
    ) -> Purchases:
        """Let shoppers come for some seconds; return what all of them did so far."""
        gone = 0.0
        for at in list(arrivals(self._dice, each_minute, seconds)):
            wait(at - gone)
            gone = at
            self.visit(products)
        return self.purchases
