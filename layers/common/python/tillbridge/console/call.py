"""A call as the HTTP API hands it on (payload 2.0)."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

LONGEST_BODY = 256 * 1024
"""Bytes of a body that are taken."""

_MOST_FIELDS = 5_000


class BadCallError(Exception):
    """A call that no page of ours makes; `status` is HTTP's, the words are for whoever made it."""

    def __init__(self, status: int, title: str, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.title = title


@dataclass(frozen=True, slots=True)
class Call:
    """Header names are lower case. `claims`: of a token that the gateway has checked, None without one."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    body: bytes = b""
    claims: Mapping[str, Any] | None = None

    def cookie_values(self, name: str) -> list[str]:
        """Return the values of the cookies of this name; a browser may send several."""
        parts = [each.strip().partition("=") for each in self.cookies]
        return [value for known, sign, value in parts if sign and known == name]


def call_of(event: Mapping[str, Any]) -> Call:
    """Return the call of an event. Raise BadCallError for a body that is too large."""
    context = event.get("requestContext") or {}
    headers = {name.lower(): str(value) for name, value in (event.get("headers") or {}).items()}
    # AWS sends a list of cookies, the local AWS leaves them in their header.
    cookies = event.get("cookies") or [headers.get("cookie", "")]
    body = _body(event.get("body") or "", encoded=bool(event.get("isBase64Encoded")))
    if len(body) > LONGEST_BODY:
        raise BadCallError(
            413, "Too much at once", "Choose fewer products, or all that fit a search."
        )
    claims = ((context.get("authorizer") or {}).get("jwt") or {}).get("claims")
    return Call(
        method=str((context.get("http") or {}).get("method", "GET")).upper(),
        path=str(event.get("rawPath") or "/"),
        query=str(event.get("rawQueryString") or ""),
        headers=headers,
        cookies=tuple(part for each in cookies for part in each.split(";")),
        body=body,
        claims=claims if isinstance(claims, dict) and claims else None,
    )


def values_of(text: str) -> Mapping[str, list[str]]:
    """Return the fields of a query or of a form. Raise BadCallError for one that no form of ours makes."""
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:  # UnicodeDecodeError is one
        words = (
            "The address or the form has characters that cannot be read. Go back, and try again."
        )
        raise BadCallError(400, "That cannot be read", words) from None


def _body(text: str, *, encoded: bool) -> bytes:
    try:
        return base64.b64decode(text) if encoded else text.encode()
    except binascii.Error:  # the gateway's own encoding: nobody outside can break it
        return b""
