"""The sandbox's answers, and the calls it gets, agree with the vendor's OpenAPI text."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sandbox.lightspeed_x.server.routing import OPERATIONS
from sandbox.lightspeed_x.server.server import LightspeedServer
from sandbox.lightspeed_x.state.config import AccountConfig
from sandbox.pos.demo_catalogue import demo_products
from tests.beside import Beside
from tests.contract.lightspeed_openapi import validate_traffic
from tests.sandbox.lightspeed_x.conftest import Shop
from tests.sandbox.lightspeed_x.wire_client import WireClient

pytestmark = pytest.mark.enable_socket

DELETABLE = ("/products", "/outlets", "/registers")
WALKED = ("/brands", "/suppliers", "/product_types")


@pytest.fixture(scope="module")
def spec_dir(beside: Beside) -> Path:
    return beside("spec", "pos")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "traffic.jsonl"


def a_day(wire: WireClient, version: str) -> None:
    """Use every endpoint of a version once, as documented."""
    for path in (*DELETABLE, *WALKED):
        more = "&deleted=true" if path in DELETABLE else ""
        page = wire.get(f"{path}?after=0&page_size=200{more}", version)
        last = page["version"]["max"]
        assert wire.get(f"{path}?after={last}", version)["data"] == []
    wire.get("/retailer", version)
    wire.get("/variant_attributes?deleted=false", version)
    wire.get("/product_categories?parent=none&include=children&page_size=2", version)
    wire.get("/products?sku=JUG", version)
    wire.get("/products?name=Wool Throw", version)


def create(wire: WireClient, version: str) -> str:
    """Make a family with all that it can have; return a member's id."""
    supplier = wire.post("/suppliers", {"name": f"Loom {version}", "contact": {}}, version)["data"]
    brand = wire.post("/brands", {"name": f"Brand {version}"}, version)["data"]
    size = wire.post("/variant_attributes", {"name": f"Cut {version}"}, version)["data"]["id"]
    tree = [
        {"name": f"Home {version}", "payload_id": "h"},
        {"name": "Vases", "payload_parent_category_id": "h"},
    ]
    leaf = wire.post("/product_categories/bulk", {"categories": tree}, version)["data"][1]["id"]
    outlet = wire.get("/outlets", version)["data"][0]["id"]
    variants = [
        {"sku": f"{version}-{cut}", "price_excluding_tax": 12.5, "supply_price": 3.02632,
         "inventory": [{"outlet_id": outlet, "current_amount": 2.5}],
         "variant_definitions": [{"attribute_id": size, "value": cut}]}
        for cut in ("Wide", "Tall")
    ]  # fmt: skip
    body = {
        "name": f"Vase {version}", "description": "<p>Tall.</p>", "source_id": "store/1",
        "supplier_id": supplier, "brand_id": brand, "product_category_id": leaf,
        "is_active": True, "price_excluding_tax": 12.5, "weight": 2, "weight_unit": "LB",
        "images": [{"type": "url", "location": "https://shop.example/v.jpg"}],
        "variants": variants,
    }  # fmt: skip
    member: str = wire.post("/products", body, version)["data"][0]
    wire.get(f"/products/{member}", version)
    for path, made in (("/brands", brand), ("/suppliers", supplier)):
        wire.get(f"{path}/{made}", version)
        more: dict[str, Any] = {"contact": {}} if path == "/suppliers" else {}
        wire.call("PUT", f"{path}/{made}", {"name": f"{path} {version}"} | more, version)
    return member


def delete(wire: WireClient, member: str, version: str) -> None:
    """Delete what was made, and what it refers to."""
    row = wire.get(f"/products/{member}", version)["data"]
    wire.call("DELETE", f"/products/{member}", None, version)
    wire.call("DELETE", f"/products/{row['variant_parent_id']}/all", None, version)
    for path, made in (("/brands", row["brand_id"]), ("/suppliers", row["supplier_id"])):
        wire.call("DELETE", f"{path}/{made}", None, version)


