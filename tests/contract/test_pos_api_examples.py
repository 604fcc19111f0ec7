"""The examples of contracts/pos-api.openapi.yaml: every body has one, and each fits the schema beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cli.check_pos.client import CONTRACT

DOCUMENT: dict[str, Any] = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))


def _bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            said = {"request": operation.get("requestBody", {}), **operation["responses"]}
            for which, answer in said.items():
                for media in _resolved(answer).get("content", {}).values():
                    yield f"{method.upper()} {path} {which}", media


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    found: Any = DOCUMENT
    for part in node["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return dict(found)


BODIES = list(_bodies())


@pytest.mark.parametrize("media", [media for _, media in BODIES], ids=[name for name, _ in BODIES])
def test_every_body_has_an_example_that_fits_its_schema(media: dict[str, Any]) -> None:
    examples = [_resolved(each)["value"] for each in media["examples"].values()]
    judge = Draft202012Validator(
        {**DOCUMENT, **media["schema"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    assert examples
    for example in examples:
        assert [f"{each.json_path}: {each.message}" for each in judge.iter_errors(example)] == []


def test_every_example_is_used() -> None:
    used = {
        each["$ref"].rsplit("/", 1)[1] for _, media in BODIES for each in media["examples"].values()
    }
    assert used == set(DOCUMENT["components"]["examples"])


def test_one_example_is_a_complete_record_without_options_and_one_with() -> None:
    simple, family, gone = DOCUMENT["components"]["examples"]["ChangesPage"]["value"]["data"]
    assert set(DOCUMENT["components"]["schemas"]["Product"]["required"]) <= set(simple)
    assert (simple["variants"], len(family["variants"]), bool(gone["deleted_at"])) == ([], 2, True)


def test_the_page_for_vendors_shows_a_record_of_the_contract(repository: Path) -> None:
    page = (repository / "docs" / "your-pos-in-ten-minutes.md").read_text(encoding="utf-8")
    record = json.loads(page.partition("```json")[2].partition("```")[0])
    assert record == DOCUMENT["components"]["examples"]["ChangesPage"]["value"]["data"][0]
