"""Bodies of BigCommerce's webhooks. Only what is used is read, and nothing of it is believed."""

from collections.abc import Mapping
from typing import Any

from tillbridge.adapters.borders.json_texts import NotJsonError, decoded, is_broken
from tillbridge.domain.hooks.message import HookMessage
from tillbridge.domain.versions import HIGHEST_NUMBER


def read_hook(raw: bytes) -> HookMessage | None:
    """Return what a body says; None when it is no JSON object. What is missing or odd in it is blank."""
    try:
        body = decoded(raw)
    except NotJsonError:
        return None
    if not isinstance(body, dict):
        return None
    data = _object(body.get("data"))
    scope = _text(body.get("scope"))
    return HookMessage(
        producer=_text(body.get("producer")),
        scope=scope,
        order=_id(data.get("id")) if scope.startswith("store/order/") else 0,
        product=_id(data.get("id")) if scope.startswith("store/product/") else 0,
    )


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) and not is_broken(value) else ""


def _id(value: Any) -> int:
    """Return an id; 0 for what cannot be one. BigCommerce turned numbers into texts before."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 19:
        value = int(value)
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 0 < value <= HIGHEST_NUMBER else 0
