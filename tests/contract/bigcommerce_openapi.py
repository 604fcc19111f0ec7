"""Check recorded BigCommerce traffic against BigCommerce's own OpenAPI files.

Both sides of each call are checked: what was sent (parameters, headers, body) and what was
answered. The files are read in place and never copied; their known errors are listed below."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import yaml
from openapi_schema_validator import OAS30Validator, oas30_format_checker

PREFIX = re.compile(r"^/stores/[^/]+(?P<path>/v[23]/.*)$")
METHODS = ("get", "post", "put", "delete")
# Answers of the gateway: the same for every operation, and documented with none of them.
GATEWAY_STATUSES = frozenset({400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 429})
WAYS = ("asc", "desc")


@dataclass(frozen=True, slots=True)
class Problem:
    """One disagreement between a recorded call and the documentation."""

    line: int
    operation: str
    part: str
    message: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation with the file it is in."""

    pattern: re.Pattern[str]
    method: str
    template: str
    parameters: list[dict[str, Any]]
    definition: dict[str, Any]
    spec: dict[str, Any] = field(repr=False)
    lists: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    # Kept, because building a validator costs more than using it.
    validators: dict[int, Any] = field(default_factory=dict, repr=False)


def validate_traffic(record_path: Path, spec_dir: Path) -> list[Problem]:
    """Return every disagreement between a record (JSON lines) and the files in spec_dir.

    Calls whose connection was dropped have no answer to check; server errors have no schema.
    """
    operations = load_operations(spec_dir)
    problems: list[Problem] = []
    with record_path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            exchange = json.loads(line)
            operation = _find(operations, exchange)
            name = f"{exchange['method']} {exchange['path']}"
            if operation is None:
                problems.append(Problem(number, name, "request", "no documented operation"))
                continue
            name = f"{operation.method.upper()} {operation.template}"
            for part, message in (*_request(operation, exchange), *_answer(operation, exchange)):
                problems.append(Problem(number, name, part, message))
    return problems


@cache
def load_operations(spec_dir: Path) -> list[Operation]:
    """Read every OpenAPI file below a folder; fixed paths go before those with parameters."""
    operations: list[Operation] = []
    for file in sorted(spec_dir.rglob("*.y*ml")):
        spec = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        mend(spec)
        version = re.search(r"/v[23]$", spec["servers"][0]["url"])
        assert version is not None, file
        for path, item in spec["paths"].items():
            template = version.group() + path
            pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", template))
            for method in METHODS:
                if method in item:
                    listed = [*item.get("parameters", []), *item[method].get("parameters", [])]
                    parameters = [_resolve(spec, parameter) for parameter in listed]
                    operations.append(
                        Operation(pattern, method, template, parameters, item[method], spec)
                    )
    return sorted(operations, key=lambda operation: operation.template.count("{"))


def mend(node: Any) -> None:
    """Repair, in place, what the files are known to get wrong.

    oneOf: an image's answer fits both of its alternatives, which oneOf forbids.
    An inline variant "requires" the ids that its creation gives it.
    A category needs "tree_id or parent_id" in words, and both in the schema.
    x-nullable is the older spelling of nullable, left over in the variant batch and list.
    base_variant_id is null for a product with real variants, as its description says.
    A direction may follow what v2 sorts by, as the parameter's description says.
    An inventory setting is null for a channel that inherits it, as the answer's description says.
    A client without webhooks lists none, though the list "has" at least one.
    """
    if isinstance(node, dict):
        _mend_orders_and_hooks(node)
        if isinstance(node.get("oneOf"), list):
            node["anyOf"] = node.pop("oneOf")
        if node.get("required") == ["sku", "id", "product_id"]:
            node["required"] = ["sku"]
        if node.get("required") == ["tree_id", "parent_id"]:
            node["anyOf"] = [{"required": [name]} for name in node.pop("required")]
        if node.get("x-nullable") is True:
            node["nullable"] = True
        base = node.get("base_variant_id")
        if isinstance(base, dict):
            base["nullable"] = True
        for value in node.values():
            mend(value)
    elif isinstance(node, list):
        for value in node:
            mend(value)


