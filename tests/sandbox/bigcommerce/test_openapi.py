"""The sandbox's answers, and the calls it gets, agree with BigCommerce's own OpenAPI files."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.bigcommerce.lab.web_staff import WebStaff
from sandbox.bigcommerce.server.server import StoreServer
from tests.beside import Beside
from tests.contract.bigcommerce_openapi import validate_traffic
from tests.sandbox.bigcommerce.conftest import Api, a_product, a_variant


@pytest.fixture(scope="module")
def spec_dir(beside: Beside) -> Path:
    return beside("spec", "bigcommerce")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "traffic.jsonl"


@pytest.fixture
def recorded(record: Path) -> Iterator[Api]:
    with StoreServer(quota="none", stock_delay_ms=0, record=record) as server:
        api = Api(server)
        yield api
        api.session.close()


def a_day(api: Api) -> None:
    """Use every endpoint once, as documented."""
    category = api.post("/catalog/trees/categories", [{"name": "Shoes", "tree_id": 1}])
    category_id = category.json()["data"][0]["category_id"]
    mug = api.create(
        sku="MUG",
        brand_name="Acme",
        categories=[category_id],
        inventory_tracking="product",
        images=[{"image_url": "https://shop.example/mug.jpg"}],
        custom_fields=[{"name": "Care", "value": "Cold"}],
    )
    shirt = api.create(
        name="Shirt",
        inventory_tracking="variant",
        variants=[a_variant("S", "S", price=3), a_variant("M", "M")],
    )
    small = shirt["variants"][0]["id"]
    api.put("/catalog/products", [{"id": mug["id"], "price": 3}, {"id": shirt["id"], "price": 4}])
    api.put(f"/catalog/products/{mug['id']}", {"description": ""})
    api.put("/catalog/variants", [{"id": small, "price": None, "inventory_level": 2}])
    api.put(f"/catalog/products/{shirt['id']}/variants/{small}", {"price": 5})
    api.put("/catalog/products/channel-assignments", [{"product_id": mug["id"], "channel_id": 1}])
    api.put(
        "/catalog/products/category-assignments",
        [{"product_id": shirt["id"], "category_id": category_id}],
    )
    api.put("/catalog/trees/categories", [{"category_id": category_id, "name": "Boots"}])
    items = [
        {"location_id": 1, "product_id": mug["id"], "quantity": 3},
        {"location_id": 1, "variant_id": small, "quantity": 3},
        {"location_id": 1, "sku": "M", "quantity": 3},
    ]
    api.put("/inventory/adjustments/absolute", {"reason": "test", "items": items})
    api.get("/catalog/products?limit=1")
    api.post("/inventory/adjustments/relative", {"reason": "test", "items": items})
    option = api.post(
        f"/catalog/products/{mug['id']}/options",
        {"display_name": "Size", "type": "dropdown",
         "option_values": [{"label": "S", "sort_order": 0}]},
    ).json()["data"]  # fmt: skip
    values = f"/catalog/products/{mug['id']}/options/{option['id']}/values"
    value = api.post(values, {"label": "M", "sort_order": 1}).json()["data"]
    new = {"sku": "MUG-M", "option_values": [{"id": value["id"], "option_id": option["id"]}]}
    api.post(f"/catalog/products/{mug['id']}/variants", new)
    api.post(f"/catalog/products/{mug['id']}/images", {"image_url": "https://shop.example/b.jpg"})
    api.post("/catalog/brands", {"name": "Other"})
    for path in reading(mug["id"], shirt["id"]):
        assert api.get(path).status_code == 200, path


def reading(mug: int, shirt: int) -> list[str]:
    return [
        "/catalog/products?limit=250&sort=id&direction=asc&id:greater=0",
        "/catalog/products?include=variants,images,custom_fields,options,modifiers,channels,primary_image",
        "/catalog/products?include_fields=name,sku&id:in=1,2&name=mug&sku:in=MUG",
        "/catalog/products?date_modified:min=2020-01-01T00:00:00%2B00:00&is_visible=false",
        f"/catalog/products/{shirt}?include=variants",
        f"/catalog/products/{mug}/images",
        f"/catalog/products/{mug}/options",
        f"/catalog/products/{mug}/custom-fields",
        f"/catalog/products/{mug}/modifiers",
        f"/catalog/products/{shirt}/variants?limit=250",
        "/catalog/variants?sku=MUG-M",
        "/catalog/variants?product_id:in=1,2&limit=250",
        "/catalog/brands?name=acme",
        "/catalog/trees",
        "/catalog/trees/categories?tree_id:in=1&name=boots&limit=250",
        "/catalog/trees/1/categories",
        "/catalog/products/channel-assignments?channel_id:in=1",
        "/catalog/products/category-assignments",
        "/catalog/summary",
        "/channels?type:in=storefront",
        "/inventory/items?sku:in=M,S&limit=1000",
        "/inventory/locations/1/items?product_id:in=1,2",
        "/inventory/locations",
        "/v2/store",
        "/v2/time",
    ]


def test_a_day_of_traffic_is_valid_on_both_sides(
    recorded: Api, record: Path, spec_dir: Path
) -> None:
    a_day(recorded)
    staff = WebStaff(recorded.server.api_url, recorded.server.store_hash, recorded.server.token)
    staff.fill()
    assert len(record.read_text().splitlines()) > 45
    assert validate_traffic(record, spec_dir) == []


def test_hooks_are_valid_on_both_sides(recorded: Api, record: Path, spec_dir: Path) -> None:
    hook = {"scope": "store/order/created", "destination": "https://hooks.example/here"}
    recorded.get("/hooks")
    made = recorded.post("/hooks", hook | {"headers": {"x-secret": "s"}}).json()["data"]
    recorded.post("/hooks", hook)
    recorded.get("/hooks?is_active=true&scope=store/order/created&page=1&limit=50")
    recorded.get(f"/hooks/{made['id']}")
    recorded.put(f"/hooks/{made['id']}", {"is_active": False})
    recorded.put("/hooks/admin", {"emails": ["shop@sandbox.invalid"]})
    recorded.get("/hooks/admin?is_active=false")
    recorded.delete(f"/hooks/{made['id']}")
    statuses = [json.loads(line)["status"] for line in record.read_text().splitlines()]
    assert statuses == [200, 200, 422, 200, 200, 200, 204, 200, 200]
    assert validate_traffic(record, spec_dir) == []


def test_refusals_have_the_documented_bodies(recorded: Api, record: Path, spec_dir: Path) -> None:
    recorded.create(sku="MUG")
    recorded.post("/catalog/products", a_product(sku="MUG"))
    recorded.post("/catalog/products", a_product(name="B", sku="mug"))
    recorded.put("/catalog/products", [{"id": 99, "price": 1}])
    recorded.put("/catalog/variants", [{"id": 99, "price": 1}])
    recorded.get("/catalog/products/99")
    recorded.post("/catalog/trees/categories", [{"name": "A", "tree_id": 9}])
    recorded.server.control.set_hazard("partial-207")
    recorded.post("/catalog/products", a_product(name="C", inventory_level=1))
    recorded.put("/catalog/products", [{"id": 1, "price": 1}])
    statuses = [json.loads(line)["status"] for line in record.read_text().splitlines()]
    assert statuses == [200, 409, 409, 404, 422, 404, 422, 207, 207]
    assert validate_traffic(record, spec_dir) == []


@pytest.mark.parametrize(
    ("spoil", "part"),
    [
        (lambda call: call["request_body"].update(price="12"), "request body"),
        (lambda call: call["request_body"].pop("weight"), "request body"),
        (lambda call: call["request_headers"].pop("accept"), "request header"),
        (lambda call: call.update(query="colour=red"), "query"),
        (lambda call: call.update(status=202), "answer"),
        (lambda call: call["response_body"]["data"].update(name=7), "answer body"),
        (lambda call: call.update(path="/stores/x/v3/nonsense"), "request"),
    ],
)
def test_a_call_that_strays_from_the_documentation_is_found(
    recorded: Api,
    record: Path,
    spec_dir: Path,
    spoil: Callable[[dict[str, Any]], object],
    part: str,
) -> None:
    recorded.create()
    call = json.loads(record.read_text())
    spoil(call)
    record.write_text(json.dumps(call) + "\n")
    assert [problem.part for problem in validate_traffic(record, spec_dir)] == [part]
