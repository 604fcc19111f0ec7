"""Wraps the golden events of events/bus/ as each function receives them, into events/lambda/.

Run `python -m events.wrap` after changing a bus file; a test fails while the two differ.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

type Json = dict[str, Any]

EVENTS = Path(__file__).parent
_ACCOUNT = "000000000000"
_REGION = "eu-west-1"
_STACK = "tillbridge"
_NAMESPACE = uuid.UUID("6f6d1a52-6a5e-4c0e-9c0a-7a1f5f0e2b11")
IMPORT = "import.requested"
RECONCILE = ("reconcile.requested", "plan.requested")
ORDERS = "tillbridge.orders"
"""The source of what others are told of web orders; no function of ours receives it."""

_RECONCILE_MESSAGE = {
    "store_id": "demo",
    "full": False,
    "dry_run": False,
    "approve": "",
    "goes_on": False,
    "by": "anna",
}
"""A message of reconcile's queue."""

_SENT_MS = "1795287600000"


POLLED = "demo"
"""The POS account that is polled."""

HOOK_KEY = "golden-key"
POS_HOOK_KEY = "golden-path-key-of-a-pos"
HOOK_STACK_KEY = "golden-stack-key"
HOOK_CLIENT_SECRET = "golden-client-secret"  # noqa: S105 - of made-up events
HOOK_SENT_S = 1795287600
_HOOK_SECRET = "dfeee1df761a41f149cba297840204451aaf4efae9615070799713175c74b05c"  # noqa: S105 - likewise
"""Derived from the stack key, of the store demo and its first secret."""

_HOOKS: dict[str, Json] = {
    "order.created": {"scope": "store/order/created", "data": {"type": "order", "id": 250}},
    "stock-of-order": {
        "scope": "store/product/inventory/order/updated",
        "data": {
            "type": "product",
            "id": 77,
            "inventory": {"product_id": 77, "method": "relative", "value": -3},
        },
    },
    "product.deleted": {"scope": "store/product/deleted", "data": {"type": "product", "id": 77}},
    "unknown-scope": {"scope": "store/cart/created", "data": {"type": "cart", "id": "0934-fe"}},
}
"""What BigCommerce's webhooks say, by what happened."""


_IMPORT_MESSAGE = {
    "store_id": "demo",
    "request": "01KAJ8Z3M000000000000000A3",
    "attempts": 0,
    "kind": "page",
    "after": 0,
    "ask": {"ids": [], "category": "", "brand": "", "keyword": ""},
}
"""A message of the queue of imports: an import of everything."""


