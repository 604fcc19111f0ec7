"""The smaller endpoints: each record can be read, changed and deleted where it is documented."""

from typing import Any

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import Api, a_product, a_variant


def test_a_custom_field_can_be_added_changed_and_deleted(api: Api) -> None:
    path = f"/catalog/products/{api.create()['id']}/custom-fields"
    made = api.post(path, {"name": "Care", "value": "Cold"}).json()["data"]
    assert api.put(f"{path}/{made['id']}", {"value": "Hot"}).json()["data"]["value"] == "Hot"
    assert api.get(f"{path}/{made['id']}").json()["data"]["value"] == "Hot"
    assert api.post(path, {"name": "Care", "value": "Hot"}).status_code == 422
    assert api.post(path, {"name": "Care"}).status_code == 422
    assert api.post(path, {"name": "Care", "value": "x" * 251}).status_code == 422
    assert api.delete(f"{path}/{made['id']}").status_code == 204
    assert api.get(path).json()["data"] == []


def test_a_brand_can_be_read_changed_and_not_renamed_to_another(api: Api) -> None:
    made = api.post("/catalog/brands", {"name": "Acme"}).json()["data"]
    api.post("/catalog/brands", {"name": "Other"})
    path = f"/catalog/brands/{made['id']}"
    assert api.put(path, {"name": "Acme 2"}).json()["data"]["name"] == "Acme 2"
    assert api.put(path, {"name": "OTHER"}).status_code == 409
    assert api.get(path).json()["data"]["name"] == "Acme 2"
    assert api.get("/catalog/brands/99").status_code == 404
    assert api.post("/catalog/brands", {}).status_code == 422
    listed = api.get(f"/catalog/brands?id:in={made['id']}&sort=name&direction=desc")
    assert [brand["id"] for brand in listed.json()["data"]] == [made["id"]]


def test_an_option_and_its_values_can_be_changed(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    option = made["options"][0]
    path = f"/catalog/products/{made['id']}/options/{option['id']}"
    value_id = option["option_values"][0]["id"]
    changed = api.put(
        path,
        {
            "display_name": "Length",
            "option_values": [
                {"id": value_id, "label": "Short"},
                {"label": "Long", "sort_order": 1},
            ],
        },
    ).json()["data"]
    assert changed["display_name"] == "Length"
    assert [value["label"] for value in changed["option_values"]] == ["Short", "Long"]
    assert api.get(path).json()["data"] == changed
    variant = api.get("/catalog/variants?sku=S").json()["data"][0]
    assert variant["option_values"][0]["label"] == "Short"
    values = f"{path}/values"
    long_id = changed["option_values"][1]["id"]
    assert api.put(f"{values}/{long_id}", {"label": "short"}).status_code == 422
    assert api.put(f"{values}/{long_id}", {"label": "XL"}).json()["data"]["label"] == "XL"
    assert api.get(f"{values}/{long_id}").json()["data"]["label"] == "XL"
    assert api.delete(f"{values}/{long_id}").status_code == 204
    assert [value["label"] for value in api.get(values).json()["data"]] == ["Short"]
    assert api.get(f"{values}/{long_id}").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"display_name": "Size", "type": "dropdown"}, 422),
        ({"type": "dropdown", "option_values": [{"label": "S", "sort_order": 0}]}, 422),
        ({"display_name": "A", "type": "x", "option_values": [{"label": "S", "sort_order": 0}]}, 422),
        ({"display_name": "A", "type": "dropdown", "option_values": [{"label": "S"}]}, 422),
        ({"display_name": "size", "type": "dropdown",
          "option_values": [{"label": "S", "sort_order": 0}]}, 409),
    ],
)  # fmt: skip
def test_an_option_that_makes_no_sense_is_refused(
    api: Api, body: dict[str, Any], status: int
) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    assert api.post(f"/catalog/products/{made['id']}/options", body).status_code == status


def test_an_option_has_250_values_at_most(api: Api) -> None:
    values = [{"label": str(number), "sort_order": number} for number in range(251)]
    body = {"display_name": "Size", "type": "dropdown", "option_values": values}
    path = f"/catalog/products/{api.create()['id']}/options"
    assert api.post(path, body).status_code == 422
    assert api.post(path, body | {"option_values": values[:250]}).status_code == 200


