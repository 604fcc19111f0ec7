"""What an order's status, lines and settings do to stock."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.orders.inventory_settings import GLOBAL, in_force
from sandbox.bigcommerce.orders.lines import lines_of
from sandbox.bigcommerce.orders.statuses import ENDED_WELL, GIVES_BACK, HOLDS_STOCK
from sandbox.bigcommerce.orders.stock import give_back, take
from sandbox.bigcommerce.state.store import Store


def order_row(store: Store, order_id: int) -> sqlite3.Row:
    """Return the row of an order. Raises ValueError if there is none."""
    row = store.db.one("SELECT * FROM orders WHERE id=?", order_id)
    if row is None:
        raise ValueError(f"There is no order {order_id}.")
    return row


def is_manual(row: sqlite3.Row) -> bool:
    """Return whether the staff wrote an order by hand, so that global settings govern it."""
    return bool(json.loads(row["body"])["order_source"] == "manual")


def governing(store: Store, row: sqlite3.Row) -> dict[str, Any]:
    """Return the inventory settings that govern an order (settings.v3.yml): its channel's, or the
    global ones for a manual order."""
    return in_force(store, GLOBAL if is_manual(row) else row["channel_id"])


def bring_stock_in_line(store: Store, order_id: int) -> None:
    """Take stock off, or give it back, as an order's present status and settings say.

    Each is done once: an order that holds its stock takes none again, and one that was cancelled
    and comes back takes it as if it were new.
    """
    row = order_row(store, order_id)
    rules = governing(store, row)
    at_placing = rules["update_stock_behavior"] == "order_placed"
    status = row["status_id"]
    if not row["takes_stock"] and status in (HOLDS_STOCK if at_placing else ENDED_WELL):
        for line in lines_of(store.db, [order_id])[order_id]:
            take(store, line, line["quantity"] - line["refunded"])
        store.db.run("UPDATE orders SET takes_stock=1 WHERE id=?", order_id)
    elif row["takes_stock"] and status in GIVES_BACK:
        if rules["refund_order_stock_adjustment"]:
            for line in lines_of(store.db, [order_id])[order_id]:
                put_back(store, row, line, line["taken"])
        store.db.run("UPDATE orders SET takes_stock=0 WHERE id=?", order_id)


def put_back(store: Store, row: sqlite3.Row, line: sqlite3.Row, units: int) -> None:
    """Give units of a line back, a second time too if the hazard restocked-twice strikes."""
    hit = store.hazards.strikes("restocked-twice", "PUT", f"/orders/{row['id']}", "")
    give_back(store, line, units, twice=hit is not None)
