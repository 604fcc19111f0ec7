"""Images, brands, category trees and modifiers."""

from typing import Any

import pytest

from tests.sandbox.bigcommerce.conftest import Api

GOOD = "https://shop.example/cup.jpg"
CATEGORIES = "/catalog/trees/categories"


def an_image(api: Api, product_id: int, url: str) -> Any:
    return api.post(f"/catalog/products/{product_id}/images", {"image_url": url})


def test_the_first_image_is_the_thumbnail(api: Api) -> None:
    made = api.create(images=[{"image_url": GOOD}, {"image_url": GOOD + "?2"}])
    assert [image["is_thumbnail"] for image in made["images"]] == [True, False]


def test_images_sent_again_multiply(api: Api) -> None:
    made = api.create(images=[{"image_url": GOOD}])
    api.put(f"/catalog/products/{made['id']}", {"images": [{"image_url": GOOD}]})
    assert len(api.get(f"/catalog/products/{made['id']}/images").json()["data"]) == 2
    assert len(api.server.control.duplicates()) == 1


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/cup.jpg", 422),
        ("ftp://shop.example/cup.jpg", 422),
        ("https://shop.example/a cup.jpg", 422),
        ("https://shop.example/" + "x" * 240 + ".jpg", 422),
        ("https://shop.example/cup.pdf", 422),
        ("https://shop.example/too-big.jpg", 422),
        ("https://shop.invalid/cup.jpg", 400),
        ("https://shop.example/broken/cup.jpg", 400),
    ],
)
def test_an_address_that_gives_no_image_is_refused(api: Api, url: str, status: int) -> None:
    made = api.create()
    assert an_image(api, made["id"], url).status_code == status


def test_an_image_can_be_changed_and_deleted(api: Api) -> None:
    made = api.create()
    image = an_image(api, made["id"], GOOD).json()["data"]
    path = f"/catalog/products/{made['id']}/images/{image['id']}"
    assert api.put(path, {"description": "A cup"}).json()["data"]["description"] == "A cup"
    assert api.delete(path).status_code == 204
    assert api.get(path).status_code == 404


def test_a_brand_name_is_unique(api: Api) -> None:
    made = api.post("/catalog/brands", {"name": "Acme"}).json()["data"]
    assert api.post("/catalog/brands", {"name": "ACME"}).status_code == 409
    assert api.get("/catalog/brands?name:like=cm").json()["data"][0]["id"] == made["id"]
    product = api.create(brand_id=made["id"])
    assert api.delete(f"/catalog/brands/{made['id']}").status_code == 204
    assert api.product(product["id"])["brand_id"] == 0


def test_categories_are_created_in_batches_that_may_half_fail(api: Api) -> None:
    api.post(CATEGORIES, [{"name": "Shoes", "tree_id": 1}])
    answer = api.post(CATEGORIES, [{"name": "Hats", "tree_id": 1}, {"name": "SHOES", "tree_id": 1}])
    assert answer.status_code == 207
    assert [item["name"] for item in answer.json()["data"]] == ["Hats"]
    assert answer.json()["meta"] == {"total": 2, "success": 1, "failed": 1}
    assert "errors" in answer.json()


@pytest.mark.parametrize(
    "body",
    [{"name": "x" * 51, "tree_id": 1}, {"tree_id": 1}, {"name": "x"}, {"name": "x", "tree_id": 9}],
)
def test_a_category_that_makes_no_sense_is_refused(api: Api, body: dict[str, Any]) -> None:
    assert api.post(CATEGORIES, [body]).status_code == 422


def test_siblings_need_different_names_and_cousins_do_not(api: Api) -> None:
    men, women = api.post(
        CATEGORIES, [{"name": "Men", "tree_id": 1}, {"name": "Women", "tree_id": 1}]
    ).json()["data"]
    shirts = [{"name": "Shirts", "parent_id": one["category_id"]} for one in (men, women)]
    assert api.post(CATEGORIES, shirts).status_code == 201
    assert api.post(CATEGORIES, shirts[:1]).status_code == 422
    tree = api.get("/catalog/trees/1/categories").json()["data"]
    assert [[child["name"] for child in root["children"]] for root in tree] == [
        ["Shirts"],
        ["Shirts"],
    ]


def test_categories_are_eight_levels_deep_at_most(api: Api) -> None:
    parent = api.post(CATEGORIES, [{"name": "1", "tree_id": 1}]).json()["data"][0]["category_id"]
    for depth in range(2, 10):
        answer = api.post(CATEGORIES, [{"name": str(depth), "parent_id": parent}])
        assert answer.status_code == (201 if depth <= 8 else 422)
        if depth <= 8:
            parent = answer.json()["data"][0]["category_id"]


def test_a_category_can_be_renamed_and_only_an_empty_one_deleted(api: Api) -> None:
    made = api.post(CATEGORIES, [{"name": "Shoes", "tree_id": 1}]).json()["data"][0]
    answer = api.put(CATEGORIES, [{"category_id": made["category_id"], "name": "Boots"}])
    assert (answer.status_code, answer.json().keys()) == (200, {"meta"})
    assert api.get(f"{CATEGORIES}?name=boots").json()["meta"]["pagination"]["total"] == 1
    product = api.create(categories=[made["category_id"]])
    delete = f"{CATEGORIES}?category_id:in={made['category_id']}"
    assert api.delete(delete).status_code == 422
    api.put(f"/catalog/products/{product['id']}", {"categories": []})
    assert api.delete(delete).status_code == 202
    assert api.delete(CATEGORIES).status_code == 400


def test_categories_on_a_product_are_replaced_and_assignments_add(api: Api) -> None:
    one, two = (
        item["category_id"]
        for item in api.post(
            CATEGORIES, [{"name": "One", "tree_id": 1}, {"name": "Two", "tree_id": 1}]
        ).json()["data"]
    )
    made = api.create(categories=[one])
    pair = [{"product_id": made["id"], "category_id": two}]
    assert api.put("/catalog/products/category-assignments", pair).status_code == 204
    assert api.product(made["id"])["categories"] == [one, two]
    api.put(f"/catalog/products/{made['id']}", {"categories": [two]})
    assert api.product(made["id"])["categories"] == [two]
    assert api.get(f"/catalog/products?categories:in={one}").json()["data"] == []


def test_the_storefront_is_channel_1_with_tree_1(api: Api) -> None:
    assert [c["type"] for c in api.get("/channels?type:in=storefront").json()["data"]] == [
        "storefront"
    ]
    tree = api.get("/catalog/trees?channel_id:in=1").json()["data"]
    assert [(item["id"], item["channels"]) for item in tree] == [(1, [1])]


def test_a_modifier_is_a_sub_resource_with_a_unique_name(api: Api) -> None:
    made = api.create()
    path = f"/catalog/products/{made['id']}/modifiers"
    body = {"type": "text", "required": False, "display_name": "Engraving"}
    assert api.post(path, body).status_code == 200
    assert api.post(path, body).status_code == 409
    assert api.product(made["id"], "modifiers")["modifiers"][0]["display_name"] == "Engraving"
