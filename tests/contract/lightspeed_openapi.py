"""Check recorded X-Series traffic against the vendor's own OpenAPI text, read in place.

Both sides of each call are checked: what was sent (query, body) and what was answered. Where the
folder has the text of the version that was called, that one is used, else that of 2.0; what a later
version has and 2.0 does not hold is listed below, and stands in the sandbox's own tests by the number
of its fact."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from openapi_schema_validator import OAS30Validator, oas30_format_checker

FILES = "lightspeed-x-series-*.openapi.json"
PATH = re.compile(r"^/api/(?P<version>[^/]+)(?P<path>/.*)$")
METHODS = ("get", "post", "put", "delete")
REFUSALS = frozenset({400, 401, 403, 404, 405, 409, 415, 422, 429})
"""Answers of the gateway, documented in prose and with almost no operation (fact 13)."""
NOT_IN_2_0 = frozenset(
    {
        "POST /inventory",
        "POST /inventory_levels",
        "PUT /products/{product_id}",
        "GET /webhooks",
        "POST /webhooks",
        "GET /webhooks/{webhook_id}",
        "PUT /webhooks/{webhook_id}",
        "DELETE /webhooks/{webhook_id}",
    }
)
"""Operations that only later versions have (facts 4, 5, 7 and 10)."""
QUERY_NOT_IN_2_0 = frozenset({"include_images", "includes[]"})
"""Parameters of products that only later versions have."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One disagreement between a recorded call and the documentation."""

    line: int
    operation: str
    part: str
    message: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation with the text it is in."""

    method: str
    template: str
    definition: dict[str, Any]
    spec: dict[str, Any] = field(repr=False)
    # Kept, because building a validator costs more than using it.
    validators: dict[int, Any] = field(default_factory=dict, repr=False)


def validate_traffic(record: Path, spec_dir: Path) -> list[Problem]:
    """Return every disagreement between a record (JSON lines) and the texts in spec_dir."""
    problems: list[Problem] = []
    for number, line in enumerate(record.read_text(encoding="utf-8").splitlines(), start=1):
        exchange = json.loads(line)
        found = _operation(spec_dir, exchange)
        name = f"{exchange['method']} {exchange['path']}"
        if found is None:
            if not _is_newer(exchange) and exchange["status"] not in (404, 405):
                problems.append(Problem(number, name, "request", "no documented operation"))
            continue
        parts = (*_query(found, exchange), *_sent(found, exchange), *_answered(found, exchange))
        problems += [Problem(number, name, part, message) for part, message in parts]
    return problems


@cache
def _spec(file: Path) -> dict[str, Any]:
    spec: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    mend(spec)
    return spec


def mend(spec: dict[str, Any]) -> None:
    """Repair, in place, what the text is known to get wrong.

    Code types are in lower case in its own samples, against its own enum (the stated exception).
    An empty page has null for its versions, as the later text says of the same object.
    The ids that a create answers are texts, as its own example shows, and no objects.
    """
    schemas = spec["components"]["schemas"]
    kind = schemas["ProductCode"]["properties"]["type"]
    kind["enum"] = [*kind["enum"], *(name.lower() for name in kind["enum"])]
    for bound in schemas["Version"]["properties"].values():
        bound["nullable"] = True
    made = spec["paths"]["/products"]["post"]["responses"]["200"]["content"]["application/json"]
    made["schema"]["properties"]["data"]["items"] = {"type": "string"}


@cache
def _operations(file: Path) -> list[tuple[re.Pattern[str], Operation]]:
    found: list[tuple[re.Pattern[str], Operation]] = []
    spec = _spec(file)
    for template, item in spec["paths"].items():
        pattern = re.compile(re.sub(r"\{[\w-]+\}", "[^/]+", template))
        found += [
            (pattern, Operation(method, template, item[method], spec))
            for method in METHODS
            if method in item
        ]
    return sorted(found, key=lambda each: each[1].template.count("{"))


def _operation(spec_dir: Path, exchange: dict[str, Any]) -> Operation | None:
    hit = PATH.match(exchange["path"])
    if hit is None:
        return None
    files = {_version(file): file for file in sorted(spec_dir.glob(FILES))}
    file = files.get(hit["version"]) or files["2.0"]
    method = exchange["method"].lower()
    return next(
        (
            operation
            for pattern, operation in _operations(file)
            if operation.method == method and pattern.fullmatch(hit["path"])
        ),
        None,
    )


def _version(file: Path) -> str:
    return str(_spec(file)["servers"][0]["url"]).rsplit("/", 1)[-1]


def _is_newer(exchange: dict[str, Any]) -> bool:
    hit = PATH.match(exchange["path"])
    path = hit["path"] if hit and hit["version"] != "2.0" else ""
    template = re.sub(r"^(/products|/webhooks)/[^/]+$", r"\1/{id}", path)
    name = f"{exchange['method']} {template}"
    return name in {re.sub(r"\{\w+\}", "{id}", each) for each in NOT_IN_2_0}


def _resolve(spec: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = spec
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def _faults(operation: Operation, schema: dict[str, Any], value: Any) -> Iterator[str]:
    validator = operation.validators.get(id(schema))
    if validator is None:
        root = {**schema, "components": operation.spec["components"]}
        validator = OAS30Validator(root, format_checker=oas30_format_checker)
        operation.validators[id(schema)] = validator
    for error in validator.iter_errors(value):
        place = "/".join(str(part) for part in error.absolute_path) or "(whole)"
        yield f"{place}: {error.message[:300]}"


def _query(operation: Operation, exchange: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if exchange["status"] in REFUSALS:
        return
    listed = [_resolve(operation.spec, p) for p in operation.definition.get("parameters", [])]
    known = {each["name"]: each["schema"] for each in listed if each["in"] == "query"}
    for name, text in parse_qsl(exchange["query"], keep_blank_values=True):
        if name in QUERY_NOT_IN_2_0 and not exchange["path"].startswith("/api/2.0/"):
            continue
        if name not in known:
            yield "query", f"{name} is not documented"
            continue
        schema = _resolve(operation.spec, known[name])
        value = _typed(schema.get("type", ""), text)
        yield from (("query", f"{name}: {fault}") for fault in _faults(operation, schema, value))


def _typed(kind: str, text: str) -> Any:
    if kind == "integer" and text.lstrip("-").isdigit():
        return int(text)
    return {"true": True, "false": False}.get(text, text) if kind == "boolean" else text


def _sent(operation: Operation, exchange: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if exchange["status"] in REFUSALS or "requestBody" not in operation.definition:
        return
    body = _resolve(operation.spec, operation.definition["requestBody"])
    schema = body["content"]["application/json"]["schema"]
    for fault in _faults(operation, schema, exchange["request_body"]):
        yield "request body", fault


def _answered(operation: Operation, exchange: dict[str, Any]) -> Iterator[tuple[str, str]]:
    status = exchange["status"]
    if status is None or status >= 500:
        return
    if status in REFUSALS:
        if set(exchange["response_body"] or {}) != {"error", "message"}:
            yield "answer body", "a refusal has error and message"
        return
    response = operation.definition["responses"].get(str(status))
    if response is None:
        yield "answer", f"status {status} is not documented"
        return
    content = _resolve(operation.spec, response).get("content", {}).get("application/json")
    if content:
        for fault in _faults(operation, content["schema"], exchange["response_body"]):
            yield "answer body", fault
