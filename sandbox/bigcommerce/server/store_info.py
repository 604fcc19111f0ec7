"""The store's own information: its address, units and currency."""

from typing import Any

from sandbox.bigcommerce.calls.call import Call


def store_info(call: Call) -> dict[str, Any]:
    """Return the body of /v2/store."""
    config = call.store.config
    domain = f"store-{config.store_hash}.sandbox.invalid"
    return {
        "id": config.store_hash,
        "domain": domain,
        "secure_url": f"https://{domain}",
        "control_panel_base_url": f"https://{domain}",
        "status": "live",
        "name": "Sandbox store",
        "address": "1 Sandbox Street",
        "country": "United States",
        "country_code": "US",
        "timezone": {
            "name": "Etc/UTC",
            "raw_offset": 0,
            "dst_offset": 0,
            "dst_correction": False,
            "date_format": {
                "display": "M jS Y",
                "export": "M jS Y",
                "extended_display": "M jS Y @ g:i A",
            },
        },
        "language": "en",
        "currency": "USD",
        "currency_symbol": "$",
        "decimal_separator": ".",
        "thousands_separator": ",",
        "decimal_places": 2,
        "currency_symbol_location": "left",
        "weight_units": "KGS",
        "dimension_units": "Centimeters",
        "dimension_decimal_places": 2,
        "plan_name": "Pro" if config.quota == "pro" else "Standard",
        "plan_level": config.quota,
        "plan_is_trial": False,
        "is_price_entered_with_tax": False,
        "store_id": 1,
        "default_channel_id": 1,
        "default_site_id": 1,
        "active_comparison_modules": [],
        "features": {"stencil_enabled": True, "multi_storefront_enabled": True},
    }
