"""When stock is taken off and given back: the store's settings, and what a channel overrides."""

import json
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import not_found
from sandbox.bigcommerce.state.store import Store

GLOBAL = 0
DEFAULTS: dict[str, Any] = {
    "product_out_of_stock_behavior": "do_nothing",
    "option_out_of_stock_behavior": "do_nothing",
    "update_stock_behavior": "order_placed",
    "edit_order_stock_adjustment": True,
    "refund_order_stock_adjustment": True,
    "stock_level_display": "dont_show",
    "default_out_of_stock_message": "Currently out of stock",
    "hide_in_product_filtering": False,
    "show_pre_order_stock_levels": False,
    "show_out_of_stock_message": False,
}
# What each channel has for itself under the hazard settings-by-channel.
CONTRARY = {
    "update_stock_behavior": "order_completed_or_shipped",
    "edit_order_stock_adjustment": False,
    "refund_order_stock_adjustment": False,
}
BEHAVIOURS = ("order_placed", "order_completed_or_shipped")


def settings_shown(call: Call) -> dict[str, Any]:
    """Return the store's settings, or a channel's, where null is what the channel inherits.

    Raises Refusal 404 for an unknown channel, 422 for a channel_id that is no number.
    """
    given = call.integers("channel_id")
    if not given:
        return own(call.store, GLOBAL)
    if not call.store.db.has("channels", given[0]):
        raise not_found("The requested channel was not found", call.path)
    return own(call.store, given[0])


def own(store: Store, channel_id: int) -> dict[str, Any]:
    """Return what is set for a channel itself, null where nothing is; for GLOBAL, everything."""
    base = DEFAULTS if channel_id == GLOBAL else dict.fromkeys(DEFAULTS)
    text = store.db.value("SELECT body FROM inventory_settings WHERE channel_id=?", channel_id)
    values = {**base, **(json.loads(text) if text else {})}
    if channel_id != GLOBAL and store.hazards.get("settings-by-channel"):
        values |= CONTRARY
    return values


def in_force(store: Store, channel_id: int) -> dict[str, Any]:
    """Return the settings that govern a channel's orders; GLOBAL's govern manual orders."""
    values = own(store, channel_id)
    inherited = own(store, GLOBAL)
    return {name: inherited[name] if value is None else value for name, value in values.items()}


def change(store: Store, channel_id: int, values: dict[str, Any]) -> dict[str, Any]:
    """Set some settings of a channel or of the store (GLOBAL); null makes a channel inherit again.

    Return what is set then. Raises ValueError for an unknown name or behaviour.
    """
    unknown = values.keys() - DEFAULTS.keys()
    if unknown:
        raise ValueError(f"There is no inventory setting named {', '.join(sorted(unknown))}.")
    if values.get("update_stock_behavior") not in (None, *BEHAVIOURS):
        raise ValueError(f"update_stock_behavior is one of {', '.join(BEHAVIOURS)}.")
    kept = own(store, channel_id) | values
    store.db.run(
        "INSERT OR REPLACE INTO inventory_settings VALUES (?,?)", channel_id, json.dumps(kept)
    )
    return own(store, channel_id)
