"""Facts 6, 7 and 14: what a create must be, and that only a read tells what it made."""

from decimal import Decimal
from typing import Any

import pytest

from sandbox.lightspeed_x.state.ids import made_id
from tests.sandbox.lightspeed_x.conftest import Row, Shop, a_mug, a_shirt

MAIN = made_id("outlet", "o-main")


def a_body(**changes: Any) -> dict[str, Any]:
    """Return the least that makes a product."""
    return {"name": "Vase", "sku": "VASE1", "price_excluding_tax": 12.5} | changes


def sizes(shop: Shop, *values: str, **changes: Any) -> dict[str, Any]:
    """Return a body with a variant of each size; the attribute is there."""
    size = shop.account.names.attributes.ensure("Size").id
    variants = [
        {"sku": f"V-{value}", "variant_definitions": [{"attribute_id": size, "value": value}]}
        for value in values
    ]
    return {"name": "Vase", "price_excluding_tax": 12.5, "variants": variants} | changes


def made(shop: Shop, body: dict[str, Any]) -> list[Row]:
    """Make a product; return its rows."""
    ids = shop.post("/products", body)["data"]
    return [shop.get(f"/products/{each}")["data"] for each in ids]


def refused(shop: Shop, body: dict[str, Any]) -> str:
    """Return the words of a refusal; nothing is made."""
    before = len(shop.rows())
    answer = shop.call("POST", "/products", body)
    assert answer.status_code == 422, answer.text
    assert len(shop.rows()) == before
    words: str = answer.json()["message"]
    return words


def test_a_create_answers_ids_and_nothing_else(shop: Shop) -> None:
    answer = shop.post("/products", a_body())
    assert list(answer) == ["data"]
    assert answer["data"] == [shop.rows()[0]["id"]]


def test_the_order_of_ids_does_not_tell_who_is_the_parent(shop: Shop) -> None:
    rows = made(shop, sizes(shop, "S", "M", "L"))
    assert not rows[0]["has_variants"]
    assert sorted(row["sku"] for row in rows) == ["V-L", "V-M", "V-S"]
    assert sum(row["has_variants"] for row in rows) == 1


def test_the_same_create_twice_is_two_tries_of_which_the_second_is_refused(shop: Shop) -> None:
    shop.call("POST", "/products", a_body())
    assert "name" in refused(shop, a_body())


@pytest.mark.parametrize("name", ["Mug", " mug ", "MUG"])
def test_a_name_is_that_of_one_family_only(shop: Shop, name: str) -> None:
    a_mug(shop)
    assert "already exists" in refused(shop, a_body(name=name))


def test_a_name_is_free_again_when_its_product_is_deleted(shop: Shop) -> None:
    a_mug(shop)
    shop.cloud.delete_product("p-mug")
    assert made(shop, a_body(name="Mug", sku="MUG1"))


def test_a_code_is_that_of_one_product_only_be_it_sku_or_barcode(shop: Shop) -> None:
    a_mug(shop, barcodes=[{"type": "EAN", "code": "4006381333931"}])
    assert "mug1" in refused(shop, a_body(sku="mug1"))
    codes = [{"type": "UPC", "code": "4006381333931"}]
    assert "4006381333931" in refused(shop, a_body(product_codes=codes))


def test_two_variants_share_no_code(shop: Shop) -> None:
    body = sizes(shop, "S", "M")
    body["variants"][1]["sku"] = "v-s"
    assert "twice" in refused(shop, body)


def test_a_product_without_a_sku_gets_the_next_number(shop: Shop) -> None:
    (row,) = made(shop, {"name": "Vase", "price_excluding_tax": 1})
    assert row["sku"].isdigit()


@pytest.mark.parametrize(
    "prices",
    [
        {"price_excluding_tax": 12.5, "price_including_tax": 14},
        {"price_excluding_tax": None},
        {},
    ],
)
def test_exactly_one_price_is_given(shop: Shop, prices: dict[str, Any]) -> None:
    body = a_body()
    del body["price_excluding_tax"]
    assert "price_" in refused(shop, body | prices)


def test_either_price_will_do(shop: Shop) -> None:
    body = a_body(price_including_tax=23)
    del body["price_excluding_tax"]
    (row,) = made(shop, body)
    assert (row["price_including_tax"], row["price_excluding_tax"]) == (23, 20)


@pytest.mark.parametrize("price", ["12.50", True, -1, 1.123456])
def test_a_price_is_a_json_number_of_at_most_five_decimals(shop: Shop, price: object) -> None:
    assert "price_excluding_tax" in refused(shop, a_body(price_excluding_tax=price))


def test_attributes_must_exist_first(shop: Shop) -> None:
    body = sizes(shop, "S")
    body["variants"][0]["variant_definitions"][0]["attribute_id"] = made_id("none")
    assert "variant attribute" in refused(shop, body)


def test_a_variant_has_at_most_three_attributes(shop: Shop) -> None:
    body = sizes(shop, "S")
    names = ("Size", "Colour", "Cut", "Cloth")
    body["variants"][0]["variant_definitions"] = [
        {"attribute_id": shop.account.names.attributes.ensure(name).id, "value": "x"}
        for name in names
    ]
    assert "variant_definitions" in refused(shop, body)


