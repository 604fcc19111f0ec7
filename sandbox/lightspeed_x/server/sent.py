"""What a client receives of an answer: whole, packed, lost, broken, or refused in other words."""

import gzip
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.lightspeed_x.calls.refusal import Refusal
from sandbox.lightspeed_x.state.hazards import Broken, RefusalBody
from sandbox.lightspeed_x.wire.json_text import json_text

LEAST_PACKED = 1_000
"""Bytes of the shortest answer that is packed, for a client that says it unpacks."""


@dataclass(slots=True)
class Sent:
    """What a client receives; `cut`: the connection is cut instead, `half`: in the middle of the body."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "application/json"
    cut: bool = False
    half: bool = False


def packed(sent: Sent, accepts: str) -> Sent:
    """Return an answer as a client gets it that accepts these encodings."""
    if "gzip" not in accepts or len(sent.body) < LEAST_PACKED:
        return sent
    body = gzip.compress(sent.body, compresslevel=1)
    return replace(sent, body=body, headers=sent.headers | {"Content-Encoding": "gzip"})


def lost_answer(how: str) -> Sent:
    """Return what is received of an answer that is lost: a gateway's page, or nothing."""
    page = b"<html><body><h1>504 Gateway Time-out</h1></body></html>"
    return Sent(504, page, media_type="text/html", cut=how == "drop")


def broken_answer(sent: Sent, how: Broken) -> Sent:
    """Return an answer that nobody can read; what was asked for is done."""
    page = b"<html><body><h1>We will be back soon</h1></body></html>"
    match how:
        case "cut":
            return replace(sent, half=True)
        case "502":
            return Sent(502, page, media_type="text/html")
        case "page":
            return Sent(200, page, sent.headers, "text/html")
        case "empty":
            return Sent(200, b"", sent.headers)


def refused_as(how: RefusalBody, sent: Sent, refusal: Refusal) -> Sent:
    """Return a refusal of 4xx in another body; others stay as they are."""
    if how == "message" or refusal.status >= 500:
        return sent
    if how in ("page", "empty"):
        page = f"<html><h1>{refusal.status}</h1></html>".encode() if how == "page" else b""
        return replace(sent, body=page, media_type="text/html")
    body: dict[str, Any] = {"error": refusal.message}
    if how == "errors":
        body = {"errors": {"name": [refusal.message]}}
    elif how == "list":
        body = {"errors": [{"field": "name", "message": refusal.message}]}
    return replace(sent, body=json_text(body).encode())
