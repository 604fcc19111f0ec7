"""Batches of variants: at most 50, each once, all or none."""

from typing import Any

from tests.sandbox.bigcommerce.conftest import Api, a_variant


def test_the_same_variant_twice_in_a_batch_is_refused(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S", price=1)])
    variant = made["variants"][0]["id"]
    items = [{"id": variant, "price": price} for price in (3, 4)]
    assert api.put("/catalog/variants", items).status_code == 422


def test_a_sku_that_another_variant_gives_up_is_taken_in_a_call_of_its_own(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S"), a_variant("M", "M")])
    first, second = (
        f"/catalog/products/{made['id']}/variants/{variant['id']}" for variant in made["variants"]
    )
    assert api.put(second, {"sku": "S"}).status_code == 409
    assert api.put(first, {"sku": "FREE"}).status_code == 200
    assert api.put(second, {"sku": "S"}).status_code == 200


def test_too_many_variants_are_refused_in_words_of_their_own(api: Api) -> None:
    items: list[Any] = [{"id": 1}] * 51
    refused = api.put("/catalog/variants", items).json()
    assert refused == {
        "status": 413,
        "title": "The request payload is too large. The maximum items allowed in the array is 50",
        "type": "/api-docs/getting-started/api-status-codes",
        "errors": {},
    }


def test_a_batch_updates_and_creates_variants(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    option = made["options"][0]
    value = api.post(
        f"/catalog/products/{made['id']}/options/{option['id']}/values",
        {"label": "M", "sort_order": 1},
    ).json()["data"]
    new = {
        "product_id": made["id"],
        "sku": "M",
        "option_values": [{"id": value["id"], "option_id": option["id"]}],
    }
    answer = api.put("/catalog/variants", [{"id": made["variants"][0]["id"], "price": 5}, new])
    assert answer.status_code == 200, answer.text
    answered = [(item["sku"], item["price"]) for item in answer.json()["data"]]
    assert sorted(answered) == [("M", None), ("S", 5)]
    assert answered[0][0] == "M", "whoever trusts the order of the request takes one for the other"


def test_fifty_one_variants_are_too_many(api: Api) -> None:
    answer = api.put("/catalog/variants", [{"id": 1}] * 51)
    assert answer.status_code == 413
    assert "50" in answer.json()["title"]


def test_one_bad_variant_fails_the_batch_and_is_not_named(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S"), a_variant("M", "M")])
    first, second = (variant["id"] for variant in made["variants"])
    answer = api.put("/catalog/variants", [{"id": first, "price": 5}, {"id": second, "price": -5}])
    assert answer.status_code == 422
    refused = answer.json()["batch_errors"]
    assert [error["errors"] for error in refused] == [{"price": "price must be at least 0"}]
    prices = [variant["price"] for variant in api.product(made["id"], "variants")["variants"]]
    assert prices == [None, None]