def test_a_day_of_traffic_is_valid_on_both_sides(record: Path, spec_dir: Path) -> None:
    with LightspeedServer(config=AccountConfig(record=record)) as shop, WireClient(shop) as wire:
        shop.cloud.load(demo_products())
        for version in ("2.0", "2026-07"):
            a_day(wire, version)
            member = create(wire, version)
            if version == "2.0":
                delete(wire, member, version)
        wire.get("/inventory?after=0&page_size=5000", "2.0")
        wire.post("/inventory", {"after": 0, "size": 5000, "sort_direction": "asc"}, "2026-07")
        wire.post("/inventory_levels", {"product_ids": [member]}, "2026-07")
        wire.call("PUT", f"/products/{member}", {"common": {"track_inventory": False}}, "2026-07")
        hook = {"type": "product.update", "url": "https://hooks.example/h", "active": False}
        made = wire.post("/webhooks", hook, "2026-07")["data"]["id"]
        wire.get("/webhooks", "2026-07")
        wire.get(f"/webhooks/{made}", "2026-07")
        wire.call("PUT", f"/webhooks/{made}", hook, "2026-07")
        wire.call("DELETE", f"/webhooks/{made}", None, "2026-07")
        asked = {*shop.account.calls.counted()}
    assert asked == {f"{each.method} {each.template}" for each in OPERATIONS}
    lines = record.read_text().splitlines()
    assert {json.loads(line)["status"] for line in lines} == {200, 201}
    assert len(lines) > 45
    assert validate_traffic(record, spec_dir) == []


SAMPLES = {"integer": "1", "boolean": "true", "string": "none"}


def test_every_documented_parameter_of_a_list_is_taken(
    shop: Shop, vendors_text: Path | None
) -> None:
    if vendors_text is None:
        pytest.skip("needs the vendor's text in ../shared/spec/pos")
    (file,) = vendors_text.glob("lightspeed-x-series-api-2.0.*")
    paths = json.loads(file.read_text(encoding="utf-8"))["paths"]
    lists = [each for each in OPERATIONS if each.method == "GET" and "2.0" in each.wires]
    asked = 0
    for template in {each.template for each in lists} & {path for path in paths if "{" not in path}:
        for parameter in paths[template]["get"].get("parameters", []):
            name, schema = parameter["name"], parameter["schema"]
            if (template, name) == ("/product_categories", "after"):
                continue  # the id of a category, which another test has
            value = schema.get("enum", [SAMPLES[schema["type"]]])[0]
            answer = shop.call("GET", f"{template}?{name}={value}", version="2.0")
            assert answer.status_code == 200, (template, name, answer.text)
            asked += 1
    assert asked > 25


def test_refusals_have_two_texts(record: Path, spec_dir: Path) -> None:
    with LightspeedServer(config=AccountConfig(record=record)) as shop, WireClient(shop) as wire:
        wire.call("GET", "/products/unknown", None, "2.0")
        wire.call("GET", "/products?colour=red", None, "2.0")
        wire.call("POST", "/products", {"name": ""}, "2.0")
        shop.account.quota.spend(350)
        wire.call("GET", "/products", None, "2.0")
    statuses = [json.loads(line)["status"] for line in record.read_text().splitlines()]
    assert statuses == [404, 400, 422, 429]
    assert validate_traffic(record, spec_dir) == []


@pytest.mark.parametrize(
    ("spoil", "part"),
    [
        (lambda call: call.update(query="colour=red"), "query"),
        (lambda call: call.update(query="after=x"), "query"),
        (lambda call: call.update(status=202), "answer"),
        (lambda call: call["response_body"]["data"][0].update(name=7), "answer body"),
        (lambda call: call["response_body"]["data"][0]["product_codes"][0].update(type="GTIN"), "answer body"),
        (lambda call: call.update(status=404), "answer body"),
        (lambda call: call.update(path="/api/2.0/nonsense"), "request"),
    ],
)  # fmt: skip
def test_a_call_that_strays_from_the_documentation_is_found(
    record: Path, spec_dir: Path, spoil: Callable[[dict[str, Any]], object], part: str
) -> None:
    with LightspeedServer(config=AccountConfig(record=record)) as shop, WireClient(shop) as wire:
        shop.cloud.save_product("p-mug", name="Mug", sku="MUG1")
        wire.get("/products", "2.0")
    call = json.loads(record.read_text())
    spoil(call)
    record.write_text(json.dumps(call) + "\n")
    assert {problem.part for problem in validate_traffic(record, spec_dir)} == {part}
