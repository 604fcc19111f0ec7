"""Products: what a create needs, what an update changes, and what is refused in which words."""

from typing import Any

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import Api, a_product, a_variant


def test_a_price_is_hidden_only_on_a_product_that_cannot_be_bought(api: Api) -> None:
    made = api.create()
    path = f"/catalog/products/{made['id']}"
    assert "is_price_hidden" in api.put(path, {"is_price_hidden": True}).json()["errors"]
    hidden = {"is_price_hidden": True, "price_hidden_label": "Ask", "availability": "disabled"}
    assert api.put(path, hidden).status_code == 200
    assert api.put(path, {"availability": "available"}).status_code == 422


def test_an_unknown_tax_class_is_a_conflict(api: Api) -> None:
    answer = api.post("/catalog/products", a_product(tax_class_id=200))
    assert (answer.status_code, list(answer.json()["errors"])) == (409, ["tax_class_id"])
    assert api.post("/catalog/products", a_product(tax_class_id=2)).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"open_graph_type": "mug"},
        {"related_products": list(range(1, 52))},
        {"price": 10_000_000_000},
        {"brand_name": "x" * 256},
    ],
)
def test_a_value_beyond_its_limit_is_refused_and_named(api: Api, changes: dict[str, Any]) -> None:
    answer = api.post("/catalog/products", a_product(**changes))
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == list(changes)


def test_a_store_with_the_v2_experience_wants_the_category_of_a_new_product(
    server: StoreServer, api: Api
) -> None:
    server.control.set_hazard("v2-experience")
    nowhere: list[dict[str, Any]] = [{}, {"categories": []}]
    for missing in nowhere:
        answer = api.post("/catalog/products", a_product(**missing))
        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["categories"])
    shelf = api.post("/catalog/trees/categories", [{"name": "Cups", "tree_id": 1}]).json()
    api.create(categories=[shelf["data"][0]["category_id"]])


def test_a_created_product_can_be_read_back(api: Api) -> None:
    made = api.create(sku="MUG-1", description="<p>Blue</p>", price=12.5)
    read = api.product(made["id"])
    assert (read["name"], read["sku"], read["price"], read["description"]) == (
        "Mug",
        "MUG-1",
        12.5,
        "<p>Blue</p>",
    )


@pytest.mark.parametrize("absent", ["name", "type", "weight", "price"])
def test_a_create_without_a_required_field_is_refused_and_names_it(api: Api, absent: str) -> None:
    body = a_product()
    del body[absent]
    answer = api.post("/catalog/products", body)
    assert answer.status_code == 422
    assert answer.json()["title"] == "Missing Required Fields"
    assert list(answer.json()["errors"]) == [absent]


def test_a_name_is_unique_whatever_its_case_and_outer_blanks(api: Api) -> None:
    api.create(name="Blue Mug")
    answer = api.post("/catalog/products", a_product(name="  blue MUG "))
    assert answer.status_code == 409
    assert answer.json()["title"] == "The product name is a duplicate"


def test_a_sku_is_unique_across_products_and_variants_whatever_its_case(api: Api) -> None:
    api.create(name="Shirt", variants=[a_variant("SHIRT-S", "S")])
    api.create(name="Cup", sku="CUP")
    of_variant = api.post("/catalog/products", a_product(sku="shirt-s"))
    of_product = api.post("/catalog/products", a_product(sku="cup"))
    assert (of_variant.status_code, of_product.status_code) == (409, 409)
    assert of_product.json()["title"] == "The product sku is a duplicate"
    by_variant = api.post(
        "/catalog/products", a_product(name="Hat", variants=[a_variant("cuP", "S")])
    )
    assert by_variant.status_code == 409
    assert (by_variant.json()["code"], by_variant.json()["title"]) == (
        22003,
        "Sku cuP is not unique",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 251),
        ("name", "   "),
        ("sku", "A/B"),
        ("sku", "Ä1"),
        ("price", -1),
        ("price", "12.50"),
        ("price", None),
        ("price", True),
        ("upc", "123456789012345"),
        ("upc", None),
        ("weight", 10_000_000_000),
        ("inventory_level", -1),
        ("inventory_level", 1.5),
        ("inventory_tracking", "sku"),
        ("is_visible", "yes"),
        ("categories", ["1"]),
        ("description", None),
        ("page_title", "x" * 256),
        ("mpn", None),
        ("condition", "used"),
        ("condition", "Broken"),
        ("condition", ""),
        ("condition", None),
    ],
)
def test_a_value_beyond_the_documented_limits_is_refused_and_named(
    api: Api, field: str, value: Any
) -> None:
    made = api.create()
    answer = api.put(f"/catalog/products/{made['id']}", {field: value})
    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert api.product(made["id"])[field] == made[field]


