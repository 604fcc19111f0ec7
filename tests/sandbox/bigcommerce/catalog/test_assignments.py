"""Which products are on which channels and in which categories."""

from tests.sandbox.bigcommerce.conftest import Api

CATEGORIES = "/catalog/trees/categories"


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


def test_assignments_are_removed_by_filter_only(api: Api) -> None:
    category = api.post("/catalog/trees/categories", [{"name": "A", "tree_id": 1}])
    category_id = category.json()["data"][0]["category_id"]
    made = api.create(categories=[category_id])
    api.put("/catalog/products/channel-assignments", [{"product_id": made["id"], "channel_id": 1}])
    for kind in ("channel", "category"):
        path = f"/catalog/products/{kind}-assignments"
        assert api.delete(path).status_code == 422
        assert api.delete(f"{path}?product_id:in={made['id']}").status_code == 204
        assert api.get(path).json()["data"] == []
    assert api.product(made["id"])["categories"] == []


def test_a_product_is_in_1000_categories_at_most(api: Api) -> None:
    made = api.create()
    names = [f"Shelf {number}" for number in range(1_001)]
    shelves: list[int] = []
    for start in range(0, len(names), 50):
        body = [{"name": name, "tree_id": 1} for name in names[start : start + 50]]
        answer = api.post("/catalog/trees/categories", body).json()
        shelves += [shelf["category_id"] for shelf in answer["data"]]
    path = "/catalog/products/category-assignments"
    pairs = [{"product_id": made["id"], "category_id": shelf} for shelf in shelves]
    assert api.put(path, pairs[:1_000]).status_code == 204
    assert api.put(path, pairs[1_000:]).status_code == 422
    assert len(api.product(made["id"])["categories"]) == 1_000


def test_a_new_product_is_on_no_channel_until_it_is_assigned(api: Api) -> None:
    made = api.create()
    assert api.get("/catalog/products?channel_id:in=1").json()["data"] == []
    pair = [{"product_id": made["id"], "channel_id": 1}]
    assert api.put("/catalog/products/channel-assignments", pair).status_code == 204
    assert api.put("/catalog/products/channel-assignments", pair).status_code == 204
    assert api.get("/catalog/products/channel-assignments").json()["data"] == pair
    assert len(api.get("/catalog/products?channel_id:in=1").json()["data"]) == 1


def test_assigning_a_product_that_is_not_there_is_refused(api: Api) -> None:
    pair = [{"product_id": 9, "channel_id": 1}]
    assert api.put("/catalog/products/channel-assignments", pair).status_code == 422
