"""The golden events keep the contract, or break it in exactly the way that their name says."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from events.wrap import bus_entries, lambda_events, text
from sandbox.pos.cloud import PosCloud
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.publisher import ListPublisher
from tests.contract.event_schemas import FOLDER, NINE, ROOT, complaints, schema_paths, validator

BUS = ROOT / "events" / "bus"
# Well formed; refused for what a schema cannot know: stores, buckets, bytes.
REFUSED_LATER = {
    "poison.unknown-store",
    "poison.claim-check-foreign-bucket",
    "poison.claim-check-bad-hash",
}


def files() -> list[Path]:
    return sorted(BUS.glob("*.json"))


def good_files() -> list[Path]:
    return [p for p in files() if not p.stem.startswith(("poison.", "neighbours"))]


def poison_files() -> list[Path]:
    poisoned = [path for path in files() if path.stem.startswith("poison.")]
    return [path for path in poisoned if path.stem not in REFUSED_LATER]


def stem(path: Path) -> str:
    return path.stem


def test_every_trigger_and_a_push_by_hand_has_a_golden_event() -> None:
    assert {path.stem for path in files()} >= NINE | {"push.requested"}


@pytest.mark.parametrize("path", schema_paths(), ids=stem)
def test_a_schema_is_itself_valid(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("detail_type", sorted(NINE))
def test_each_of_the_nine_triggers_has_a_schema(detail_type: str) -> None:
    assert (FOLDER / f"{detail_type}.schema.json").is_file()


@pytest.mark.parametrize("path", good_files(), ids=stem)
def test_a_golden_event_keeps_its_contract(path: Path) -> None:
    assert [complaints(entry) for entry in bus_entries(path)] == [[] for _ in bus_entries(path)]


@pytest.mark.parametrize("path", poison_files(), ids=stem)
def test_a_poisoned_event_breaks_its_contract(path: Path) -> None:
    for entry in bus_entries(path):
        assert complaints(entry)


@pytest.mark.parametrize("name", sorted(REFUSED_LATER))
def test_some_poison_can_only_be_told_by_looking_further(name: str) -> None:
    for entry in bus_entries(BUS / f"{name}.json"):
        assert complaints(entry) == []


def test_good_neighbours_surround_the_bad_one() -> None:
    verdicts = [bool(complaints(entry)) for entry in bus_entries(BUS / "neighbours.json")]
    assert verdicts == [False, True, False]


def test_golden_events_speak_of_products_the_sandbox_pos_has_at_these_versions() -> None:
    cloud = PosCloud(ListPublisher())
    cloud.load(demo_products())
    known = {product.id: product.version for product in cloud.catalogue.live()}
    shown = [
        path for path in good_files() if "ahead" not in path.stem and "canary" not in path.stem
    ]
    for reference in (r for path in shown for e in bus_entries(path) for r in references(e)):
        assert reference.get("version", 0) <= known[reference["product_id"]]


def references(entry: dict[str, Any]) -> list[dict[str, Any]]:
    data = entry["detail"]["data"]
    asked = [{"product_id": product_id} for product_id in data.get("product_ids", [])]
    return [*data.get("products", []), *asked]


def test_the_claim_check_names_the_object_that_lies_beside_it() -> None:
    (entry,) = bus_entries(BUS / "product.imported.claim-check.json")
    data = entry["detail"]["data"]
    body = (ROOT / "events" / "objects" / data["dataref"].split("/", 3)[3]).read_bytes()
    assert hashlib.sha256(body).hexdigest() == data["dataref_sha256"]
    lines = gzip.decompress(body).decode().splitlines()
    assert len(lines) == data["product_count"]
    assert json.loads(lines[0]).keys() == {"product_id", "version"}


def test_the_wrapped_events_are_in_step_with_the_bus_events() -> None:
    folder = ROOT / "events" / "lambda"
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    assert kept == {name: text(event) for name, event in lambda_events().items()}


def test_a_new_minor_version_with_new_fields_is_welcome_and_a_major_one_is_not() -> None:
    (entry,) = bus_entries(BUS / "sale.completed.new-fields.json")
    assert complaints(entry) == []
    entry["detail"]["metadata"]["schema_version"] = "2.0"
    assert complaints(entry)


@pytest.mark.parametrize(
    ("detail_type", "data"),
    [
        ("import.requested", {"bigcommerce_ids": [111]}),
        ("reconcile.requested", {}),
        ("plan.requested", {"plan": "01KAJ8Z3M000000000000000P0"}),
        ("link.requested", {"product_id": "p-1001", "bigcommerce_id": 111}),
        ("unlink.requested", {"product_id": "p-1001"}),
        ("undo.requested", {"product_id": "p-1001"}),
    ],
)
def test_what_people_ask_for_has_a_contract(detail_type: str, data: dict[str, Any]) -> None:
    (push,) = bus_entries(BUS / "push.requested.json")
    detail = {"metadata": push["detail"]["metadata"], "data": data}
    assert validator(detail_type).is_valid(detail)
    del detail["metadata"]["store_id"]
    assert not validator(detail_type).is_valid(detail)
