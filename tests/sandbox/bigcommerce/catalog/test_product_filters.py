"""Filters: what each finds, as documented, and the refusal of every other."""

import pytest

from tests.sandbox.bigcommerce.conftest import Api, a_variant


@pytest.mark.parametrize(
    "query", ["id:in=1,x", "price=cheap", "date_modified:min=never", "sort=colour", "include=all"]
)
def test_a_filter_with_a_value_that_makes_no_sense_is_refused(api: Api, query: str) -> None:
    assert api.get(f"/catalog/products?{query}").status_code == 422


def test_a_day_without_a_time_means_that_day_at_the_present_time(api: Api) -> None:
    made = api.create()
    today = made["date_created"][:10]
    assert api.get(f"/catalog/products?date_modified:min={today}T00:00:00Z").json()["data"]
    assert not api.get("/catalog/products?date_modified:min=2999-01-01").json()["data"]


def ids(api: Api, query: str) -> list[int]:
    answer = api.get(f"/catalog/products?{query}")
    assert answer.status_code == 200, answer.text
    return sorted(product["id"] for product in answer.json()["data"])


@pytest.fixture
def shelves(api: Api) -> tuple[int, int]:
    """Create two categories, and return their ids."""
    body = [{"name": name, "tree_id": 1} for name in ("Cups", "Sale")]
    made = api.post("/catalog/trees/categories", body).json()["data"]
    return made[0]["category_id"], made[1]["category_id"]


def test_categories_in_finds_products_that_are_in_all_of_them(
    api: Api, shelves: tuple[int, int]
) -> None:
    cups, sale = shelves
    api.create(name="Mug", categories=[cups])
    both = api.create(name="Cup", categories=[cups, sale])
    assert ids(api, f"categories:in={cups},{sale}") == [both["id"]]


def test_categories_does_not_find_what_is_in_another_category_too(
    api: Api, shelves: tuple[int, int]
) -> None:
    cups, sale = shelves
    one = api.create(name="Mug", categories=[cups])
    api.create(name="Cup", categories=[cups, sale])
    assert ids(api, f"categories={cups}") == [one["id"]]


def test_the_variants_filter_finds_no_base_variant_by_its_sku(api: Api) -> None:
    mug = api.create(sku="MUG")
    shirt = api.create(name="Shirt", variants=[a_variant("SHIRT-S", "S")])
    assert api.get("/catalog/variants?sku=MUG").json()["data"] == []
    assert ids(api, "sku=mug") == [mug["id"]]
    assert ids(api, "sku=shirt-s") == []
    found = api.get("/catalog/variants?sku=shirt-s").json()["data"]
    assert [variant["product_id"] for variant in found] == [shirt["id"]]


def test_a_keyword_is_looked_for_in_name_description_sku_and_brand(api: Api) -> None:
    by_name = api.create(name="Blue mug")
    by_text = api.create(name="Cup", description="<p>Nearly BLUE</p>")
    by_sku = api.create(name="Jar", sku="BLUE-1")
    by_brand = api.create(name="Pot", brand_name="Blueware")
    api.create(name="Pan %")
    assert ids(api, "keyword=blue") == [x["id"] for x in (by_name, by_text, by_sku, by_brand)]
    assert len(ids(api, "keyword=%25")) == 1


def test_products_come_in_no_order_of_ids_unless_one_asks_for_it(api: Api) -> None:
    made = [api.create(name=name)["id"] for name in ("A", "B", "C")]
    found = [product["id"] for product in api.get("/catalog/products").json()["data"]]
    assert sorted(found) == made
    assert found != made
    ordered = api.get("/catalog/products?sort=id").json()["data"]
    assert [product["id"] for product in ordered] == made


UNDOCUMENTED = [
    "/catalog/products?price:min=3",
    "/catalog/products?brand_id:greater=3",
    "/catalog/products?direction=up",
    "/catalog/products?is_visible=perhaps",
    "/catalog/products/1?colour=red",
    "/catalog/products/1/variants?sku=MUG",
    "/catalog/products/1/options?name=Size",
    "/catalog/products/1/images?sort=id",
    "/catalog/products/1/custom-fields?name=Care",
    "/catalog/products/1/modifiers?name=Care",
    "/catalog/products/channel-assignments?channel_id=1",
    "/catalog/products/category-assignments?category_id=1",
    "/catalog/variants?sku:in=MUG",
    "/catalog/brands?name:in=Acme",
    "/catalog/brands?sort=id",
    "/catalog/trees?name=Default",
    "/catalog/trees/categories?parent_id=0",
    "/catalog/trees/1/categories?depth=1",
    "/channels?name=Shop",
    "/channels?type:in=shop",
    "/inventory/items?sku=MUG",
    "/inventory/locations/1/items?location_id:in=1",
    "/inventory/locations?code=X",
]


@pytest.mark.parametrize("path", UNDOCUMENTED)
def test_a_filter_nobody_documents_is_refused(api: Api, path: str) -> None:
    api.create(sku="MUG")
    answer = api.get(path)
    assert answer.status_code == 422
    name = path.partition("?")[2].partition("=")[0]
    assert name in answer.text


@pytest.mark.parametrize(
    "query", ["id:greater=0", "sku:in=MUG", "date_modified:min=2020-01-01", "id:min=1"]
)
def test_products_are_deleted_by_the_few_filters_documented_for_it(api: Api, query: str) -> None:
    api.create(sku="MUG")
    assert api.delete(f"/catalog/products?{query}").status_code == 422
    assert len(ids(api, "sku=MUG")) == 1
