"""Stock that is accepted and never arrives, and items that are refused for the id they name."""

from typing import Any

import pytest

from tests.sandbox.bigcommerce.conftest import Api, a_variant

ABSOLUTE = "/inventory/adjustments/absolute"
MOST = 2_147_483_647


def level(api: Api, product_id: int) -> int:
    found: int = api.product(product_id)["inventory_level"]
    return found


def put(api: Api, *items: dict[str, Any]) -> int:
    body = {"items": [{"location_id": 1, **item} for item in items]}
    return api.put(ABSOLUTE, body).status_code


def test_one_level_over_the_limit_and_nothing_of_the_call_is_saved(api: Api) -> None:
    mug = api.create(name="Mug", inventory_tracking="product")
    cup = api.create(name="Cup", inventory_tracking="product")
    items = [
        {"product_id": mug["id"], "quantity": 7},
        {"product_id": cup["id"], "quantity": MOST + 1},
    ]
    assert put(api, *items) == 200
    assert (level(api, mug["id"]), level(api, cup["id"])) == (0, 0)


def test_the_levels_of_a_family_may_not_add_up_to_more_than_one_may_have(api: Api) -> None:
    made = api.create(
        inventory_tracking="variant", variants=[a_variant("S", "S"), a_variant("M", "M")]
    )
    first, second = (variant["id"] for variant in made["variants"])
    assert put(api, {"variant_id": first, "quantity": MOST}) == 200
    assert put(api, {"variant_id": second, "quantity": 1}) == 200
    assert level(api, made["id"]) == MOST
    path = f"/catalog/products/{made['id']}/variants/{second}"
    api.put(path, {"inventory_level": 1})
    assert api.get(path).json()["data"]["inventory_level"] == 0


def test_the_catalogue_clamps_the_first_variant_and_does_not_save_the_next(api: Api) -> None:
    made = api.create(
        inventory_tracking="variant", variants=[a_variant("S", "S"), a_variant("M", "M")]
    )
    path = f"/catalog/products/{made['id']}/variants"
    for variant in made["variants"]:
        api.put(f"{path}/{variant['id']}", {"inventory_level": MOST + 5})
    levels = [variant["inventory_level"] for variant in api.get(path).json()["data"]]
    assert levels == [MOST, 0]


def test_a_family_tracked_as_a_product_takes_no_stock(api: Api) -> None:
    made = api.create(inventory_tracking="product", variants=[a_variant("S", "S")])
    assert put(api, {"product_id": made["id"], "quantity": 7}) == 200
    assert level(api, made["id"]) == 0


def test_no_sku_is_no_identity(api: Api) -> None:
    made = api.create(inventory_tracking="product")
    assert put(api, {"sku": "", "quantity": 7}) == 422
    assert level(api, made["id"]) == 0


@pytest.mark.parametrize("again", ["product_id", "sku"])
def test_the_same_item_twice_in_a_call_is_refused(api: Api, again: str) -> None:
    made = api.create(sku="MUG", inventory_tracking="product")
    other = {"product_id": made["id"], "sku": "MUG"}[again]
    items = [{"product_id": made["id"], "quantity": 7}, {again: other, "quantity": 8}]
    assert put(api, *items) == 422
    assert level(api, made["id"]) == 0
