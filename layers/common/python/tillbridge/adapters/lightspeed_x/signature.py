"""Who signed a webhook of X-Series. It stands apart from what calls X-Series: the function on the open internet loads it."""

import hmac
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256

SIGNATURE = "x-signature"
ALGORITHM = "HMAC-SHA256"


def is_genuine(headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> bool:
    """Return whether one of the app's client secrets signed a call: HMAC-SHA256 of its raw body, in base64 or in
    hexadecimal digits, since X-Series does not say which. Names of headers are in lower case. All are compared in a
    time that tells nothing of where they differ."""
    pairs = [each.strip().partition("=") for each in headers.get(SIGNATURE, "").split(",")]
    told = {name: value for name, _, value in pairs}
    if len(pairs) != 2 or told.get("algorithm") != ALGORITHM or not told.get("signature"):
        return False
    shown = list(_digests(told["signature"]))
    right = [hmac.new(each.encode(), body, sha256).digest() for each in secrets]
    return any(hmac.compare_digest(one, other) for one in shown for other in right)


def _digests(text: str) -> Iterator[bytes]:
    for read_as in (partial(b64decode, validate=True), bytes.fromhex):
        with suppress(ValueError):  # of which binascii's error is one
            yield read_as(text)
