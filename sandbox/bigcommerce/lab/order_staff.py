"""The staff who work on web orders: ship, cancel, refund, edit and archive; same seed, same work."""

import random
from collections.abc import Callable, Sequence
from typing import Any

from sandbox.bigcommerce.lab.shop_client import Shop

Order = dict[str, Any]


class OrderStaff:
    """Does to orders what a shop does on a day. What was ended already is left alone."""

    def __init__(self, shop: Shop, seed: int = 1) -> None:
        self._shop = shop
        self._dice = random.Random(seed)

    def work(self, order_ids: Sequence[int]) -> list[str]:
        """Do one thing to each of these orders; return what was done, in their order."""
        orders = {order["id"]: order for order in self._shop.orders()}
        return [self._one(orders[order_id]) for order_id in order_ids]

    def _one(self, order: Order) -> str:
        jobs: tuple[Callable[[Order], object], ...] = (
            self.ship_all,
            self.ship_part,
            self.cancel,
            self.refund_part,
            self.refund_amount,
            self.edit,
            self.edit_under_new_ids,
            self.archive,
        )
        job = self._dice.choice(jobs)
        if order["status_id"] in (0, 2, 4, 5, 6):
            return "left alone"
        job(order)
        return job.__name__

    def ship_all(self, order: Order) -> None:
        """Ship everything that is left."""
        self._shop.ship(order["id"])

    def ship_part(self, order: Order) -> None:
        """Ship one unit of a line."""
        line = self._dice.choice(order["lines"])
        if line["type"] == "physical" and line["shipped"] < line["quantity"]:
            self._shop.ship(order["id"], {line["id"]: 1})

    def cancel(self, order: Order) -> None:
        """Cancel the order."""
        self._shop.cancel(order["id"])

    def refund_part(self, order: Order) -> None:
        """Refund one unit, and let it return to stock or not."""
        line = self._dice.choice(order["lines"])
        if line["refunded"] < line["quantity"]:
            restock = self._dice.random() < 0.5
            self._shop.refund(order["id"], {line["id"]: 1}, restock=restock)

    def refund_amount(self, order: Order) -> None:
        """Refund a cent as goodwill."""
        self._shop.refund(order["id"], amount=0.01)

    def edit(self, order: Order) -> None:
        """Add a unit to a line."""
        line = self._dice.choice(order["lines"])
        self._shop.edit(order["id"], {line["id"]: line["quantity"] + 1})

    def edit_under_new_ids(self, order: Order) -> None:
        """Save the order as it is, which gives its lines new ids."""
        self._shop.edit(order["id"], new_ids=True)

    def archive(self, order: Order) -> None:
        """Put the order away."""
        self._shop.archive(order["id"])
