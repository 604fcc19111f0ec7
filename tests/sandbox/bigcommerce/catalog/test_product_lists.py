"""Lists of products: filters, pages, includes."""

from typing import Any

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import Api, a_variant


def names(api: Api, query: str) -> list[str]:
    answer = api.get(f"/catalog/products?{query}")
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["data"]]


@pytest.fixture
def three(api: Api) -> list[dict[str, Any]]:
    return [
        api.create(name="Cup", sku="CUP", brand_name="Acme", price=1, is_visible=True),
        api.create(name="Mug", sku="MUG", price=2),
        api.create(name="Pot", variants=[a_variant("POT-S", "S")], price=3),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("name=mug", ["Mug"]),
        ("sku=cup", ["Cup"]),
        ("sku=POT-S", []),
        ("sku:in=cup,mug,none", ["Cup", "Mug"]),
        ("keyword=u", ["Cup", "Mug"]),
        ("brand_id=1", ["Cup"]),
        ("is_visible=true", ["Cup"]),
        ("is_visible=false", ["Mug", "Pot"]),
        ("id:greater=1", ["Mug", "Pot"]),
        ("id:in=1,3", ["Cup", "Pot"]),
        ("id:not_in=1,3", ["Mug"]),
        ("id:min=2&id:max=2", ["Mug"]),
        ("price=2", ["Mug"]),
        ("sort=price&direction=desc", ["Pot", "Mug", "Cup"]),
        ("sort=id&limit=1&page=2", ["Mug"]),
        ("date_modified:min=2000-01-01T00:00:00%2B00:00", ["Cup", "Mug", "Pot"]),
        ("date_modified:max=2000-01-01T00:00:00%2B00:00", []),
    ],
)
def test_a_filter_returns_what_it_says(
    api: Api, three: list[dict[str, Any]], query: str, expected: list[str]
) -> None:
    found = names(api, query)
    assert (found if "sort=" in query else sorted(found)) == expected


def test_a_filter_nobody_documents_is_refused_by_name(api: Api) -> None:
    answer = api.get("/catalog/products?colour=red")
    assert answer.status_code == 422
    assert "colour" in answer.json()["title"]


def test_a_page_holds_50_unless_asked_and_250_at_most(server: StoreServer, api: Api) -> None:
    server.control.seed(count=260)
    assert len(names(api, "")) == 50
    answer = api.get("/catalog/products?limit=1000").json()
    assert len(answer["data"]) == 250
    paging = answer["meta"]["pagination"]
    assert (paging["total"], paging["per_page"], paging["total_pages"]) == (260, 250, 2)


@pytest.mark.parametrize("include", ["options", "modifiers"])
def test_options_or_modifiers_cap_the_page_at_10(
    server: StoreServer, api: Api, include: str
) -> None:
    server.control.seed(count=12)
    assert len(names(api, f"limit=250&include={include}")) == 10
    assert len(names(api, f"limit=250&page=2&include={include}")) == 2
    assert names(api, f"limit=250&page=3&include={include}") == []


def test_includes_bring_the_sub_resources(api: Api, three: list[dict[str, Any]]) -> None:
    listed = api.get(
        "/catalog/products?sort=id&include=variants,images,custom_fields,channels,options"
    )
    pot = listed.json()["data"][2]
    assert pot["variants"][0]["option_values"][0]["label"] == "S"
    assert pot["options"][0]["display_name"] == "Size"
    assert (pot["images"], pot["custom_fields"], pot["channels"]) == ([], [], [])
    assert "variants" not in api.get("/catalog/products").json()["data"][0]


def test_include_fields_and_exclude_fields_choose_what_is_shown(
    api: Api, three: list[dict[str, Any]]
) -> None:
    only = api.get("/catalog/products?include_fields=name,price").json()["data"][0]
    assert only.keys() == {"id", "name", "price"}
    without = api.get("/catalog/products?exclude_fields=description").json()["data"][0]
    assert "description" not in without
    assert "name" in without