def bus_entries(path: Path) -> list[Json]:
    """Return the events of a bus file, which holds one or a list."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return content if isinstance(content, list) else [content]


def delivered(entry: Json, place: str) -> str:
    """Return the whole event as EventBridge puts it into a queue, with an id made from `place`."""
    metadata = entry["detail"].get("metadata", {}) if isinstance(entry["detail"], dict) else {}
    occurred = str(metadata.get("occurred_at", ""))
    event = {
        "version": "0",
        "id": str(uuid.uuid5(_NAMESPACE, place)),
        "detail-type": entry["detail-type"],
        "source": entry["source"],
        "account": _ACCOUNT,
        "time": f"{occurred[:19]}Z" if occurred[:2] == "20" else "2026-11-21T12:00:00Z",
        "region": _REGION,
        "resources": [],
        "detail": entry["detail"],
    }
    return json.dumps(event, ensure_ascii=False)


def sqs_record(body: str, queue: str, place: str, group: str | None = None) -> Json:
    """Return one record of an SQS batch; with a group, as a FIFO queue delivers it."""
    attributes = {
        "ApproximateReceiveCount": "1",
        "SentTimestamp": _SENT_MS,
        "SenderId": "AIDAEXAMPLE",
        "ApproximateFirstReceiveTimestamp": _SENT_MS,
    }
    if group is not None:
        attributes["MessageGroupId"] = group
        attributes["MessageDeduplicationId"] = str(uuid.uuid5(_NAMESPACE, f"{place} once"))
        attributes["SequenceNumber"] = "18850000000000000000"
    message_id = str(uuid.uuid5(_NAMESPACE, f"{place} message"))
    return {
        "messageId": message_id,
        "receiptHandle": f"receipt-{message_id}",
        "body": body,
        "attributes": attributes,
        "messageAttributes": {},
        "md5OfBody": hashlib.md5(body.encode(), usedforsecurity=False).hexdigest(),
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{_REGION}:{_ACCOUNT}:{_STACK}-{queue}",
        "awsRegion": _REGION,
    }


def receiver(entry: Json) -> tuple[str, str]:
    """Return the function that receives an event ("" for none), and its queue ("" for the bus)."""
    detail_type = entry["detail-type"]
    if entry["source"] == ORDERS:
        return "", ""
    if detail_type == IMPORT:
        return "import", "requests"
    if detail_type in RECONCILE:
        return "reconcile", ""
    return "intake", "pos-events"


def lambda_events() -> dict[str, Json]:
    """Return what each function receives, by file name in events/lambda/."""
    wrapped: dict[str, Json] = {}
    for path in sorted((EVENTS / "bus").glob("*.json")):
        places = [f"{path.stem} {number}" for number, _ in enumerate(bus_entries(path))]
        function, queue = receiver(bus_entries(path)[0])
        if not function:
            continue
        if not queue:
            (entry,) = bus_entries(path)
            wrapped[f"{function}.{path.name}"] = json.loads(delivered(entry, places[0]))
            continue
        wrapped[f"{function}.{path.name}"] = {
            "Records": [
                sqs_record(delivered(entry, place), queue, place)
                for entry, place in zip(bus_entries(path), places, strict=True)
            ]
        }
    not_json = sqs_record("{this is not JSON", "pos-events", "body")
    wrapped["intake.poison.body-not-json.json"] = {"Records": [not_json]}
    for path in sorted((EVENTS / "parts").glob("*.json")):
        part = json.dumps(json.loads(path.read_text(encoding="utf-8")))
        record = sqs_record(part, "claim-parts", f"part {path.stem}")
        wrapped[f"intake.claim-part.{path.name}"] = {"Records": [record]}
    store = json.dumps({"store_id": "demo"})
    wrapped["intake.wake.json"] = {"Records": [sqs_record(store, "wakes", "wake")]}
    wrapped["sweep.schedule.json"] = _sweep()
    page = json.dumps(_IMPORT_MESSAGE)
    page_record = sqs_record(page, "imports.fifo", "page", group="demo")
    wrapped["import.page.json"] = {"Records": [page_record]}
    reconcile_record = sqs_record(
        json.dumps(_RECONCILE_MESSAGE), "reconcile.fifo", "turn", group="demo"
    )
    wrapped["reconcile.message.json"] = {"Records": [reconcile_record]}
    of_plan = {**_RECONCILE_MESSAGE, "plan": "01KAJ8Z3M000000000000000P0", "by": "Mia"}
    plan_record = sqs_record(json.dumps(of_plan), "reconcile.fifo", "plan", group="demo#plan#1")
    wrapped["reconcile.message.plan.json"] = {"Records": [plan_record]}
    wrapped["reconcile.schedule.json"] = {"full": False}
    wrapped["reconcile.schedule.full.json"] = {"full": True}
    signal = sqs_record(store, "store-work.fifo", "signal", group="demo")
    wrapped["push.signal.json"] = {"Records": [signal]}
    tell = sqs_record(store, "orders.fifo", "tell", group="demo")
    wrapped["orders.signal.json"] = {"Records": [tell]}
    account = json.dumps({"account": POLLED})
    poll = sqs_record(account, "pos-polls.fifo", "poll", group=POLLED)
    wrapped["poll.signal.json"] = {"Records": [poll]}
    wrapped["sweep.schedule.minute.json"] = {**_sweep(), "time": "2026-11-21T12:06:00Z"}
    wakes = json.dumps({"store_id": "demo", "work": "orders"})
    wrapped["intake.wake.orders.json"] = {"Records": [sqs_record(wakes, "wakes", "wake orders")]}
    unknown = json.dumps({"store_id": "nobody"})
    unheard = sqs_record(unknown, "store-work.fifo", "unheard", group="nobody")
    wrapped["push.signal.unknown-store.json"] = {"Records": [unheard]}
    return wrapped | _hook_events() | _console_events()


CONSOLE_URL = "https://console.example"
CONSOLE_ISSUER = "https://people.example"


def _console_events() -> dict[str, Json]:
    """Return what `console` receives: calls of browsers, and of a program with a token."""
    of_sam = {
        "iss": CONSOLE_ISSUER,
        "aud": "console",
        "sub": "people|sam",
        "name": "Sam",
        "tillbridge": "[demo:staff other:viewer]",
        "exp": "1795291200",
    }
    wrapped = {
        "health": console_call("GET", "/health"),
        "page.signed-out": console_call("GET", "/stores/demo/pos", "q=chair&status=linked"),
        "sign-in": console_call("GET", "/sign-in", "to=%2Fstores%2Fdemo%2Fpos"),
        "api.me": console_call("GET", "/api/v1/me", claims=of_sam),
        "poison.api.no-token": console_call("GET", "/api/v1/me"),
        "poison.form.other-site": console_call("POST", "/stores/demo/plans", body="do=push"),
        "poison.path": console_call("GET", "/stores/a%2Fb/pos"),
    }
    wrapped["poison.form.other-site"]["headers"] |= {
        "content-type": "application/x-www-form-urlencoded",
        "sec-fetch-site": "cross-site",
        "origin": "https://evil.example",
    }
    return {f"console.{name}.json": event for name, event in wrapped.items()}


def console_call(
    method: str, path: str, query: str = "", *, claims: Json | None = None, body: str = ""
) -> Json:
    """Return a call as the HTTP API hands it on; with `claims`, of a token that it has checked."""
    context: Json = {
        "accountId": _ACCOUNT,
        "apiId": "console",
        "http": {
            "method": method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": "192.0.2.1",
            "userAgent": "Mozilla/5.0",
        },
        "requestId": "console-request",
        "stage": "$default",
        "time": "21/Nov/2026:12:00:00 +0000",
    }
    if claims is not None:
        context["authorizer"] = {"jwt": {"claims": claims, "scopes": None}}
    return {
        "version": "2.0",
        "routeKey": "ANY /api/{proxy+}" if path.startswith("/api/") else "$default",
        "rawPath": path,
        "rawQueryString": query,
        "cookies": ["theme=dark"],
        "headers": {"accept": "text/html", "accept-encoding": "gzip", "host": "console.example"},
        "requestContext": context,
        "body": body,
        "isBase64Encoded": False,
    }


def _hook_events() -> dict[str, Json]:
    """Return what `webhooks` receives: calls of BigCommerce, and of others."""
    wrapped = {name: hook_call(hook_body(**said)) for name, said in _HOOKS.items()}
    ordered = hook_body(**_HOOKS["order.created"])
    wrapped["base64"] = hook_call(ordered, encoded=True)
    wrapped["poison.not-json"] = hook_call(b"{this is not JSON")
    wrapped["poison.no-secret"] = hook_call(ordered)
    del wrapped["poison.no-secret"]["headers"]["x-tillbridge-hook"]
    wrapped["poison.other-producer"] = hook_call(ordered.replace(b"stores/hbr1", b"stores/other"))
    return {f"webhooks.{name}.json": event for name, event in (wrapped | _pos_hooks()).items()}


def _pos_hooks() -> dict[str, Json]:
    """Return the calls of a vendor's POS, and one that is forged."""
    payload = '{"id":"0adfd74a-153e-11e9-eb8a-7db8ba5b9fc8","name":"Chair"}'
    form = {"domain_prefix": "demo", "payload": payload, "type": "product.update"}
    body = urlencode(form).encode()
    wrapped = {"pos.product.update": pos_hook_call(body)}
    wrapped["pos.base64"] = pos_hook_call(body, encoded=True)
    wrapped["pos.poison.unsigned"] = pos_hook_call(body)
    del wrapped["pos.poison.unsigned"]["headers"]["x-signature"]
    wrapped["pos.poison.forged"] = pos_hook_call(body) | {"body": (body + b"&x=1").decode()}
    return wrapped


