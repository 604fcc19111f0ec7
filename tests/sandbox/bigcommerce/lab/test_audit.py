"""Who wrote what: the ledger, the BigCommerce-owned fields, and duplicates."""

from typing import Any

import pytest

from sandbox.bigcommerce.lab.audit import duplicates
from sandbox.bigcommerce.lab.web_staff import WebStaff
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.db import Database
from tests.sandbox.bigcommerce.conftest import Api, a_variant


@pytest.fixture
def staff(server: StoreServer) -> WebStaff:
    return WebStaff(server.api_url, server.store_hash, server.token)


def two_products(api: Api) -> tuple[dict[str, Any], dict[str, Any]]:
    return api.create(name="Mug", sku="MUG"), api.create(
        name="Shirt", variants=[a_variant("S", "S")]
    )


def test_the_web_staff_fill_all_eight_things_on_products_and_variants(
    server: StoreServer, api: Api, staff: WebStaff
) -> None:
    two_products(api)
    report = staff.fill()
    assert (report.products, report.variants) == (2, 2)
    for product in server.control.snapshot()["products"]:
        for name in ("weight", "width", "height", "depth", "retail_price", "sale_price",
                     "tax_class_id", "product_tax_code", "page_title", "meta_keywords",
                     "meta_description", "search_keywords", "custom_fields", "modifiers"):  # fmt: skip
            assert product[name], name
        assert product["custom_url"]["is_customized"]
        assert product["description"].startswith("<div")
        assert all(variant["retail_price"] for variant in product["variants"])


def test_the_web_staff_may_work_twice_and_never_wait_for_the_quota(
    server: StoreServer, api: Api, staff: WebStaff
) -> None:
    two_products(api)
    staff.fill()
    first = server.control.snapshot()["products"]
    staff.fill()
    second = server.control.snapshot()["products"]
    assert [p["custom_fields"] for p in first] == [p["custom_fields"] for p in second]
    assert len(second[0]["modifiers"]) == 1


def test_writes_that_leave_the_owned_fields_alone_show_no_difference(
    server: StoreServer, api: Api, staff: WebStaff
) -> None:
    mug, shirt = two_products(api)
    staff.fill()
    server.control.mark_owned()
    api.put("/catalog/products", [{"id": mug["id"], "price": 1, "name": "Cup", "description": ""}])
    api.put("/catalog/variants", [{"id": shirt["variants"][0]["id"], "price": 2}])
    assert server.control.owned_diff() == {"changed": [], "gone": [], "sent": []}


def test_a_touch_of_an_owned_field_is_shown_with_both_values_and_by_whom(
    server: StoreServer, api: Api
) -> None:
    mug, shirt = two_products(api)
    server.control.mark_owned()
    api.put("/catalog/products", [{"id": mug["id"], "retail_price": 9, "weight": 0}])
    api.put("/catalog/variants", [{"id": shirt["variants"][0]["id"], "sale_price": 2}])
    diff = server.control.owned_diff()
    variant_id = shirt["variants"][0]["id"]
    assert diff["changed"] == [
        {"product_id": mug["id"], "variant_id": None, "field": "retail_price", "before": 0, "after": 9},
        {"product_id": shirt["id"], "variant_id": variant_id, "field": "sale_price", "before": None,
         "after": 2},
    ]  # fmt: skip
    assert [(touch["agent"], touch["fields"]) for touch in diff["sent"]] == [
        ("tillbridge", ["retail_price", "weight"]),
        ("tillbridge", ["sale_price"]),
    ]


def test_a_create_may_send_a_weight_and_none_of_the_rest(server: StoreServer, api: Api) -> None:
    server.control.mark_owned()
    api.create(name="Fine", weight=1)
    assert server.control.owned_diff()["sent"] == []
    api.create(name="Bad", page_title="Buy", retail_price=2)
    assert server.control.owned_diff()["sent"][0]["fields"] == ["page_title", "retail_price"]


