"""Placing orders: by shoppers, by staff, or by another system."""

import json
from typing import Any

from sandbox.bigcommerce.orders.lines import cart_id, insert_line, lines_of
from sandbox.bigcommerce.orders.personal import IP_ADDRESS, MESSAGE, address
from sandbox.bigcommerce.orders.statuses import AWAITING_FULFILLMENT, STATUSES
from sandbox.bigcommerce.orders.stock import holder_of, level_of
from sandbox.bigcommerce.orders.stock_of_orders import bring_stock_in_line
from sandbox.bigcommerce.state import clock
from sandbox.bigcommerce.state.settling import Moved, StockChange, apply_change
from sandbox.bigcommerce.state.store import Store

# What one unit of the store's currency, USD, costs in the currencies that shoppers may choose.
CURRENCIES = {"USD": "1.0000000000", "EUR": "0.9000000000", "JPY": "150.0000000000"}


class SoldOut(Exception):
    """A shopper comes to pay, and the units are gone."""


def place_order(store: Store, wanted: dict[str, Any], agent: str) -> int:
    """Insert an order with its lines, take its stock off as the settings say, and return its id.

    wanted: lines (lines.py), and, if they differ from a shopper's paid order on channel 1:
    status_id, channel_id, currency, source, external_source, payment_method, shipping,
    seconds_ago. Raises ValueError for what there is not.
    """
    status_id = wanted.get("status_id", AWAITING_FULFILLMENT)
    if status_id not in STATUSES:
        raise ValueError(f"There is no status {status_id}.")
    channel_id = wanted.get("channel_id", 1)
    if not store.db.has("channels", channel_id):
        raise ValueError(f"There is no channel {channel_id}.")
    if not wanted.get("lines"):
        raise ValueError("An order has lines.")
    ago = float(wanted.get("seconds_ago", 0))
    placed_at = clock.now() - ago
    order_id = store.db.run(
        "INSERT INTO orders(status_id, channel_id, created, modified, placed_at, body)"
        " VALUES (?,?,?,?,?,?)",
        status_id,
        channel_id,
        int(placed_at),
        int(placed_at),
        placed_at,
        json.dumps(_body(wanted)),
    )
    for line in wanted["lines"]:
        insert_line(store.db, order_id, line)
    if store.hazards.strikes("stock-not-taken", "POST", "/orders", agent):
        # The order counts as one that took its units, so nothing takes them later either.
        store.db.run("UPDATE orders SET takes_stock=1 WHERE id=?", order_id)
    else:
        bring_stock_in_line(store, order_id)
    store.outbox.say("order/created", "order", order_id)
    _others_move_stock(store, order_id, agent)
    return order_id


def check_out(store: Store, wanted: dict[str, Any], agent: str) -> int:
    """Place the order of a shopper who pays. Raises SoldOut if a tracked level is below what the
    cart holds: a cart reserves nothing, so the first to pay gets the last unit."""
    asked: dict[tuple[str, int], int] = {}
    for line in wanted.get("lines", ()):
        variant_id = line.get("variant_id") or 0
        holder = holder_of(store.db, line.get("product_id", 0), variant_id)
        if holder is not None:
            asked[holder] = asked.get(holder, 0) + line.get("quantity", 1)
    if any(level_of(store.db, holder) < units for holder, units in asked.items()):
        raise SoldOut("Some of these items are not in stock any more.")
    return place_order(store, wanted, agent)


def _body(wanted: dict[str, Any]) -> dict[str, Any]:
    currency = wanted.get("currency", "USD")
    if currency not in CURRENCIES:
        raise ValueError(f"The currency is one of {', '.join(CURRENCIES)}.")
    return {
        "currency_code": currency,
        "currency_exchange_rate": CURRENCIES[currency],
        "payment_method": wanted.get("payment_method", "Credit Card"),
        "order_source": wanted.get("source", "www"),
        "external_source": wanted.get("external_source"),
        "shipping": str(wanted.get("shipping", 5)),
        "refunded": "0",
        "shipped_at": None,
        "cart_id": cart_id(),
        "customer_message": MESSAGE,
        "ip_address": IP_ADDRESS,
        "billing_address": address(),
    }


def _others_move_stock(store: Store, order_id: int, agent: str) -> None:
    """Let another app move the levels that an order just moved (hazard stock-moved-by-others)."""
    for line in lines_of(store.db, [order_id])[order_id]:
        holder = holder_of(store.db, line["product_id"], line["variant_id"])
        if holder is None:
            continue
        hit = store.hazards.strikes("stock-moved-by-others", "POST", "/orders", agent)
        if hit is not None:
            by = int(hit.params.get("by", 3))
            level = max(0, level_of(store.db, holder) + by)
            apply_change(store.db, StockChange(*holder, 1, level))
            store.settling.moves.append(Moved(clock.now(), "others", *holder, 1, level))
