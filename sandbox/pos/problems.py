"""Answers: JSON, and errors as RFC 9457 problem documents."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError
from starlette.responses import Response

from sandbox.pos.refusal import PosRefusal


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return a JSON answer."""
    content = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
    return Response(content, status, headers, "application/json")


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    headers: dict[str, str] | None = None,
    **members: Any,
) -> Response:
    """Return an RFC 9457 problem; `code` is for programs, `detail` for people."""
    body = {"type": f"urn:tillbridge:pos:{code}", "title": code.replace("_", " "), "status": status}
    content = json.dumps(body | {"detail": detail, "code": code} | members).encode()
    return Response(content, status, headers, "application/problem+json")


def refused(refusal: PosRefusal) -> Response:
    """Return the problem document of a refusal."""
    if refusal.existing_id is None:
        return problem(refusal.status, refusal.code, refusal.words, **refusal.more)
    return problem(refusal.status, refusal.code, refusal.words, existing_id=refusal.existing_id)


def invalid(error: ValidationError) -> Response:
    """Return the problem that names each invalid field, without the values sent."""
    errors = [
        {"field": ".".join(str(part) for part in found["loc"]), "detail": found["msg"]}
        for found in error.errors(include_input=False, include_url=False, include_context=False)
    ]
    return problem(422, "invalid", "Some values are not valid.", errors=errors)
