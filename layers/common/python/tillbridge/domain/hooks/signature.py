"""The signature of a webhook by the rules of Standard Webhooks (standardwebhooks.com), version 1."""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"

TOLERANCE_S = 300
"""How old a call may be, or how far ahead its clock: one that somebody has kept is refused after that."""


def is_signed(headers: Mapping[str, str]) -> bool:
    """Return whether a call claims to be signed; names of headers are in lower case."""
    return bool(headers.get(SIGNATURE))


def signature(client_secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a call: of its id, its time and its raw body, by the client secret of the
    API account as it stands."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    mac = hmac.new(client_secret.encode(), signed, sha256).digest()
    return f"v1,{b64encode(mac).decode()}"


def is_genuine(headers: Mapping[str, str], body: bytes, client_secret: str, now_s: float) -> bool:
    """Return whether the signature is the client secret's, and no older than five minutes. A header may
    hold several, with a blank between them; one that is right is enough. Every one is compared in a
    time that tells nothing of where it differs."""
    message_id, timestamp = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    if not (message_id and timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    if abs(now_s - int(timestamp)) > TOLERANCE_S:
        return False
    right = signature(client_secret, message_id, timestamp, body).encode()
    shown = (each.encode(errors="replace") for each in headers[SIGNATURE].split())
    return any(hmac.compare_digest(each, right) for each in shown)
