"""Writes without an answer that are carried out later, also after newer ones: every kind of
write."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import Api, a_product, a_variant


@dataclass(frozen=True)
class Shop:
    """A store that has one product with one size, one simple product and one category."""

    api: Api
    jumper: dict[str, Any]
    mug: dict[str, Any]
    category: int

    def seen(self) -> Any:
        """Return everything a write of these tests may change."""
        snapshot = self.api.server.control.snapshot()
        assigned = self.api.get("/catalog/products/category-assignments").json()["data"]
        return {**snapshot, "assigned": assigned}


@pytest.fixture
def shop(api: Api) -> Shop:
    """Return the store."""
    jumper = api.create(name="Jumper", variants=[a_variant("S", "S")])
    mug = api.create(name="Mug", inventory_tracking="product")
    made = api.post("/catalog/trees/categories", [{"name": "Wool", "tree_id": 1}])
    assert made.status_code < 300, made.text
    image = api.post(
        f"/catalog/products/{mug['id']}/images", {"image_url": "https://a.example/1.jpg"}
    )
    mug["image"] = image.json()["data"]["id"]
    return Shop(api, jumper, mug, made.json()["data"][0]["category_id"])


def _stock(shop: Shop) -> requests.Response:
    item = {"location_id": 1, "product_id": shop.mug["id"], "quantity": 7}
    return shop.api.put("/inventory/adjustments/absolute", {"items": [item]})


def _assign(shop: Shop) -> requests.Response:
    pair = {"product_id": shop.mug["id"], "category_id": shop.category}
    return shop.api.put("/catalog/products/category-assignments", [pair])


WRITES: dict[str, Callable[[Shop], requests.Response]] = {
    "PUT products": lambda s: s.api.put("/catalog/products", [{"id": s.mug["id"], "price": 2}]),
    "PUT product": lambda s: s.api.put(f"/catalog/products/{s.mug['id']}", {"price": 2}),
    "PUT variants": lambda s: s.api.put(
        "/catalog/variants", [{"id": s.jumper["variants"][0]["id"], "price": 2}]
    ),
    "PUT variant": lambda s: s.api.put(
        f"/catalog/products/{s.jumper['id']}/variants/{s.jumper['variants'][0]['id']}",
        {"price": 2},
    ),
    "POST product": lambda s: s.api.post("/catalog/products", a_product(name="Late")),
    "stock levels": _stock,
    "POST image": lambda s: s.api.post(
        f"/catalog/products/{s.mug['id']}/images", {"image_url": "https://a.example/2.jpg"}
    ),
    "DELETE image": lambda s: s.api.delete(
        f"/catalog/products/{s.mug['id']}/images/{s.mug['image']}"
    ),
    "POST option": lambda s: s.api.post(
        f"/catalog/products/{s.mug['id']}/options",
        {
            "display_name": "Size",
            "type": "dropdown",
            "option_values": [{"label": "S", "sort_order": 0}],
        },
    ),
    "category assignment": _assign,
    "DELETE variant": lambda s: s.api.delete(
        f"/catalog/products/{s.jumper['id']}/variants/{s.jumper['variants'][0]['id']}"
    ),
    "DELETE product": lambda s: s.api.delete(f"/catalog/products?id:in={s.mug['id']}"),
}


@pytest.mark.parametrize("write", WRITES)
def test_a_late_write_gets_no_answer_and_is_carried_out_at_its_time(shop: Shop, write: str) -> None:
    control = shop.api.server.control
    before = shop.seen()
    control.set_hazard("applied-late", remaining=1, seconds=300)
    with pytest.raises(requests.ConnectionError):
        WRITES[write](shop)
    assert shop.seen() == before
    assert control.wait(299) == 1
    assert shop.seen() == before
    assert control.wait(2) == 0
    control.settle()
    assert shop.seen() != before


def test_a_gateway_can_answer_504_to_a_write_that_comes_late(shop: Shop) -> None:
    shop.api.server.control.set_hazard("applied-late", remaining=1, seconds=30, how="504")
    answer = shop.api.put(f"/catalog/products/{shop.mug['id']}", {"price": 2})
    assert (answer.status_code, answer.headers["content-type"][:9]) == (504, "text/html")
    assert shop.api.product(shop.mug["id"])["price"] == shop.mug["price"]
    shop.api.server.control.wait(30)
    assert shop.api.product(shop.mug["id"])["price"] == 2


def test_an_older_write_that_comes_late_replaces_a_newer_one(shop: Shop) -> None:
    shop.api.server.control.set_hazard("applied-late", remaining=1, seconds=30)
    path = f"/catalog/products/{shop.mug['id']}"
    with pytest.raises(requests.ConnectionError):
        shop.api.put(path, {"price": 2})
    assert shop.api.put(path, {"price": 3}).status_code == 200
    shop.api.server.control.wait(30)
    assert shop.api.product(shop.mug["id"])["price"] == 2


def test_a_late_create_of_a_name_that_is_taken_by_then_makes_nothing(shop: Shop) -> None:
    shop.api.server.control.set_hazard("applied-late", remaining=1, seconds=30)
    with pytest.raises(requests.ConnectionError):
        shop.api.post("/catalog/products", a_product(name="Late"))
    made = shop.api.create(name="Late")
    shop.api.server.control.wait(30)
    found = shop.api.get("/catalog/products?name=Late").json()["data"]
    assert [product["id"] for product in found] == [made["id"]]


def test_no_write_comes_later_than_fourteen_minutes(shop: Shop) -> None:
    shop.api.server.control.set_hazard("applied-late", remaining=1, seconds=9_999)
    with pytest.raises(requests.ConnectionError):
        shop.api.put(f"/catalog/products/{shop.mug['id']}", {"price": 2})
    assert shop.api.server.control.wait(840) == 0


def test_a_read_is_never_late(server: StoreServer, api: Api) -> None:
    server.control.set_hazard("applied-late")
    assert api.get("/catalog/products").status_code == 200
