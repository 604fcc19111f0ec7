"""What a hook is sent: a form with the field `payload`, in the shape of the vendor's first API (fact 10)."""

import base64
import hashlib
import hmac
from typing import Any
from urllib.parse import urlencode

from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.hook_book import Delivery
from sandbox.lightspeed_x.state.ids import made_id
from sandbox.lightspeed_x.state.rows import LevelRow, ProductRow
from sandbox.lightspeed_x.wire.json_text import Json, json_text

ALGORITHM = "HMAC-SHA256"


def body_of(account: Account, delivery: Delivery) -> bytes:
    """Return the raw body of a call."""
    fields = {
        "domain_prefix": account.config.prefix,
        "environment": "prod",
        "payload": json_text(_payload(account, delivery.told)),
        "retailer_id": made_id("retailer", account.config.prefix),
        "type": delivery.type,
    }
    return urlencode(fields).encode()


def headers_of(body: bytes, secret: str | None) -> dict[str, str]:
    """Return the headers of a call: signed over the raw body with a secret, else not (fact 11)."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": "sandbox-x-series-webhooks",
    }
    if secret is None:
        return headers
    return headers | {"X-Signature": f"signature={signature(body, secret)},algorithm={ALGORITHM}"}


def signature(body: bytes, secret: str) -> str:
    """Return the signature of a body: HMAC-SHA256 by the app's client secret, in base64."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _payload(account: Account, told: ProductRow | LevelRow | dict[str, Any]) -> Json:
    if isinstance(told, ProductRow):
        return _product(account, told)
    if isinstance(told, LevelRow):
        return {
            "id": told.id,
            "product_id": told.product_id,
            "outlet_id": told.outlet_id,
            "count": told.level,
            "version": told.version,
        }
    return _document(told)


def _product(account: Account, row: ProductRow) -> Json:
    """Return a product with its levels as they are now, and no version."""
    ids = (made_id("level", row.id, each.id) for each in account.cloud.catalogue.outlets)
    levels = [level for level in map(account.book.levels.find, ids) if level is not None]
    return {
        "id": row.id,
        "name": row.record.name,
        "sku": row.sku,
        "active": row.record.active,
        "deleted_at": row.deleted_at,
        "inventory": [
            {"outlet_id": each.outlet_id, "count": each.level, "reorder_point": "0"}
            for each in levels
        ],
    }


def _document(told: dict[str, Any]) -> Json:
    """Return a sale or a consignment by its id and outlet; the sandbox has no customers."""
    (held,) = [value for key, value in told.items() if key != "cause" and isinstance(value, dict)]
    number = next(str(value) for key, value in held.items() if key.endswith("_id"))
    outlet = held.get("outlet_id") or held.get("destination_outlet_id")
    shown: Json = {"id": made_id("document", number), "status": "CLOSED"}
    return shown | ({"outlet_id": made_id("outlet", outlet)} if outlet else {})
