"""What a hook is sent: the payload with its hash, and the headers with their signature."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from sandbox.bigcommerce.state.hook_book import Delivery
from sandbox.bigcommerce.state.outbox import Happened


def payload(happened: Happened, store_hash: str) -> bytes:
    """Return the body that tells of an event. Its hash is no signature: anyone can make one, and it is
    the same for an event that is told twice."""
    body: dict[str, Any] = {
        "scope": happened.scope,
        "store_id": "1",
        "data": happened.data,
        "created_at": happened.at,
        "producer": f"stores/{store_hash}",
    }
    text = json.dumps(body, separators=(",", ":")).encode()
    body["hash"] = hashlib.sha1(text, usedforsecurity=False).hexdigest()
    return json.dumps(body, separators=(",", ":")).encode()


def sent_headers(delivery: Delivery, secret: str) -> dict[str, str]:
    """Return the headers of a call made now: the hook's own, and a Standard Webhooks signature."""
    headers = {"Content-Type": "application/json", "User-Agent": "akka-http/10.0.10"}
    headers |= delivery.headers
    if not delivery.signed:
        return headers
    stamp = str(int(time.time()))
    key = secret if delivery.genuine else "forged"
    return headers | {
        "webhook-id": delivery.message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": signature(key, delivery.message_id, stamp, delivery.body),
    }


def signature(secret: str, message_id: str, stamp: str, body: bytes) -> str:
    """Return version 1 of the signature: HMAC-SHA256 of id, time and body, by the client secret."""
    signed = f"{message_id}.{stamp}.".encode() + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
