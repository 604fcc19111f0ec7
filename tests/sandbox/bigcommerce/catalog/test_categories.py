"""Category trees: names among siblings, depth, and batches that may fail in part."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import Api

CATEGORIES = "/catalog/trees/categories"


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


def test_a_category_cannot_be_placed_below_itself(api: Api) -> None:
    path = "/catalog/trees/categories"
    top = api.post(path, [{"name": "A", "tree_id": 1}]).json()["data"][0]["category_id"]
    low = api.post(path, [{"name": "B", "parent_id": top}]).json()["data"][0]["category_id"]
    assert api.put(path, [{"category_id": top, "parent_id": low}]).status_code == 422
    assert api.put(path, [{"category_id": low, "parent_id": 0, "tree_id": 1}]).status_code == 200
    assert api.delete(f"{path}?category_id:in={top},{low}").status_code == 202


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


@pytest.fixture
def shelves(api: Api) -> tuple[int, int]:
    """Create two categories, and return their ids."""
    body = [{"name": name, "tree_id": 1} for name in ("Cups", "Sale")]
    made = api.post("/catalog/trees/categories", body).json()["data"]
    return made[0]["category_id"], made[1]["category_id"]


def test_categories_are_not_deleted_by_name(api: Api, shelves: Any) -> None:
    answer = api.delete("/catalog/trees/categories?name=Cups")
    assert answer.status_code == 422
    assert len(api.get("/catalog/trees/categories").json()["data"]) == len(shelves)


def test_a_store_has_16_000_categories_at_most(server: StoreServer, api: Api) -> None:
    server.store.db.connection.executemany(
        "INSERT INTO categories(tree_id, parent_id, name_key, name, body) VALUES (1,0,?,'','{}')",
        [(f"shelf {number}",) for number in range(15_999)],
    )
    first, second = [{"name": "Last", "tree_id": 1}], [{"name": "One too many", "tree_id": 1}]
    assert api.post(CATEGORIES, first).status_code == 201
    refused = api.post(CATEGORIES, second)
    assert refused.status_code == 422
    assert "at most 16000 categories" in str(refused.json())


def test_a_tree_that_is_not_there_is_not_found(api: Api) -> None:
    assert api.get("/catalog/trees/9/categories").status_code == 404


def test_a_category_without_a_place_is_told_what_it_lacks(api: Api) -> None:
    assert "Missing Required Fields" in str(api.post(CATEGORIES, [{"name": "x"}]).json())