def pos_hook_call(body: bytes, *, encoded: bool = False) -> Json:
    """Return a call of X-Series as the HTTP API hands it on, signed over its body."""
    path = f"/hooks/pos/lightspeed-x/{POS_HOOK_KEY}"
    mac = hmac.new(HOOK_CLIENT_SECRET.encode(), body, hashlib.sha256).digest()
    shown = f"signature={base64.b64encode(mac).decode()},algorithm=HMAC-SHA256"
    call = hook_call(body, encoded=encoded)
    call |= {
        "routeKey": "POST /hooks/pos/{kind}/{key}",
        "rawPath": path,
        "headers": {
            "content-type": "application/x-www-form-urlencoded",
            "user-agent": "x-series-webhooks",
            "x-signature": shown,
        },
        "pathParameters": {"kind": "lightspeed-x", "key": POS_HOOK_KEY},
    }
    call["requestContext"]["http"]["path"] = path
    return call


def hook_body(**said: Any) -> bytes:
    """Return the body of a webhook; its hash is no signature."""
    body = {
        "producer": "stores/hbr1",
        "store_id": "1025646",
        "created_at": HOOK_SENT_S - 2,
        **said,
    }
    known = json.dumps(body, separators=(",", ":")).encode()
    body["hash"] = hashlib.sha1(known, usedforsecurity=False).hexdigest()
    return json.dumps(body, separators=(",", ":")).encode()