def test_a_modifier_can_be_changed_and_deleted_and_keeps_its_values(api: Api) -> None:
    path = f"/catalog/products/{api.create()['id']}/modifiers"
    values = [{"label": "Red", "sort_order": 0}]
    body = {"type": "dropdown", "required": True, "display_name": "Wrap", "option_values": values}
    made = api.post(path, body).json()["data"]
    changed = api.put(f"{path}/{made['id']}", {"display_name": "Paper", "option_values": []})
    assert changed.json()["data"]["option_values"] == made["option_values"]
    assert api.get(f"{path}/{made['id']}").json()["data"]["display_name"] == "Paper"
    assert api.post(path, {"type": "text"}).status_code == 422
    assert api.delete(f"{path}/{made['id']}").status_code == 204
    assert api.get(path).json()["data"] == []


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


def test_a_variant_has_one_image_by_its_address(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    path = f"/catalog/products/{made['id']}/variants/{made['variants'][0]['id']}"
    url = "https://shop.example/s.jpg"
    assert api.post(f"{path}/image", {"image_url": url}).json()["data"] == {"image_url": url}
    assert api.get(path).json()["data"]["image_url"] == url
    assert api.post(f"{path}/image", {}).status_code == 422
    assert api.post(f"{path}/image", {"image_url": "nonsense"}).status_code == 422


def test_a_base_variant_cannot_be_deleted_and_its_sku_is_the_product_s(api: Api) -> None:
    made = api.create(sku="MUG")
    path = f"/catalog/products/{made['id']}/variants/{made['base_variant_id']}"
    assert api.delete(path).status_code == 422
    assert api.put(path, {"sku": "CUP"}).status_code == 200
    assert api.product(made["id"])["sku"] == "CUP"
    assert api.post("/catalog/products", a_product(name="B", sku="cup")).status_code == 409
    assert api.post("/catalog/products", a_product(name="B", sku="MUG")).status_code == 200


def test_a_category_cannot_be_placed_below_itself(api: Api) -> None:
    path = "/catalog/trees/categories"
    top = api.post(path, [{"name": "A", "tree_id": 1}]).json()["data"][0]["category_id"]
    low = api.post(path, [{"name": "B", "parent_id": top}]).json()["data"][0]["category_id"]
    assert api.put(path, [{"category_id": top, "parent_id": low}]).status_code == 422
    assert api.put(path, [{"category_id": low, "parent_id": 0, "tree_id": 1}]).status_code == 200
    assert api.delete(f"{path}?category_id:in={top},{low}").status_code == 202


@pytest.mark.parametrize("query", ["page=0", "page=x", "limit=0", "limit=-1"])
def test_a_page_that_is_none_is_refused(api: Api, query: str) -> None:
    assert api.get(f"/catalog/products?{query}").status_code == 422


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


def test_products_can_be_seeded_as_a_post_would_make_them(server: StoreServer, api: Api) -> None:
    body = a_product(sku="MUG", inventory_tracking="product", inventory_level=4)
    ids = server.control.seed(products=[body])
    read = api.product(ids[0], "channels")
    assert (read["inventory_level"], read["channels"]) == (4, [1])
    assert server.control.counts()["calls"] == {"GET /catalog/products/{product_id}": 1}


def test_made_up_products_are_like_any_other(server: StoreServer, api: Api) -> None:
    server.control.seed(count=2, variants=3)
    read = api.product(1, "variants,options")
    assert [variant["sku"] for variant in read["variants"]] == ["SEED-0-0", "SEED-0-1", "SEED-0-2"]
    assert [value["label"] for value in read["options"][0]["option_values"]] == [
        "Size 0", "Size 1", "Size 2",
    ]  # fmt: skip
    assert read["inventory_level"] == 3
    again = api.post("/catalog/products", a_product(name="seeded PRODUCT 1"))
    assert again.status_code == 409
    assert api.post("/catalog/products", a_product(sku="seed-1-2")).status_code == 409
    assert api.create(name="New", sku="NEW")["id"] == 3
