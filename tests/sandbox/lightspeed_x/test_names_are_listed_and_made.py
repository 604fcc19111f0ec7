"""Facts 14 and 15: suppliers, brands, attributes, and the tree of categories."""

from typing import Any

import pytest

from tests.sandbox.lightspeed_x.conftest import Shop, a_mug


def categories(shop: Shop, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shop.get(f"/product_categories{query}")["data"]["categories"]
    return found


def tree(shop: Shop) -> dict[str, str]:
    """Make a small tree; return its ids by name."""
    wanted = [
        {"name": "Home", "payload_id": "h"},
        {"name": "Table", "payload_id": "t", "payload_parent_category_id": "h"},
        {"name": "Mugs", "payload_parent_category_id": "t"},
        {"name": "Garden"},
    ]
    made = shop.post("/product_categories/bulk", {"categories": wanted})["data"]
    return {each["name"]: each["id"] for each in made}


def test_what_the_shop_names_is_listed(shop: Shop) -> None:
    a_mug(shop, department="Kitchen", vendor="Clay Yard", brand="Clay & Co")
    assert [each["name"] for each in shop.get("/suppliers")["data"]] == ["Clay Yard"]
    assert [each["name"] for each in shop.get("/brands")["data"]] == ["Clay & Co"]
    assert [each["name"] for each in categories(shop)] == ["Kitchen"]


def test_names_carry_no_version_but_their_page_does(shop: Shop) -> None:
    a_mug(shop, vendor="Clay Yard", brand="Clay & Co")
    for path in ("/suppliers", "/brands"):
        page = shop.get(path)
        assert "version" not in page["data"][0]
        assert shop.get(f"{path}?after={page['version']['max']}")["data"] == []


def test_nothing_keeps_two_suppliers_from_one_name(shop: Shop) -> None:
    first = shop.post("/suppliers", {"name": "Clay Yard", "contact": {}})["data"]
    second = shop.post("/suppliers", {"name": "Clay Yard", "contact": {}})["data"]
    assert first != second
    assert [each["id"] for each in shop.get("/suppliers")["data"]] == [first, second]


def test_a_supplier_needs_a_name_and_since_2026_07_a_contact_that_may_be_empty(shop: Shop) -> None:
    named, whole = {"name": "Clay Yard"}, {"name": "Clay Yard", "contact": {}}
    assert shop.call("POST", "/suppliers", {"contact": {}}).status_code == 422
    assert shop.call("POST", "/suppliers", named).status_code == 422
    assert shop.call("POST", "/suppliers", named, version="2.0").status_code == 200
    assert shop.call("POST", "/suppliers", whole).status_code == 200


@pytest.mark.parametrize("path", ["/brands", "/variant_attributes"])
def test_a_brand_or_attribute_of_a_taken_name_is_refused(shop: Shop, path: str) -> None:
    assert shop.call("POST", path, {"name": "Size"}).ok
    assert shop.call("POST", path, {"name": " size "}).status_code == 422


def test_several_categories_are_made_in_one_call(shop: Shop) -> None:
    ids = tree(shop)
    shown = {each["name"]: each for each in categories(shop)}
    assert [each["name"] for each in categories(shop)] == ["Garden", "Home", "Table", "Mugs"]
    assert shown["Mugs"]["parent_category_id"] == ids["Table"]
    assert shown["Mugs"]["root_category_id"] == ids["Home"]
    assert [name for name, each in shown.items() if each["leaf_category"]] == ["Garden", "Mugs"]
    assert "parent_category_id" not in shown["Home"]


def test_categories_are_found_by_their_parent(shop: Shop) -> None:
    home = tree(shop)["Home"]
    below = categories(shop, f"?parent={home}")
    assert [each["name"] for each in below] == ["Table", "Mugs"]
    children = categories(shop, f"?parent={home}&include=children")
    assert [each["name"] for each in children] == ["Table"]
    assert [each["name"] for each in categories(shop, "?parent=none")] == ["Garden", "Home"]


def test_categories_page_by_the_last_one_seen(shop: Shop) -> None:
    tree(shop)
    first = shop.get("/product_categories?page_size=3")
    assert first["page_info"]["has_next"]
    rest = shop.get(f"/product_categories?after={first['page_info']['last_seen']}")
    assert rest["page_info"] == {"has_next": False}
    assert len(first["data"]["categories"]) + len(rest["data"]["categories"]) == 4


def test_a_taken_category_is_refused_and_none_of_the_call_is_made(shop: Shop) -> None:
    tree(shop)
    wanted = {"categories": [{"name": "Attic"}, {"name": "home"}]}
    assert shop.call("POST", "/product_categories/bulk", wanted).status_code == 422
    assert "Attic" not in {each["name"] for each in categories(shop)}


def test_a_closed_outlet_is_a_tombstone(shop: Shop) -> None:
    outlets = shop.get("/outlets")["data"]
    assert [each["name"] for each in outlets] == ["Main Street", "West Side"]
    catalogue = shop.cloud.catalogue
    west = type(catalogue.outlets[1])("o-west", "West Side", active=False)
    catalogue.outlets = (catalogue.outlets[0], west)
    assert [each["name"] for each in shop.get("/outlets")["data"]] == ["Main Street"]
    assert len(shop.get("/outlets?deleted=true")["data"]) == 2


def test_the_retailer_says_its_currency_and_its_habit_of_prices(shop: Shop) -> None:
    retailer = shop.get("/retailer")["data"]
    assert retailer["currency"]["code"] == "USD"
    assert retailer["tax_exclusive"] is True
    assert retailer["domain_prefix"] == "lantern"
