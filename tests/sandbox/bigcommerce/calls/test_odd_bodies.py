"""Whatever is sent gets a documented answer: no value breaks the store itself."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from sandbox.bigcommerce.catalog.fields import PRODUCT, VARIANT
from tests.sandbox.bigcommerce.conftest import Api, a_product, a_variant

HUGE = 10**30
ODD: list[Any] = [
    None,
    True,
    "",
    -1,
    1.5,
    HUGE,
    9.9e27,
    [],
    [None],
    [HUGE],
    {},
    {"url": None},
    [[]],
]


def sent(api: Api, method: str, path: str, body: bytes) -> requests.Response:
    headers = {"Content-Type": "application/json"}
    return api.session.request(
        method, f"{api.base}/v3{path}", data=body, headers=headers, timeout=5
    )


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999", '"\\ud800"', "[" * 100_000, "{"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/catalog/products"), ("PUT", "/inventory/adjustments/absolute")],
)
def test_what_is_not_json_is_refused_as_such(api: Api, method: str, path: str, text: str) -> None:
    answer = sent(api, method, path, f'{{"price": {text}}}'.encode())
    assert answer.status_code == 400
    assert answer.json()["title"].startswith("Input is invalid")


@pytest.mark.parametrize("name", [*PRODUCT, "variants", "images", "custom_fields"])
def test_no_value_of_a_product_field_breaks_the_store(api: Api, name: str) -> None:
    for place, odd in enumerate(ODD):
        made = api.post("/catalog/products", a_product(name=f"Mug {place}") | {name: odd})
        changed = api.put("/catalog/products/1", {name: odd})
        assert made.status_code < 500, (odd, made.text)
        assert changed.status_code < 500, (odd, changed.text)


@pytest.mark.parametrize("name", [*VARIANT, "option_values", "id", "product_id"])
def test_no_value_of_a_variant_field_breaks_the_store(api: Api, name: str) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    chosen = made["variants"][0]["option_values"][0]
    values = [{"id": chosen["id"], "option_id": chosen["option_id"]}]
    for odd in ODD:
        inline = a_product(name="Cup", variants=[a_variant("C", "C") | {name: odd}])
        new = {"product_id": made["id"], "sku": "NEW", "option_values": values, name: odd}
        known = {"id": made["variants"][0]["id"], name: odd}
        for answer in (
            api.post("/catalog/products", inline),
            api.put("/catalog/variants", [new]),
            api.put("/catalog/variants", [known]),
            api.post(f"/catalog/products/{made['id']}/variants", new),
        ):
            assert answer.status_code < 500, (odd, answer.text)


@pytest.mark.parametrize("name", ["location_id", "quantity", "product_id", "variant_id", "sku"])
def test_no_value_of_a_stock_item_breaks_the_store(api: Api, name: str) -> None:
    made = api.create(inventory_tracking="product")
    for odd in ODD:
        item = {"location_id": 1, "product_id": made["id"], "quantity": 1, name: odd}
        for items in ([item], [odd], odd):
            answer = api.put("/inventory/adjustments/absolute", {"items": items})
            assert answer.status_code < 500, (items, answer.text)


LISTS: dict[str, Callable[[Api, Any], requests.Response]] = {
    "options": lambda api, odd: api.post(
        "/catalog/products/1/options",
        {"display_name": "Size", "type": "dropdown", "option_values": odd},
    ),
    "changed options": lambda api, odd: api.put(
        "/catalog/products/1/options/1", {"option_values": odd}
    ),
    "values": lambda api, odd: api.post(
        "/catalog/products/1/options/1/values", {"label": odd, "sort_order": 0}
    ),
    "modifiers": lambda api, odd: api.post(
        "/catalog/products/1/modifiers",
        {"type": "text", "required": False, "display_name": "E", "option_values": odd},
    ),
    "categories": lambda api, odd: api.put("/catalog/trees/categories", [{"category_id": odd}]),
    "parents": lambda api, odd: api.post(
        "/catalog/trees/categories", [{"name": "Shoes", "tree_id": 1, "parent_id": odd}]
    ),
    "channels": lambda api, odd: api.put(
        "/catalog/products/channel-assignments", [{"product_id": 1, "channel_id": odd}]
    ),
    "products": lambda api, odd: api.put("/catalog/products", [{"id": odd, "price": 1}]),
    "whole batches": lambda api, odd: api.put("/catalog/variants", odd),
    "brands": lambda api, odd: api.post("/catalog/brands", odd),
    "images": lambda api, odd: api.post("/catalog/products/1/images", {"image_url": odd}),
    "old products": lambda api, odd: api.put("/v2/products/1", {"price": odd}),
}


@pytest.mark.parametrize("kind", LISTS)
def test_no_other_value_breaks_the_store(api: Api, kind: str) -> None:
    made = api.create(variants=[a_variant("S", "S")])
    assert (made["id"], made["options"][0]["id"]) == (1, 1)
    for odd in [*ODD, "x", "7", [{}], {"id": HUGE}, [{"id": HUGE}], [{"id": -1}]]:
        answer = LISTS[kind](api, odd)
        assert answer.status_code < 500, (odd, answer.text)


@pytest.mark.parametrize(
    "path",
    [
        f"/catalog/products/{HUGE}",
        f"/catalog/products?id={HUGE}",
        f"/catalog/products?id:in={HUGE}",
        f"/catalog/products?page={HUGE}",
        f"/catalog/variants?id={HUGE}",
        f"/inventory/items?product_id:in={HUGE}",
        f"/catalog/brands?id:in={HUGE}",
    ],
)
def test_a_number_too_large_for_an_id_finds_nothing_or_is_refused(api: Api, path: str) -> None:
    assert api.get(path).status_code in (404, 422)
