"""Stock is asynchronous, takes the right id only, and is dropped in silence where it does not
fit."""

import time
from typing import Any

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import Api, a_variant

ABSOLUTE = "/inventory/adjustments/absolute"


def at_one(quantity: int, **identity: Any) -> dict[str, Any]:
    return {"items": [{"location_id": 1, "quantity": quantity, **identity}]}


def level(api: Api, product_id: int) -> int:
    found: int = api.product(product_id)["inventory_level"]
    return found


def test_a_level_set_by_product_id_shows_on_the_product(api: Api) -> None:
    made = api.create(inventory_tracking="product")
    answer = api.put(ABSOLUTE, at_one(7, product_id=made["id"]))
    assert answer.status_code == 200
    assert answer.json().keys() == {"transaction_id"}
    assert level(api, made["id"]) == 7


def test_levels_of_variants_add_up_on_their_product(api: Api) -> None:
    made = api.create(
        inventory_tracking="variant", variants=[a_variant("S", "S"), a_variant("M", "M")]
    )
    first, second = made["variants"]
    api.put(ABSOLUTE, at_one(7, variant_id=first["id"]))
    api.put(ABSOLUTE, at_one(5, sku="m"))
    assert level(api, made["id"]) == 12
    items = api.get(f"/inventory/items?product_id:in={made['id']}").json()["data"]
    levels = {
        item["identity"]["variant_id"]: item["locations"][0]["total_inventory_onhand"]
        for item in items
    }
    assert levels == {first["id"]: 7, second["id"]: 5}


def test_a_level_shows_only_after_the_delay() -> None:
    with StoreServer(quota="none", stock_delay_ms=300) as slow:
        api = Api(slow)
        made = api.create(inventory_tracking="product")
        api.put(ABSOLUTE, at_one(7, product_id=made["id"]))
        assert level(api, made["id"]) == 0
        assert slow.control.counts()["stock_pending"] == 1
        time.sleep(0.35)  # longer than the delay
        assert level(api, made["id"]) == 7
        api.session.close()


@pytest.mark.parametrize(
    ("tracking", "identity", "other"),
    [("product", "variant_id", "product"), ("variant", "product_id", "variant")],
)
def test_the_wrong_identity_is_refused_in_words_that_name_the_right_one(
    api: Api, tracking: str, identity: str, other: str
) -> None:
    made = api.create(inventory_tracking=tracking, variants=[a_variant("S", "S")])
    item_id = made["variants"][0]["id"] if identity == "variant_id" else made["id"]
    answer = api.put(ABSOLUTE, at_one(7, **{identity: item_id}))
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    words = (
        f"[Item with {identity} {item_id} is tracked by {other}, please update stock by {other} id]"
    )
    assert answer.json()["title"] == words


def test_untracked_stock_is_accepted_and_ignored(api: Api) -> None:
    made = api.create()
    assert api.put(ABSOLUTE, at_one(7, product_id=made["id"])).status_code == 200
    assert level(api, made["id"]) == 0


def test_a_level_over_the_limit_is_dropped_with_status_200(api: Api) -> None:
    made = api.create(inventory_tracking="product")
    api.put(ABSOLUTE, at_one(7, product_id=made["id"]))
    answer = api.put(ABSOLUTE, at_one(2_147_483_648, product_id=made["id"]))
    assert answer.status_code == 200
    assert level(api, made["id"]) == 7


def test_the_catalogue_clamps_a_level_over_the_limit(api: Api) -> None:
    made = api.create(inventory_tracking="product", inventory_level=3_000_000_000)
    assert level(api, made["id"]) == 2_147_483_647


@pytest.mark.parametrize("quantity", [-1, 1.5, "3", None, True])
def test_a_level_that_is_no_count_is_refused(api: Api, quantity: Any) -> None:
    made = api.create(inventory_tracking="product")
    assert api.put(ABSOLUTE, at_one(quantity, product_id=made["id"])).status_code == 422


def test_one_bad_item_refuses_all_items(api: Api) -> None:
    made = api.create(inventory_tracking="product")
    items = at_one(7, product_id=made["id"])["items"] + at_one(7, product_id=4711)["items"]
    assert api.put(ABSOLUTE, {"items": items}).status_code == 422
    assert level(api, made["id"]) == 0


def test_2001_items_are_too_many(api: Api) -> None:
    items = at_one(1, product_id=1)["items"] * 2001
    assert api.put(ABSOLUTE, {"items": items}).status_code == 413


def test_an_item_needs_one_identity_and_a_known_location(api: Api) -> None:
    made = api.create(inventory_tracking="product")
    assert api.put(ABSOLUTE, at_one(1)).status_code == 422
    both = at_one(1, product_id=made["id"], sku="MUG")
    assert api.put(ABSOLUTE, both).status_code == 422
    elsewhere = {"items": [{"location_id": 9, "product_id": made["id"], "quantity": 1}]}
    assert api.put(ABSOLUTE, elsewhere).status_code == 422


RELATIVE = "/inventory/adjustments/relative"


def test_a_relative_change_needs_an_absolute_level_first(api: Api) -> None:
    made = api.create(inventory_tracking="product")
    answer = api.post(RELATIVE, at_one(2, product_id=made["id"]))
    assert answer.status_code == 422
    assert "requires absolute adjustment before relative" in answer.json()["title"]
    api.put(ABSOLUTE, at_one(5, product_id=made["id"]))
    level(api, made["id"])
    assert api.post(RELATIVE, at_one(-2, product_id=made["id"])).status_code == 200
    assert level(api, made["id"]) == 3


def test_a_level_sent_with_a_change_of_tracking_stays_0(api: Api) -> None:
    made = api.create()
    path = f"/catalog/products/{made['id']}"
    api.put(path, {"inventory_tracking": "product", "inventory_level": 5})
    assert level(api, made["id"]) == 0
    api.put(path, {"inventory_level": 5})
    assert level(api, made["id"]) == 5


def test_a_level_on_a_product_tracked_by_variant_has_no_effect(api: Api) -> None:
    made = api.create(inventory_tracking="variant", variants=[a_variant("S", "S")])
    api.put(f"/catalog/products/{made['id']}", {"inventory_level": 5})
    assert level(api, made["id"]) == 0
