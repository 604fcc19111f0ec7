"""Limits and rules that hang on more than one field, or on what the store holds already."""

from concurrent.futures import ThreadPoolExecutor
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


@pytest.mark.parametrize("name", ["upc", "mpn", "gtin"])
def test_a_variant_inside_a_new_product_may_not_have_null_for_a_code(api: Api, name: str) -> None:
    inline = a_variant("S", "S") | {name: None}
    assert api.post("/catalog/products", a_product(variants=[inline])).status_code == 422


def test_a_negative_level_of_a_variant_is_left_out_and_told_with_207(api: Api) -> None:
    made = api.create(inventory_tracking="variant", variants=[a_variant("S", "S")])
    variant = made["variants"][0]["id"]
    path = f"/catalog/products/{made['id']}/variants/{variant}"
    api.put(path, {"inventory_level": 4})
    answer = api.put(path, {"price": 3, "inventory_level": -1})
    assert answer.status_code == 207
    assert "inventory_level" in answer.json()["errors"]["errors"]
    assert (answer.json()["data"]["price"], answer.json()["data"]["inventory_level"]) == (3, 4)


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


def test_the_same_product_twice_in_a_batch_is_refused(api: Api) -> None:
    made = api.create()
    items = [{"id": made["id"], "price": price} for price in (1, 2)]
    assert api.put("/catalog/products", items).status_code == 422
    assert api.product(made["id"])["price"] == 12.5


def test_the_same_variant_twice_in_a_batch_is_refused(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S", price=1)])
    variant = made["variants"][0]["id"]
    items = [{"id": variant, "price": price} for price in (3, 4)]
    assert api.put("/catalog/variants", items).status_code == 422


def test_a_sku_that_another_variant_gives_up_is_not_free_in_the_same_batch(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S"), a_variant("M", "M")])
    first, second = (variant["id"] for variant in made["variants"])
    give, take = {"id": first, "sku": "FREE"}, {"id": second, "sku": "S"}
    refused = api.put("/catalog/variants", [give, take])
    assert refused.json()["batch_errors"][0]["code"] == 22003
    assert api.put("/catalog/variants", [give]).status_code == 200
    assert api.put("/catalog/variants", [take]).status_code == 200


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


def test_a_store_has_30_000_brands_at_most(server: StoreServer, api: Api) -> None:
    db = server.store.db
    db.connection.executemany(
        "INSERT INTO brands(name_key, name, body) VALUES (?, '', '{}')",
        [(str(number),) for number in range(30_000)],
    )
    assert api.post("/catalog/brands", {"name": "Acme"}).status_code == 422
    assert api.post("/catalog/products", a_product(brand_name="Acme")).status_code == 422


def test_a_brand_is_changed_only_with_its_name(api: Api) -> None:
    made = api.post("/catalog/brands", {"name": "Acme"}).json()["data"]
    path = f"/catalog/brands/{made['id']}"
    assert list(api.put(path, {"page_title": "A"}).json()["errors"]) == ["name"]
    assert api.put(path, {"name": "Acme", "page_title": "A"}).status_code == 200


def test_a_branch_is_not_moved_where_it_would_hang_too_deep(api: Api) -> None:
    def below(parent: int, name: str) -> int:
        place = {"parent_id": parent} if parent else {"tree_id": 1}
        made = api.post("/catalog/trees/categories", [{"name": name, **place}]).json()
        return int(made["data"][0]["category_id"])

    deepest = 0
    for level in range(7):
        deepest = below(deepest, f"Level {level}")
    branch = below(0, "Branch")
    below(branch, "Leaf")
    moved = [{"category_id": branch, "parent_id": deepest}]
    assert api.put("/catalog/trees/categories", moved).status_code == 422


@pytest.mark.parametrize("url", [{}, {"path": ""}, {"path": "/" + "x" * 255}, {"path": 7}])
def test_an_address_of_a_category_has_a_path_of_255_characters_at_most(api: Api, url: Any) -> None:
    body = [{"name": "Cups", "tree_id": 1, "url": url}]
    assert api.post("/catalog/trees/categories", body).status_code == 422


def test_a_tree_is_read_by_one_call_at_a_time() -> None:
    with StoreServer(quota="none", latency_ms=250) as slow:
        clients = [Api(slow) for _ in range(2)]
        with ThreadPoolExecutor(2) as pool:
            path = "/catalog/trees/1/categories"
            answers = list(pool.map(lambda client: client.get(path), clients))
        for client in clients:
            client.session.close()
    assert sorted(answer.status_code for answer in answers) == [200, 429]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert not [name for name in refused.headers if name.lower().startswith("x-r")]
