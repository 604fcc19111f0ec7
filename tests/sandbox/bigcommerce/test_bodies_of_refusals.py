"""The bodies of refusals, where one endpoint's differ from another's (OpenAPI files)."""

from typing import Any

import pytest

from tests.sandbox.bigcommerce.conftest import Api, a_variant


def test_a_method_that_is_not_allowed_tells_so_in_detail(api: Api) -> None:
    body = api.call("DELETE", "/catalog/products/1/images").json()
    assert body.keys() == {"status", "title", "type", "detail"}


def test_too_many_variants_are_refused_in_words_of_their_own(api: Api) -> None:
    items: list[Any] = [{"id": 1}] * 51
    refused = api.put("/catalog/variants", items).json()
    assert refused == {
        "status": 413,
        "title": "The request payload is too large. The maximum items allowed in the array is 50",
        "type": "/api-docs/getting-started/api-status-codes",
        "errors": {},
    }


def test_a_product_without_images_has_no_list_of_them(api: Api) -> None:
    made = api.create()
    answer = api.get(f"/catalog/products/{made['id']}/images")
    assert (answer.status_code, answer.text) == (204, "")


def test_a_custom_field_sent_twice_is_invalid(api: Api) -> None:
    made = api.create()
    path = f"/catalog/products/{made['id']}/custom-fields"
    field = {"name": "Care", "value": "Cold"}
    assert [api.post(path, field).status_code for _ in range(2)] == [200, 422]


def test_a_category_that_holds_products_is_refused_with_a_count(api: Api) -> None:
    shelf = api.post("/catalog/trees/categories", [{"name": "Cups", "tree_id": 1}]).json()
    shelf_id = shelf["data"][0]["category_id"]
    api.create(categories=[shelf_id])
    answer = api.delete(f"/catalog/trees/categories?category_id:in={shelf_id}")
    assert answer.status_code == 422
    assert answer.json().keys() == {"errors", "meta"}
    assert answer.json()["errors"].keys() == {"status", "title", "type", "errors"}


def test_categories_that_are_no_list_are_a_bad_request(api: Api) -> None:
    answer = api.post("/catalog/trees/categories", {"name": "Cups", "tree_id": 1})
    assert answer.status_code == 400
    assert [error["status"] for error in answer.json()["errors"]] == [400]


def test_a_base_variant_has_no_sku_id(api: Api) -> None:
    api.create(sku="MUG")
    api.create(name="Shirt", variants=[a_variant("S", "S")])
    base, real = api.get("/catalog/variants").json()["data"]
    assert (base["sku_id"], real["sku_id"]) == (None, real["id"])
    items = api.get("/inventory/items").json()["data"]
    assert [item["identity"]["sku_id"] for item in items] == [None, real["id"]]


@pytest.mark.parametrize("suffix", ["tiff", "avif", "heic", "ico", "psd", "zip"])
def test_a_file_of_another_kind_is_no_image(api: Api, suffix: str) -> None:
    made = api.create()
    body = {"image_url": f"https://shop.example/mug.{suffix}"}
    assert api.post(f"/catalog/products/{made['id']}/images", body).status_code == 422


def test_the_image_of_a_variant_is_fetched_wherever_it_is_sent(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    path = f"/catalog/products/{made['id']}/variants/{made['variants'][0]['id']}"
    unreachable = {"image_url": "https://shop.example/404.jpg"}
    assert api.put(path, unreachable).status_code == 400
    assert api.put(path, {"image_url": "mug.jpg"}).status_code == 422
