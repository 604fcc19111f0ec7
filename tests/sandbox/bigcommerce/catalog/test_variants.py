"""Variants: base variants and what replaces them, batches of 50, and what is ignored in silence."""

from typing import Any

import pytest

from tests.sandbox.bigcommerce.conftest import Api, a_product, a_variant


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


def test_a_base_variant_has_no_sku_id(api: Api) -> None:
    api.create(sku="MUG")
    api.create(name="Shirt", variants=[a_variant("S", "S")])
    base, real = api.get("/catalog/variants").json()["data"]
    assert (base["sku_id"], real["sku_id"]) == (None, real["id"])
    items = api.get("/inventory/items").json()["data"]
    assert [item["identity"]["sku_id"] for item in items] == [None, real["id"]]


def test_the_image_of_a_variant_is_fetched_wherever_it_is_sent(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    path = f"/catalog/products/{made['id']}/variants/{made['variants'][0]['id']}"
    unreachable = {"image_url": "https://shop.example/404.jpg"}
    assert api.put(path, unreachable).status_code == 400
    assert api.put(path, {"image_url": "mug.jpg"}).status_code == 422


def test_a_simple_product_has_one_base_variant_with_its_sku(api: Api) -> None:
    made = api.create(sku="MUG")
    variant = api.product(made["id"], "variants")["variants"][0]
    assert (variant["id"], variant["sku"]) == (made["base_variant_id"], "MUG")
    assert variant["option_values"] == []
    assert (variant["price"], variant["calculated_price"]) == (None, 12.5)


def test_the_answer_to_a_create_brings_the_ids_of_its_variants(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S"), a_variant("M", "M", price=3)])
    assert made["base_variant_id"] is None
    assert [variant["sku"] for variant in made["variants"]] == ["S", "M"]
    assert [value["label"] for value in made["options"][0]["option_values"]] == ["S", "M"]


def an_option(api: Api, product_id: int, *labels: str) -> dict[str, Any]:
    answer = api.post(
        f"/catalog/products/{product_id}/options",
        {
            "display_name": "Size",
            "type": "dropdown",
            "option_values": [
                {"label": label, "sort_order": place} for place, label in enumerate(labels)
            ],
        },
    )
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


def test_options_create_no_variants(api: Api) -> None:
    made = api.create(sku="MUG")
    an_option(api, made["id"], "S", "M")
    assert len(api.product(made["id"], "variants")["variants"]) == 1


def pick(option: dict[str, Any], place: int) -> list[dict[str, int]]:
    return [{"option_id": option["id"], "id": option["option_values"][place]["id"]}]


def test_the_first_real_variant_replaces_the_base_variant_and_takes_its_sku(api: Api) -> None:
    made = api.create(sku="MUG")
    option = an_option(api, made["id"], "S", "M")
    path = f"/catalog/products/{made['id']}/variants"
    answer = api.post(path, {"sku": "MUG", "option_values": pick(option, 0)})
    assert answer.status_code == 200, answer.text
    read = api.product(made["id"], "variants")
    assert (read["base_variant_id"], read["sku"]) == (None, "")
    assert [variant["sku"] for variant in read["variants"]] == ["MUG"]
    assert read["variants"][0]["id"] != made["base_variant_id"]
    assert api.get(f"{path}/{made['base_variant_id']}").status_code == 404


def test_losing_the_last_variant_brings_a_new_base_variant(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    path = f"/catalog/products/{made['id']}/variants/{made['variants'][0]['id']}"
    assert api.delete(path).status_code == 204
    read = api.product(made["id"], "variants")
    assert read["base_variant_id"] == read["variants"][0]["id"]


def test_a_variant_needs_ids_of_option_values_not_labels(api: Api) -> None:
    made = api.create(sku="MUG")
    an_option(api, made["id"], "S")
    answer = api.post(f"/catalog/products/{made['id']}/variants", a_variant("S", "S"))
    assert answer.status_code == 422
    assert "option_values" in answer.json()["errors"]


def test_a_second_variant_with_the_same_values_is_refused(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    values = made["variants"][0]["option_values"]
    chosen = [{"id": value["id"], "option_id": value["option_id"]} for value in values]
    answer = api.post(
        f"/catalog/products/{made['id']}/variants", {"sku": "S2", "option_values": chosen}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, 22010)


def test_changing_option_values_of_a_variant_is_ignored_in_silence(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S"), a_variant("M", "M")])
    first, second = made["variants"]
    answer = api.put("/catalog/variants", [{"id": first["id"], "option_values": [
        {"id": value["id"], "option_id": value["option_id"]} for value in second["option_values"]
    ]}])  # fmt: skip
    assert answer.status_code == 200
    assert answer.json()["data"][0]["option_values"] == first["option_values"]


@pytest.mark.parametrize("name", ["sku", "mpn", "gtin", "image_url"])
@pytest.mark.parametrize("value", ["036000291452", None, "x" * 300])
def test_a_batch_ignores_in_silence_what_it_does_not_list_for_a_variant_that_exists(
    api: Api, name: str, value: str | None
) -> None:
    made = api.create(variants=[a_variant("S", "S", mpn="A", gtin="4006381333931")])
    (before,) = made["variants"]
    answer = api.put("/catalog/variants", [{"id": before["id"], "price": 5, name: value}])
    assert answer.status_code == 200, answer.text
    (after,) = api.product(made["id"], "variants")["variants"]
    assert after[name] == before[name]
    shown = answer.json()["data"][0]
    # Of these, BigCommerce's file of the answer lists only the SKU.
    assert shown.get(name, "not listed") == (before[name] if name == "sku" else "not listed")
    assert after["price"] == 5


@pytest.mark.parametrize("name", ["sku", "mpn", "gtin"])
def test_a_call_for_one_variant_takes_what_a_batch_ignores(api: Api, name: str) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    path = f"/catalog/products/{made['id']}/variants/{made['variants'][0]['id']}"
    assert api.put(path, {name: "036000291452"}).json()["data"][name] == "036000291452"


def test_a_held_sku_is_ignored_in_a_batch_and_refused_for_a_variant_to_create(api: Api) -> None:
    api.create(name="Cup", sku="CUP")
    made = api.create(variants=[a_variant("S", "S")])
    (known,) = made["variants"]
    assert api.put("/catalog/variants", [{"id": known["id"], "sku": "CUP"}]).status_code == 200
    new = {"product_id": made["id"], "sku": "CUP", "option_values": known["option_values"]}
    refused = api.put("/catalog/variants", [new])
    assert refused.json()["batch_errors"][0]["code"] == 22003


def test_of_a_variant_that_a_batch_creates_only_what_its_file_lists_is_taken(api: Api) -> None:
    made = api.create(sku="MUG")
    option = an_option(api, made["id"], "S")
    codes = {"mpn": "M/S", "gtin": "4006381333931", "upc": "036000291452"}
    new = {"product_id": made["id"], "sku": "MUG", "option_values": pick(option, 0), **codes}
    assert api.put("/catalog/variants", [new]).status_code == 200
    (created,) = api.product(made["id"], "variants")["variants"]
    listed = {"sku": "MUG", "upc": codes["upc"], "mpn": "", "gtin": ""}
    assert {name: created[name] for name in listed} == listed


def test_a_batch_takes_no_null_for_a_cost_and_a_call_for_one_variant_does(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S", cost_price=4)])
    (variant,) = made["variants"]
    refused = api.put("/catalog/variants", [{"id": variant["id"], "cost_price": None}])
    assert refused.status_code == 422
    assert api.put("/catalog/variants", [{"id": variant["id"], "cost_price": 0}]).status_code == 200
    path = f"/catalog/products/{made['id']}/variants/{variant['id']}"
    assert api.put(path, {"cost_price": None}).status_code == 200


def test_null_makes_a_variant_follow_the_product_price_again(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S", price=3)])
    variant_id = made["variants"][0]["id"]
    assert made["variants"][0]["calculated_price"] == 3
    answer = api.put("/catalog/variants", [{"id": variant_id, "price": None}])
    assert answer.json()["data"][0]["calculated_price"] == 12.5
    api.put(f"/catalog/products/{made['id']}", {"price": 20})
    assert api.get("/catalog/variants").json()["data"][0]["calculated_price"] == 20


def test_variants_are_found_by_sku_whatever_its_case(api: Api) -> None:
    made = api.create(variants=[a_variant("Shirt-S", "S")])
    hits = api.get("/catalog/variants?sku=SHIRT-s").json()["data"]
    assert [hit["id"] for hit in hits] == [made["variants"][0]["id"]]
    assert api.get("/catalog/variants?sku:in=SHIRT-s").status_code == 422


def test_a_list_of_variants_has_50_a_page_and_250_at_most(api: Api) -> None:
    variants = [a_variant(f"V{number}", f"Size {number}") for number in range(250)]
    made = api.create(variants=variants)
    path = f"/catalog/products/{made['id']}/variants"
    assert len(api.get(path).json()["data"]) == 50
    assert len(api.get(f"{path}?limit=600").json()["data"]) == 250


@pytest.mark.parametrize(
    "variants",
    [
        [a_variant("S", "S"), a_variant("M", "M", option="Colour")],
        [{"sku": "S", "option_values": []}],
        [a_variant("", "S")],
        [a_variant("S", "")],
        [a_variant("S", "S", weight=-1)],
    ],
)
def test_inline_variants_that_make_no_sense_are_refused(
    api: Api, variants: list[dict[str, Any]]
) -> None:
    answer = api.post("/catalog/products", a_product(variants=variants))
    assert answer.status_code == 422
    assert api.get("/catalog/products").json()["data"] == []


def test_601_variants_are_too_many(api: Api) -> None:
    variants = [a_variant(f"V{number}", f"Size {number}") for number in range(601)]
    assert api.post("/catalog/products", a_product(variants=variants)).status_code == 422


def test_deleting_an_option_deletes_the_variants_that_have_it(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S"), a_variant("M", "M")])
    option_id = made["options"][0]["id"]
    assert api.delete(f"/catalog/products/{made['id']}/options/{option_id}").status_code == 204
    read = api.product(made["id"], "variants,options")
    assert (len(read["variants"]), read["options"]) == (1, [])
    assert read["base_variant_id"] == read["variants"][0]["id"]


def test_a_value_that_a_variant_has_cannot_be_deleted(api: Api) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    option = made["options"][0]
    path = f"/catalog/products/{made['id']}/options/{option['id']}/values"
    assert api.delete(f"{path}/{option['option_values'][0]['id']}").status_code == 409
