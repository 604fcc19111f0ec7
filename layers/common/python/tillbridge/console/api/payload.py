"""The body of a call, from the gateway's event to JSON: refused before it is parsed where it is too large or
no JSON."""

import base64
import json
from collections.abc import Mapping
from typing import Any, NoReturn

from tillbridge.console.api.problem import Refused

MOST_BYTES = 256 * 1024


def body_of(event: Mapping[str, Any]) -> str:
    """Return an event's body as text. Raise Refused when it has over MOST_BYTES or is not UTF-8."""
    text = event.get("body") or ""
    encoded = bool(event.get("isBase64Encoded"))
    try:
        raw = base64.b64decode(text, validate=True) if encoded else text.encode()
    except ValueError as error:
        raise _unreadable() from error
    if len(raw) > MOST_BYTES:
        words = f"The body is over {MOST_BYTES // 1024} kB. Choose by a question instead of by ids."
        raise Refused(413, "too_large", words)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise _unreadable() from error


def check_is_json(headers: Mapping[str, str]) -> None:
    """Raise Refused unless the body is said to be JSON (`headers` in small letters): a form of another site
    cannot say so."""
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "not_json", "Send JSON, with the header Content-Type: application/json.")


def parsed(text: str) -> dict[str, Any]:
    """Return the object that a JSON text holds. Raise Refused for anything else, and for what could not be
    kept or sent on: numbers that are none, halves of a character, a depth that no reader takes."""
    try:
        value = json.loads(text, parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    if not isinstance(value, dict):
        raise _unreadable()
    return value


def _no_number(_: str) -> NoReturn:
    raise ValueError


def _unreadable() -> Refused:
    return Refused(400, "unreadable", "The body is no JSON object in UTF-8.")