@pytest.mark.parametrize("inherits", [True, False])
def test_a_first_real_variant_should_inherit_what_the_base_variant_had(
    server: StoreServer, api: Api, staff: WebStaff, inherits: bool
) -> None:
    made = api.create(name="Mug", sku="MUG")
    staff.fill()
    server.control.mark_owned()
    base = api.product(made["id"], "variants")["variants"][0]
    option = api.post(
        f"/catalog/products/{made['id']}/options",
        {"display_name": "Size", "type": "dropdown",
         "option_values": [{"label": "S", "sort_order": 0}]},
    ).json()["data"]  # fmt: skip
    body: dict[str, Any] = {
        "sku": "MUG",
        "option_values": [{"option_id": option["id"], "id": option["option_values"][0]["id"]}],
    }
    if inherits:
        names = ("weight", "width", "height", "depth", "retail_price", "sale_price")
        body |= {name: base[name] for name in names}
    api.post(f"/catalog/products/{made['id']}/variants", body)
    diff = server.control.owned_diff()
    assert diff["sent"] == []
    assert (diff["changed"] == []) is inherits


def test_a_deleted_product_is_listed_as_gone(server: StoreServer, api: Api) -> None:
    made = api.create()
    server.control.mark_owned()
    api.delete(f"/catalog/products/{made['id']}")
    assert {item["product_id"] for item in server.control.owned_diff()["gone"]} == {made["id"]}


def test_the_ledger_tells_what_was_sent_and_what_changed(server: StoreServer, api: Api) -> None:
    made = api.create()
    api.put(f"/catalog/products/{made['id']}", {"price": 12.5, "name": "Cup"})
    touch = server.control.touches(agent="tillbridge")[-1]
    assert (touch["action"], touch["product_id"]) == ("update", made["id"])
    assert (sorted(touch["sent"]), touch["changed"]) == (["name", "price"], ["name"])


def test_a_refused_write_is_not_in_the_ledger(server: StoreServer, api: Api) -> None:
    api.create()
    api.put("/catalog/products", [{"id": 1, "price": 1}, {"id": 99, "price": 1}])
    assert [touch["action"] for touch in server.control.touches()] == ["create"]


def test_a_store_without_duplicates_says_so_until_it_has_one(server: StoreServer, api: Api) -> None:
    mug, _ = two_products(api)
    assert server.control.duplicates() == []
    image = {"image_url": "https://shop.example/mug.jpg"}
    for _ in range(2):
        api.post(f"/catalog/products/{mug['id']}/images", image)
    assert [(each["kind"], each["times"]) for each in server.control.duplicates()] == [("image", 2)]


@pytest.mark.parametrize(
    ("kind", "sql"),
    [
        (
            "sku",
            (
                "INSERT INTO variants(product_id, sku, is_base, value_key, upc, body) VALUES"
                " (1, 'MUG-1', 0, 's', '', '{}'), (2, 'mug-1', 0, 's', '', '{}')"
            ),
        ),
        (
            "brand",
            (
                "INSERT INTO brands(name_key, name, body) VALUES"
                " ('acme', 'Acme', '{}'), ('acme ', 'Acme', '{}')"
            ),
        ),
        (
            "category",
            (
                "INSERT INTO categories(tree_id, parent_id, name_key, name, body) VALUES"
                " (1, 0, 'mugs', 'Mugs', '{}'), (1, 0, 'mugs ', 'Mugs', '{}')"
            ),
        ),
    ],
)
def test_duplicates_of_each_kind_are_found(kind: str, sql: str) -> None:
    db = Database()
    db.connection.execute(sql)
    assert [(each["kind"], each["times"]) for each in duplicates(db)] == [(kind, 2)]
    db.close()


def test_the_control_api_is_quick_enough_for_thousands_of_products(server: StoreServer) -> None:
    ids = server.control.seed(count=2000, variants=2)
    assert len(ids) == 2000
    assert len(server.control.snapshot()["products"]) == 2000
