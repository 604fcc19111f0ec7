"""A store with a mug, a shirt in two sizes, and a shop that sells them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from sandbox.bigcommerce.lab.shop_client import Shop
from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import Api, a_variant


@dataclass(slots=True)
class Sold:
    """A shop, what it sells, and the API through which others see it."""

    shop: Shop
    api: Api
    mug: int
    shirt: int
    small: int

    def level(self) -> int | None:
        return self.shop.level(self.mug)

    def set_level(self, level: int) -> None:
        item = {"location_id": 1, "product_id": self.mug, "quantity": level}
        body = {"reason": "test", "items": [item]}
        assert self.api.put("/inventory/adjustments/absolute", body).status_code == 200

    def mugs(self, quantity: int) -> list[dict[str, Any]]:
        return [{"product_id": self.mug, "quantity": quantity}]

    def buy(self, quantity: int = 1, **more: Any) -> int:
        order_id = self.shop.pay(self.mugs(quantity), **more)
        assert order_id is not None
        return order_id

    def order(self, order_id: int) -> dict[str, Any]:
        answer = self.api.get(
            f"/v2/orders/{order_id}?include=consignments.line_items&consignment_structure=object"
        )
        assert answer.status_code == 200, answer.text
        order: dict[str, Any] = answer.json()
        return order

    def lines(self, order_id: int) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = self.api.get(f"/v2/orders/{order_id}/products").json()
        return lines

    def listed(self, query: str = "") -> list[int]:
        answer = self.api.get(f"/v2/orders?{query}")
        return [] if answer.status_code == 204 else [order["id"] for order in answer.json()]


def sold_by(server: StoreServer, api: Api, mugs: int = 10) -> Sold:
    mug = api.create(sku="MUG", price=10, inventory_tracking="product", inventory_level=mugs)
    shirt = api.create(
        name="Shirt", inventory_tracking="variant", variants=[a_variant("S", "S", price=3)]
    )
    small = shirt["variants"][0]["id"]
    api.put("/catalog/variants", [{"id": small, "inventory_level": 4}])
    sold = Sold(server.shop, api, mug["id"], shirt["id"], small)
    sold.set_level(mugs)
    return sold


@pytest.fixture
def sold(server: StoreServer, api: Api) -> Iterator[Sold]:
    yield (sold := sold_by(server, api))
    sold.shop.close()
