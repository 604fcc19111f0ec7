"""The facts of a store in the answer to GET /v2/store (docs/deploying.md, The facts of a store)."""

from collections.abc import Mapping
from typing import Any

from tillbridge.adapters.borders.currency import currency_of
from tillbridge.domain.money_format import MoneyFormat, Side
from tillbridge.domain.store_facts import StoreFacts


def facts_of(body: Mapping[str, Any]) -> StoreFacts:
    """Return the facts that a body holds; what is odd of them is not told."""
    channel = body.get("default_channel_id")
    currency = currency_of(body)
    with_tax = body.get("is_price_entered_with_tax")
    return StoreFacts(
        channel if type(channel) is int and 0 < channel < 2**31 else 1,
        str(body.get("name") or "")[:250],
        currency,
        _money_of(body, currency),
        with_tax if isinstance(with_tax, bool) else None,
    )


def _money_of(body: Mapping[str, Any], currency: str) -> MoneyFormat | None:
    decimals = body.get("decimal_places")
    texts = [
        body.get(name) for name in ("currency_symbol", "decimal_separator", "thousands_separator")
    ]
    if type(decimals) is not int or not all(isinstance(text, str) for text in texts):
        return None
    symbol, point, thousands = map(str, texts)
    right = body.get("currency_symbol_location") == "right"
    side = Side.RIGHT if right else Side.LEFT
    try:
        return MoneyFormat(currency, symbol.strip(), side, decimals, point, thousands)
    except ValueError:
        return None
