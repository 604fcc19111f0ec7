"""A client that is made from the vendor's OpenAPI text, and knows nothing else, calls whatever the text has."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from sandbox.lightspeed_x.server.routing import OPERATIONS
from tests.beside import Beside
from tests.contract.lightspeed_openapi import METHODS, validate_traffic
from tests.contract.schema_values import Known, Schema, resolved, value
from tests.sandbox.lightspeed_x.conftest import Clock, Shop, a_mug, a_shirt

CALLS = 120
"""Calls of one run, on one account: what one of them makes, another reads, renames or deletes."""


@dataclass(frozen=True, slots=True)
class Documented:
    """An operation of the text."""

    method: str
    template: str
    definition: Schema

    @property
    def name(self) -> str:
        """Return its name without those of its parameters, which the sandbox calls otherwise."""
        return f"{self.method} {re.sub(r'{[^}]+}', '{}', self.template)}"


@pytest.fixture(scope="module")
def folder(beside: Beside) -> Path:
    return beside("spec", "pos")


@pytest.fixture(scope="module")
def text(folder: Path) -> dict[str, Any]:
    (file,) = folder.glob("lightspeed-x-series-api-2.0.*")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def operations(text: Schema) -> Iterator[Documented]:
    for template, item in text["paths"].items():
        for method in METHODS:
            if method in item:
                yield Documented(method.upper(), template, item[method])


def served(text: Schema) -> list[Documented]:
    """Return what the text and the sandbox both have."""
    ours = {
        f"{each.method} {re.sub(r'{[^}]+}', '{}', each.template)}"
        for each in OPERATIONS
        if "2.0" in each.wires
    }
    return [each for each in operations(text) if each.name in ours]


def known_ids(shop: Shop) -> Known:
    """Return the ids that an account has, by the fields and parameters that mean them."""
    names = shop.account.names
    ids = {
        "product_id": [row.id for row in shop.account.book.products.every()],
        "brand_id": [row.id for row in names.brands.every()],
        "supplier_id": [row.id for row in names.suppliers.every()],
        "product_category_id": [row.id for row in names.categories.every()],
        "attribute_id": [row.id for row in names.attributes.every()],
        "outlet_id": [*shop.control.ids()["outlets"].values()],
    }
    ids["parent_category_id"] = ids["product_type_id"] = ids["product_category_id"]
    return ids


def a_call(dice: Random, text: Schema, operation: Documented, known: Known) -> tuple[str, Any]:
    """Return the path of a call, with its query, and its body."""
    path = operation.template
    query: list[tuple[str, str]] = []
    for each in operation.definition.get("parameters", []):
        parameter = resolved(text, each)
        name, schema = parameter["name"], parameter["schema"]
        if parameter["in"] == "path":
            ours = known.get(name) if dice.random() < 0.8 else None
            drawn = dice.choice(ours) if ours else value(dice, text, schema, known)
            path = path.replace(f"{{{name}}}", quote(str(drawn) or "x", safe=""))
        elif parameter["in"] == "query" and dice.random() < 0.5:
            drawn = value(dice, text, schema, known)
            query.append((name, str(drawn).lower() if isinstance(drawn, bool) else str(drawn)))
    body = None
    if "requestBody" in operation.definition:
        sent = resolved(text, operation.definition["requestBody"])
        body = value(dice, text, sent["content"]["application/json"]["schema"], known)
    return path + (f"?{urlencode(query)}" if query else ""), body


@pytest.mark.parametrize("seed", range(12))
def test_every_answer_to_a_valid_call_is_documented(
    text: dict[str, Any], folder: Path, tmp_path: Path, seed: int
) -> None:
    record, dice = tmp_path / "traffic.jsonl", Random(seed)
    shop = Shop(Clock(), record=record)
    a_mug(shop, brand="Clay", vendor="Clay Yard", department="Kitchen", cost="4.1")
    a_shirt(shop)
    ours = served(text)
    taken: set[str] = set()
    for _ in range(CALLS):
        operation = dice.choice(ours)
        path, body = a_call(dice, text, operation, known_ids(shop))
        answer = shop.call(operation.method, path, body, version="2.0")
        assert answer.status_code < 500
        taken |= {operation.name} if answer.ok else set()
    assert validate_traffic(record, folder) == []
    assert len(taken) > len(ours) / 2, "a client that is always refused shows nothing"


def test_what_the_sandbox_does_not_serve_is_not_found(
    text: dict[str, Any], folder: Path, tmp_path: Path
) -> None:
    record = tmp_path / "traffic.jsonl"
    shop = Shop(Clock(), record=record)
    ours = {each.name for each in served(text)}
    others = [each for each in operations(text) if each.name not in ours]
    assert (len(ours) > 20, len(others) > 60) == (True, True)
    shop.account.quota.limit = 1_000
    for each in others:
        path = re.sub(r"{[^}]+}", "0adaafb3-6583-11e5-fb60-d5b67a17df2f", each.template)
        body: dict[str, Any] | None = {} if "requestBody" in each.definition else None
        answer = shop.call(each.method, path, body, version="2.0")
        assert answer.status_code in (404, 405), each.name
        assert set(answer.json()) == {"error", "message"}
    assert validate_traffic(record, folder) == []
