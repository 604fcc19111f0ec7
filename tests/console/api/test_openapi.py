"""What integrators read is what the code does: contracts/console.openapi.json is made from it."""

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tillbridge.console.api.openapi import openapi
from tillbridge.console.api.routes import API_ROUTES, BEGIN

DOCUMENT: dict[str, Any] = json.loads(openapi())
OPERATIONS = {
    (method.upper(), path): operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


def test_the_contract_is_what_the_code_says(repository: Path) -> None:
    kept = (repository / "contracts" / "console.openapi.json").read_text(encoding="utf-8")
    assert kept == openapi(), "write it anew: make openapi"


def test_it_is_openapi() -> None:
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_it_has_every_route() -> None:
    assert set(OPERATIONS) == {(route.method, BEGIN + route.path) for route in API_ROUTES}


@pytest.mark.parametrize("route", API_ROUTES, ids=lambda route: route.name)
def test_a_route_tells_its_name_its_answer_and_its_problems(route: Any) -> None:
    told = OPERATIONS[route.method, BEGIN + route.path]
    assert told["operationId"] == route.name
    assert set(told["responses"]) == {str(route.status), "default"}
    assert "$ref" in told["responses"][str(route.status)]["content"]["application/json"]["schema"]
    assert "application/problem+json" in told["responses"]["default"]["content"]
    assert told["summary"]


def test_every_call_needs_a_token() -> None:
    assert DOCUMENT["security"] == [{"token": []}]
    (scheme,) = DOCUMENT["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
