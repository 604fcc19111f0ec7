"""Batches of products: ten at most, all or none, and no word about which one was wrong."""

from typing import Any

import pytest

from tests.sandbox.bigcommerce.conftest import Api


def made_ids(api: Api, count: int) -> list[int]:
    return [api.create(name=f"P{number}", sku=f"P{number}")["id"] for number in range(count)]


def test_ten_products_are_updated_in_one_call(api: Api) -> None:
    ids = made_ids(api, 10)
    answer = api.put("/catalog/products", [{"id": one, "price": one} for one in ids])
    assert answer.status_code == 200
    assert [item["price"] for item in answer.json()["data"]] == ids


def test_eleven_products_are_too_many(api: Api) -> None:
    answer = api.put("/catalog/products", [{"id": 1}] * 11)
    assert answer.status_code == 413
    assert answer.json()["title"].endswith("The maximum items allowed in the array is 10.")


def test_one_bad_item_fails_the_whole_batch_and_is_not_named(api: Api) -> None:
    ids = made_ids(api, 3)
    changes: list[dict[str, Any]] = [{"id": one, "price": 99} for one in ids]
    changes[1] |= {"sku": "p2"}
    answer = api.put("/catalog/products", changes)
    assert (answer.status_code, answer.json()["title"]) == (409, "The product sku is a duplicate")
    assert str(ids[1]) not in answer.text
    assert {item["price"] for item in api.get("/catalog/products").json()["data"]} == {12.5}


def test_a_missing_product_fails_the_batch_without_being_named(api: Api) -> None:
    ids = made_ids(api, 1)
    answer = api.put("/catalog/products", [{"id": ids[0], "price": 99}, {"id": 4711, "price": 99}])
    assert answer.status_code == 404
    assert "4711" not in answer.text
    assert api.product(ids[0])["price"] == 12.5


def test_an_item_without_an_id_is_refused_as_a_create_would_be(api: Api) -> None:
    answer = api.put("/catalog/products", [{"price": 1}])
    assert (answer.status_code, answer.json()["title"]) == (422, "Missing Required Fields")


def test_two_products_cannot_swap_names_in_one_batch(api: Api) -> None:
    one, two = made_ids(api, 2)
    answer = api.put("/catalog/products", [{"id": one, "name": "P1"}, {"id": two, "name": "P0"}])
    assert answer.status_code == 409


@pytest.mark.parametrize("field", ["name", "sku"])
def test_what_an_earlier_item_gives_up_is_not_free_in_the_same_batch(api: Api, field: str) -> None:
    one, two = made_ids(api, 2)
    for_one, for_two = {"id": one, field: "Free"}, {"id": two, field: "P0"}
    assert api.put("/catalog/products", [for_one, for_two]).status_code == 409
    assert api.put("/catalog/products", [for_one]).status_code == 200
    assert api.put("/catalog/products", [for_two]).status_code == 200


def test_the_same_product_twice_in_a_batch_is_refused(api: Api) -> None:
    made = api.create()
    items = [{"id": made["id"], "price": price} for price in (1, 2)]
    assert api.put("/catalog/products", items).status_code == 422
    assert api.product(made["id"])["price"] == 12.5
