"""The schemas of contracts/events/ as validators."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tillbridge.domain.web_orders.order_events import SOURCE

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "contracts" / "events"
NINE = {
    "product.saved",
    "product.imported",
    "sale.completed",
    "refund.completed",
    "exchange.completed",
    "inventory_count.completed",
    "stock_order.completed",
    "stock_transfer.completed",
    "stock_adjustment.completed",
}
"""The nine triggers, as the push article names them."""


def schema_paths() -> list[Path]:
    return sorted(FOLDER.rglob("*.schema.json"))


@cache
def _registry() -> Registry[Any]:
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in schema_paths()]
    resources = [(doc["$id"], Resource.from_contents(doc)) for doc in documents]
    return Registry().with_resources(resources)


@cache
def validator(detail_type: str, of: str = "") -> Draft202012Validator:
    """Return the validator of a type of events; `of`: the folder of those that Tillbridge sends."""
    path = FOLDER / of / f"{detail_type}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(schema, registry=_registry(), format_checker=checker)


def complaints(entry: dict[str, Any]) -> list[str]:
    """Return what the contract finds wrong with a bus entry; nothing when it keeps the contract."""
    of = "orders" if entry["source"] == SOURCE else ""
    errors = validator(entry["detail-type"], of).iter_errors(entry["detail"])
    return [f"{error.json_path}: {error.message}" for error in errors]