def _mend_orders_and_hooks(node: dict[str, Any]) -> None:
    if node.get("name") == "sort" and "add `:asc` or `:desc`" in node.get("description", ""):
        fields = node["schema"]["enum"]
        node["schema"]["enum"] = [*fields, *(f"{name}:{way}" for name in fields for way in WAYS)]
    if node.get("minItems") == 1 and node.get("uniqueItems") is True:
        node.pop("minItems")
    if "update_stock_behavior" in node:
        for setting in node.values():
            setting["nullable"] = True
            if "enum" in setting:
                setting["enum"] = [*setting["enum"], None]


def _find(operations: Iterable[Operation], exchange: dict[str, Any]) -> Operation | None:
    hit = PREFIX.match(exchange["path"])
    if hit is None:
        return None
    path, method = hit.group("path"), exchange["method"].lower()
    return next(
        (item for item in operations if item.method == method and item.pattern.fullmatch(path)),
        None,
    )


def _resolve(spec: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = spec
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def _faults(operation: Operation, schema: dict[str, Any], value: Any) -> Iterator[str]:
    validator = operation.validators.get(id(schema))
    if validator is None:
        root = {**schema, "components": operation.spec.get("components", {})}
        validator = OAS30Validator(root, format_checker=oas30_format_checker)
        operation.validators[id(schema)] = validator
    for error in validator.iter_errors(value):
        place = "/".join(str(part) for part in error.absolute_path) or "(whole)"
        yield f"{place}: {error.message[:300]}"


def _request(operation: Operation, exchange: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _query(operation, exchange)
    headers = exchange["request_headers"]
    for parameter in operation.parameters:
        needed = parameter["in"] == "header" and parameter.get("required")
        if parameter["name"] == "Content-Type" and "requestBody" not in operation.definition:
            continue  # "required" of a GET, which has no body
        if needed and parameter["name"].lower() not in headers:
            yield "request header", f"{parameter['name']} is missing"
    if "requestBody" not in operation.definition:
        return
    content = _resolve(operation.spec, operation.definition["requestBody"])["content"]
    schema = content["application/json"]["schema"]
    for fault in _faults(operation, schema, exchange["request_body"]):
        yield "request body", fault


def _query(operation: Operation, exchange: dict[str, Any]) -> Iterator[tuple[str, str]]:
    known = {item["name"]: item for item in operation.parameters if item["in"] == "query"}
    for name, text in parse_qsl(exchange["query"], keep_blank_values=True):
        parameter = known.get(name)
        if parameter is None:
            yield "query", f"{name} is not documented"
            continue
        schema = _resolve(operation.spec, parameter.get("schema", {}))
        if name.endswith(":in") and schema.get("type") != "array":
            # The Inventory API documents its lists as single values.
            schema = operation.lists.setdefault(name, {"type": "array", "items": schema})
        for fault in _faults(operation, schema, _typed(operation, schema, text)):
            yield "query", f"{name}: {fault}"


def _typed(operation: Operation, schema: dict[str, Any], text: str) -> Any:
    """Return a query value as its schema means it."""
    kind = schema.get("type")
    if kind == "array":
        items = _resolve(operation.spec, schema.get("items", {}))
        return [_typed(operation, items, part) for part in text.split(",")]
    if kind == "boolean":
        return {"true": True, "false": False}.get(text.lower(), text)
    if kind in ("integer", "number"):
        try:
            return int(text)
        except ValueError:
            return float(text) if re.fullmatch(r"-?\d+\.\d+", text) else text
    return text


def _answer(operation: Operation, exchange: dict[str, Any]) -> Iterator[tuple[str, str]]:
    status = exchange["status"]
    if status is None or status >= 500:
        return
    responses = operation.definition["responses"]
    response = responses.get(str(status)) or responses.get(status)
    if response is None:
        # Lists of v2 answer 204 where there is nothing to list, which only prose says.
        empty = status == 204 and operation.template.startswith("/v2/")
        if status not in GATEWAY_STATUSES and not empty:
            yield "answer", f"status {status} is not documented"
        return
    content = _resolve(operation.spec, response).get("content") or {}
    given = exchange["response_headers"].get("content-type", "").split(";")[0]
    if not content or "json" not in given:
        return
    if given not in content:
        yield "answer", f"content type {given} is not documented with status {status}"
        return
    schema = content[given].get("schema")
    if schema:
        for fault in _faults(operation, schema, exchange["response_body"]):
            yield "answer body", fault
