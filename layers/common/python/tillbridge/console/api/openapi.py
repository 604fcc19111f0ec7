"""The OpenAPI of the API, made from its routes and models: what contracts/console.openapi.json holds."""

import json
from collections.abc import Iterator
from typing import Any

from aws_lambda_powertools.event_handler.openapi.models import HTTPBearer

from tillbridge.console.api import app
from tillbridge.console.api.models.problem import Problem
from tillbridge.console.api.problem import CONTENT_TYPE

_REFERS = "#/components/schemas/"


def openapi() -> str:
    """Return the document, as JSON that ends with a line break."""
    made = app.resolver.get_openapi_json_schema(
        title="Tillbridge's console",
        version="1",
        openapi_version="3.1.0",
        description="Lists, plans and jobs of the stores that you may see (docs/console-api.md).",
        security_schemes={"token": HTTPBearer(scheme="bearer", bearerFormat="JWT")},
        security=[{"token": []}],
    )
    document: dict[str, Any] = json.loads(made)
    schemas = document["components"]["schemas"]
    told = Problem.model_json_schema(ref_template=_REFERS + "{model}")
    schemas.update(told.pop("$defs"), Problem=told)
    for operation in (each for path in document["paths"].values() for each in path.values()):
        good = {status: it for status, it in operation["responses"].items() if status < "4"}
        operation["responses"] = {**good, "default": _a_problem()}
    used = set(_referred(document["paths"], schemas))
    document["components"]["schemas"] = {name: schemas[name] for name in sorted(used)}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _a_problem() -> dict[str, Any]:
    schema = {"$ref": f"{_REFERS}Problem"}
    return {"description": "The call was refused.", "content": {CONTENT_TYPE: {"schema": schema}}}


def _referred(part: Any, schemas: dict[str, Any]) -> Iterator[str]:
    """Yield the name of each schema that a part of the document needs."""
    if isinstance(part, list):
        for each in part:
            yield from _referred(each, schemas)
    elif isinstance(part, dict):
        name = str(part.get("$ref", "")).removeprefix(_REFERS)
        if name:
            yield name
            yield from _referred(schemas[name], schemas)
        for each in part.values():
            yield from _referred(each, schemas)
