"""An answer as the HTTP API takes it: packed where the browser can unpack it."""

import base64
import gzip
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from tillbridge.console.call import Call

_WORTH_PACKING = 1_024
_OF_ADDRESSES = "/?&=%:,;+~!*'()@$-._"

_PACKED = ("text/", "application/json", "application/problem+json", "image/svg+xml")


def reply(
    call: Call,
    status: int,
    body: str | bytes = "",
    content_type: str = "text/html; charset=utf-8",
    *,
    headers: Mapping[str, str] | None = None,
    cookies: Sequence[str] = (),
) -> dict[str, Any]:
    """Return an answer in payload 2.0. Raise ValueError for a header with a line break."""
    raw = body.encode() if isinstance(body, str) else body
    sent = {"content-type": content_type, **(headers or {})}
    encoded = not isinstance(body, str)
    if len(raw) >= _WORTH_PACKING and content_type.startswith(_PACKED):
        sent["vary"] = "accept-encoding"
        if _takes_gzip(call.headers.get("accept-encoding", "")):
            raw, encoded = gzip.compress(raw, compresslevel=6, mtime=0), True
            sent["content-encoding"] = "gzip"
    if call.method == "HEAD":
        raw, encoded = b"", False
        sent.pop("content-encoding", None)
    if bad := [name for name, value in sent.items() if not (name + value).isprintable()]:
        raise ValueError(f"a header has a control character: {bad[0]!r}")
    text = base64.b64encode(raw).decode() if encoded else raw.decode()
    answer = {"statusCode": status, "headers": sent, "body": text, "isBase64Encoded": encoded}
    return answer | ({"cookies": list(cookies)} if cookies else {})


def sent_on(
    call: Call, to: str, headers: Mapping[str, str], cookies: Sequence[str] = ()
) -> dict[str, Any]:
    """Return a 303 to an address."""
    there = quote(to, safe=_OF_ADDRESSES)
    return reply(call, 303, headers={**headers, "location": there}, cookies=cookies)


def is_own_path(text: str) -> bool:
    """Return whether an address is a path of the console and nothing that a browser takes for more: no
    scheme, no host (`//`, `/\\\\`), no control character, not the way in or out itself."""
    return (
        text.startswith("/")
        and not text.startswith(("//", "/\\"))
        and text.isprintable()
        and "\\" not in text
        and len(text) <= 2_000
        and not text.startswith(("/sign-", "/signed-", "/api/", "/static/"))
    )


def _takes_gzip(accepted: str) -> bool:
    for each in accepted.lower().split(","):
        name, _, quality = each.partition(";")
        if name.strip() == "gzip":
            return quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