def test_a_product_is_new_unless_told_otherwise_and_a_variant_has_no_condition(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S", condition="Used")])
    assert made["condition"] == "New"
    assert "condition" not in made["variants"][0]
    (variant,) = made["variants"]
    path = f"/catalog/products/{made['id']}/variants/{variant['id']}"
    assert "condition" not in api.put(path, {"condition": "Used"}).json()["data"]
    api.put(f"/catalog/products/{made['id']}", {"condition": "Refurbished"})
    assert api.product(made["id"])["condition"] == "Refurbished"


def test_an_unknown_category_or_brand_is_a_conflict(api: Api) -> None:
    for field in ({"categories": [77]}, {"brand_id": 77}):
        assert api.post("/catalog/products", a_product(**field)).status_code == 409


def test_a_refused_create_leaves_nothing_behind(api: Api) -> None:
    answer = api.post(
        "/catalog/products", a_product(sku="M", brand_name="New brand", categories=[99])
    )
    assert answer.status_code == 409
    assert api.get("/catalog/products").json()["data"] == []
    assert api.get("/catalog/brands").json()["data"] == []
    assert api.create(sku="M")["sku"] == "M"


def test_an_update_changes_what_is_sent_and_nothing_else(api: Api) -> None:
    made = api.create(sku="MUG-1", description="<p>Blue</p>", retail_price=20, page_title="Buy")
    api.put(f"/catalog/products/{made['id']}", {"price": 9.99999, "description": ""})
    read = api.product(made["id"])
    assert (read["price"], read["description"]) == (10, "")
    same = {key for key in made if key in read and made[key] == read[key]}
    assert {"sku", "retail_price", "page_title", "name", "weight", "custom_url"} <= same


def test_variants_in_a_product_update_are_ignored(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    answer = api.put(f"/catalog/products/{made['id']}", {"variants": [a_variant("L", "L")]})
    assert answer.status_code == 200
    assert [v["sku"] for v in api.product(made["id"], "variants")["variants"]] == ["S"]


def test_a_brand_name_is_found_or_created_whatever_its_case_and_not_echoed(api: Api) -> None:
    one = api.create(name="One", brand_name="Acme")
    two = api.create(name="Two", brand_name="ACME")
    assert one["brand_id"] == two["brand_id"] != 0
    assert "brand_name" not in one
    assert [b["name"] for b in api.get("/catalog/brands").json()["data"]] == ["Acme"]


def test_a_product_keeps_its_address_when_it_is_renamed(api: Api) -> None:
    made = api.create()
    api.put(f"/catalog/products/{made['id']}", {"name": "Other"})
    assert api.product(made["id"])["custom_url"] == made["custom_url"]


def test_an_address_that_is_taken_is_a_conflict(api: Api) -> None:
    made = api.create()
    answer = api.post("/catalog/products", a_product(name="B", custom_url=made["custom_url"]))
    assert answer.status_code == 409


def test_a_deleted_product_is_gone_and_its_name_and_sku_are_free(api: Api) -> None:
    made = api.create(sku="M")
    assert api.delete(f"/catalog/products/{made['id']}").status_code == 204
    answer = api.put(f"/catalog/products/{made['id']}", {"price": 1})
    assert answer.status_code == 404
    assert {"status", "title", "type", "instance"} <= answer.json().keys()
    assert api.create(sku="M")["id"] > made["id"]


def test_products_are_deleted_by_filter_and_never_without_one(api: Api) -> None:
    ids = [api.create(name=f"N{number}")["id"] for number in range(3)]
    assert api.delete("/catalog/products").status_code == 422
    assert api.delete(f"/catalog/products?id:in={ids[0]},{ids[1]}").status_code == 204
    assert [p["id"] for p in api.get("/catalog/products").json()["data"]] == [ids[2]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Caf\u00e9 mug", "CAFE\u0301 MUG"),
        ("Stra\u00dfe sign", "Strasse sign"),
        ("Harbour\u200b mug", "Harbour mug"),
        ("Harbour\u00a0mug", "Harbour mug"),
    ],
)
def test_names_that_look_the_same_are_one_name(api: Api, first: str, second: str) -> None:
    assert api.create(name=first)["name"] == first
    assert api.post("/catalog/products", a_product(name=second)).status_code == 409


def test_an_entity_in_a_name_is_characters_like_others(api: Api) -> None:
    api.create(name="Salt &amp; Pepper")
    assert api.create(name="Salt & Pepper")["name"] == "Salt & Pepper"