def test_a_family_has_at_most_two_hundred_members(shop: Shop) -> None:
    assert "variants" in refused(shop, sizes(shop, *map(str, range(201))))
    assert len(made(shop, sizes(shop, *map(str, range(200))))) == 200


def test_all_variants_have_the_same_attributes_and_no_two_the_same_values(shop: Shop) -> None:
    assert "same values" in refused(shop, sizes(shop, "S") | {
        "variants": [v | {"sku": f"W{n}"} for n, v in enumerate(sizes(shop, "S", "S")["variants"])]
    })  # fmt: skip
    body = sizes(shop, "S", "M")
    cut = shop.account.names.attributes.ensure("Cut").id
    body["variants"][1]["variant_definitions"] = [{"attribute_id": cut, "value": "Wide"}]
    assert "same attributes" in refused(shop, body)


def test_stock_tracking_cannot_be_set_by_a_create(shop: Shop) -> None:
    assert "track_inventory" in refused(shop, a_body(track_inventory=False))


def test_stock_tracking_is_set_for_the_whole_family_by_a_put(shop: Shop) -> None:
    rows = made(shop, sizes(shop, "S", "M"))
    body = {"common": {"track_inventory": False}}
    assert shop.call("PUT", f"/products/{rows[0]['id']}", body).status_code == 200
    assert [row["has_inventory"] for row in shop.rows()] == [False, False]
    assert shop.levels() == []
    shop.call("PUT", f"/products/{rows[1]['id']}", {"common": {"track_inventory": True}})
    assert [row["current_inventory_level"] for row in shop.levels()] == [0, 0, 0, 0]


def test_a_new_product_is_tracked_at_level_nought_where_nothing_is_said(shop: Shop) -> None:
    (row,) = made(shop, a_body(inventory=[{"outlet_id": MAIN, "current_amount": 2.5}]))
    assert row["has_inventory"]
    levels = {each["outlet_id"]: each["current_inventory_level"] for each in shop.levels()}
    assert sorted(levels.values()) == [0, Decimal("2.5")]
    assert levels[MAIN] == Decimal("2.5")


def test_what_was_given_is_read_back(shop: Shop) -> None:
    supplier = shop.post("/suppliers", {"name": "Clay Yard", "contact": {}})["data"]
    brand = shop.post("/brands", {"name": "Clay"})["data"]
    categories = {"categories": [{"name": "Kitchen"}]}
    category = shop.post("/product_categories/bulk", categories)["data"][0]["id"]
    (row,) = made(
        shop,
        a_body(
            description="<p>Tall.</p>", source_id="store/77", supply_price=5.25, is_active=False,
            supplier_id=supplier, supplier_code="CY-1", brand_id=brand,
            product_category_id=category, weight=250, weight_unit="G",
            product_codes=[{"type": "EAN", "code": "4006381333931"}],
            images=[{"type": "url", "location": "https://shop.example/vase.jpg"}],
        ),
    )  # fmt: skip
    assert row["description"] == "<p>Tall.</p>"
    assert (row["source_id"], row["supplier_code"], row["active"]) == ("store/77", "CY-1", False)
    assert (row["supplier_id"], row["brand_id"]) == (supplier, brand)
    assert (row["product_type_id"], row["type"]["name"]) == (category, "Kitchen")
    assert (row["weight"], row["weight_unit"]) == (Decimal("0.25"), "KG")
    assert row["supply_price"] == Decimal("5.25")
    assert [code["code"] for code in row["product_codes"]] == ["VASE1", "4006381333931"]
    assert [image["url"] for image in row["images"]] == ["https://shop.example/vase.jpg"]


@pytest.mark.parametrize("field", ["supplier_id", "brand_id", "product_category_id"])
def test_what_is_named_must_exist(shop: Shop, field: str) -> None:
    assert "There is no" in refused(shop, a_body(**{field: made_id("none")}))


def test_only_a_leaf_category_may_be_assigned(shop: Shop) -> None:
    tree = [
        {"name": "Home", "payload_id": "home"},
        {"name": "Vases", "payload_parent_category_id": "home"},
    ]
    home, vases = shop.post("/product_categories/bulk", {"categories": tree})["data"]
    assert "leaf" in refused(shop, a_body(product_category_id=home["id"]))
    (row,) = made(shop, a_body(product_category_id=vases["id"]))
    assert [each["name"] for each in row["type"]["category_path"]] == ["Home", "Vases"]


def test_a_field_that_is_not_documented_is_refused(shop: Shop) -> None:
    assert "colour" in refused(shop, a_body(colour="blue"))


def test_a_family_may_be_named_by_one_of_several_suppliers_of_one_name(shop: Shop) -> None:
    a_shirt(shop, vendor="Loom")
    second = shop.post("/suppliers", {"name": "Loom", "contact": {}})["data"]
    (row,) = made(shop, a_body(supplier_id=second))
    assert row["supplier_id"] == second != shop.rows("sku=SHIRT-S")[0]["supplier_id"]
