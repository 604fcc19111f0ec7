"""The client of the POS under test, and checks of responses against the contract's schemas.

The contract is contracts/pos-api.openapi.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

import requests
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from sandbox.project import project_files
from tillbridge.adapters.http import new_http_session

CONTRACT = project_files() / "contracts" / "pos-api.openapi.yaml"
_TIMEOUT_S = (5, 30)


class Missing(Exception):
    """The server does not do what the contract says; the message says how."""


class NotKnown(Exception):
    """The server does not know an optional part of the contract; the message says which."""


class PosUnderTest:
    """The server under test, called with one token."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/")
        self._session = new_http_session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def call(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, Any] | None = None,
        body: dict[str, Any] | None = None,
        headers: dict[str, str | None] | None = None,
    ) -> requests.Response:
        """Return the response, whatever its status. Raise Missing when there is none."""
        try:
            return self._session.request(
                method,
                self._url + path,
                params=query,
                json=body,
                headers=headers,
                timeout=_TIMEOUT_S,
            )
        except requests.RequestException as error:
            words = f"no answer from {self._url}{path} ({type(error).__name__})"
            raise Missing(words) from error

    def json(
        self, method: str, path: str, expected: tuple[int, ...] = (200,), **kwargs: Any
    ) -> dict[str, Any]:
        """Return the JSON object of a response with an expected status. Raise Missing."""
        answered = self.call(method, path, **kwargs)
        if answered.status_code not in expected:
            raise Missing(f"{method} {path} returns {answered.status_code}")
        return json_object(answered)


def json_object(answered: requests.Response) -> dict[str, Any]:
    """Return the body as a JSON object. Raise Missing."""
    try:
        body = answered.json()
    except requests.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        raise Missing(f"the response ({answered.status_code}) is not a JSON object")
    return body


def must_fit(body: Any, schema: str, what: str) -> None:
    """Raise Missing, naming the first places, when `body` does not fit the named schema."""
    errors = sorted(_validator(schema).iter_errors(body), key=lambda error: error.json_path)
    if errors:
        shown = "; ".join(f"{error.json_path}: {error.message[:120]}" for error in errors[:3])
        more = f" (and {len(errors) - 3} more)" if len(errors) > 3 else ""
        raise Missing(f"{what}: {shown}{more}")


def required_keys(schema: str) -> list[str]:
    """Return the keys that the named schema requires, in the contract's order."""
    return list(_contract()["components"]["schemas"][schema]["required"])


def optional_values(schema: str) -> dict[str, Any]:
    """Return the optional keys of the named schema, each with the contract's example value."""
    schemas = _contract()["components"]["schemas"]
    wanted = schemas[schema]
    found = {}
    for key, value in wanted["properties"].items():
        if key not in wanted["required"]:
            found[key] = schemas[value["$ref"].rsplit("/", 1)[1]]["examples"][0]
    return found


@cache
def _contract() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
    return document


@cache
def _validator(schema: str) -> Draft202012Validator:
    document = _contract()
    address = "urn:pos-api"
    registry: Registry[Any] = Registry()
    registry = registry.with_resource(address, DRAFT202012.create_resource(document))
    return Draft202012Validator(
        {"$ref": f"{address}#/components/schemas/{schema}"},
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
