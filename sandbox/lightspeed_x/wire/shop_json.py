"""The retailer, its outlets and its registers."""

from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.ids import made_id
from sandbox.lightspeed_x.state.versions import FIRST
from sandbox.lightspeed_x.wire.json_text import Json

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def retailer_json(account: Account) -> Json:
    """Return the retailer: its currency, and whether its prices are before tax."""
    config, currency = account.config, account.cloud.catalogue.currency
    return {
        "id": made_id("retailer", config.prefix),
        "name": config.name,
        "domain_prefix": config.prefix,
        "account_status": "ACTIVE",
        "tax_exclusive": config.tax_exclusive,
        "country": "US",
        "culture": "en",
        "currency": {"code": currency, "symbol": _SYMBOLS.get(currency, currency)},
        "discount_product_id": made_id("discount", config.prefix),
        "sku_sequence": {"enabled": True, "value": 10000},
        "created_at": "2019-08-15T23:05:28Z",
        "version": str(FIRST),
    }


def outlets_json(account: Account) -> list[Json]:
    """Return every outlet, a closed one as a tombstone, in the order of versions."""
    currency = account.cloud.catalogue.currency
    shown: list[Json] = []
    for place, outlet in enumerate(account.cloud.catalogue.outlets):
        row: Json = {
            "id": made_id("outlet", outlet.id),
            "name": outlet.name,
            "time_zone": "America/New_York",
            "currency": currency,
            "currency_symbol": _SYMBOLS.get(currency, currency),
            "display_prices": "exclusive" if account.config.tax_exclusive else "inclusive",
            "attributes": [],
            "version": FIRST - 1000 + 3 * place,
        }
        shown.append(row if outlet.active else row | {"deleted_at": "2026-01-01T00:00:00+00:00"})
    return shown


def registers_json(account: Account) -> list[Json]:
    """Return as many registers as the account pays for, spread over its outlets."""
    outlets = account.cloud.catalogue.outlets
    return [
        {
            "id": made_id("register", str(place)),
            "name": f"Register {place + 1}",
            "outlet_id": made_id("outlet", outlets[place % len(outlets)].id),
            "is_open": True,
            "version": FIRST - 500 + 3 * place,
        }
        for place in range(account.config.registers)
    ]