def hook_call(body: bytes, *, encoded: bool = False) -> Json:
    """Return a call as the HTTP API hands it on, with the secret in its header and signed."""
    path = f"/hooks/bigcommerce/demo/{HOOK_KEY}"
    message, stamp = "msg_2e1f0c", str(HOOK_SENT_S)
    signed = f"{message}.{stamp}.".encode() + body
    mac = hmac.new(HOOK_CLIENT_SECRET.encode(), signed, hashlib.sha256).digest()
    return {
        "version": "2.0",
        "routeKey": "POST /hooks/bigcommerce/{store}/{key}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {
            "content-type": "application/json",
            "user-agent": "akka-http/10.0.10",
            "x-tillbridge-hook": _HOOK_SECRET,
            "webhook-id": message,
            "webhook-timestamp": stamp,
            "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
        },
        "pathParameters": {"store": "demo", "key": HOOK_KEY},
        "requestContext": {
            "accountId": _ACCOUNT,
            "apiId": "hooks",
            "http": {
                "method": "POST",
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
            },
            "stage": "$default",
            "time": "21/Nov/2026:12:00:00 +0000",
        },
        "body": base64.b64encode(body).decode() if encoded else body.decode(),
        "isBase64Encoded": encoded,
    }


def _sweep() -> Json:
    """Return what a scheduled rule sends."""
    return {
        "version": "0",
        "id": str(uuid.uuid5(_NAMESPACE, "sweep")),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": _ACCOUNT,
        "time": "2026-11-21T12:05:00Z",
        "region": _REGION,
        "resources": [f"arn:aws:events:{_REGION}:{_ACCOUNT}:rule/{_STACK}-sweep"],
        "detail": {},
    }


def text(event: Json) -> str:
    """Return a golden event as its file holds it."""
    return json.dumps(event, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write every file of events/lambda/ again."""
    folder = EVENTS / "lambda"
    for stale in folder.glob("*.json"):
        stale.unlink()
    for name, event in lambda_events().items():
        (folder / name).write_text(text(event), encoding="utf-8")


if __name__ == "__main__":
    main()
