"""What people in the control panel do to an order."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from sandbox.bigcommerce.orders.lines import insert_line, lines_of, with_new_ids
from sandbox.bigcommerce.orders.statuses import (
    AWAITING_FULFILLMENT,
    PARTIALLY_SHIPPED,
    SHIPPED,
    STATUSES,
)
from sandbox.bigcommerce.orders.stock import take
from sandbox.bigcommerce.orders.stock_of_orders import (
    bring_stock_in_line,
    governing,
    is_manual,
    order_row,
    put_back,
)
from sandbox.bigcommerce.state import clock
from sandbox.bigcommerce.state.config import WEB_STAFF
from sandbox.bigcommerce.state.store import Store

Units = Mapping[int, int]
"""Units by the id of the line."""


def set_status(store: Store, order_id: int, status_id: int) -> None:
    """Give an order another status, and move the stock that goes with it. Raises ValueError."""
    if status_id not in STATUSES:
        raise ValueError(f"There is no status {status_id}.")
    order_row(store, order_id)
    store.db.run("UPDATE orders SET status_id=? WHERE id=?", status_id, order_id)
    bring_stock_in_line(store, order_id)
    store.outbox.say("order/statusUpdated", "order", order_id)
    modified(store, order_id)


def ship(store: Store, order_id: int, units: Units | None = None) -> None:
    """Ship units of lines, or everything that is left. Raises ValueError for more than is left."""
    order_row(store, order_id)
    physical = [line for line in _lines(store, order_id) if line["type"] == "physical"]
    left = {line["id"]: line["quantity"] - line["shipped"] for line in physical}
    shipped = {key: n for key, n in left.items() if n} if units is None else dict(units)
    for line_id, count in shipped.items():
        if not 0 < count <= left.get(line_id, 0):
            raise ValueError(f"Line {line_id} has {left.get(line_id, 0)} left to ship.")
        store.db.run("UPDATE order_lines SET shipped=shipped+? WHERE id=?", count, line_id)
        left[line_id] -= count
    write_body(store, order_id, shipped_at=int(clock.now()))
    set_status(store, order_id, PARTIALLY_SHIPPED if any(left.values()) else SHIPPED)


def edit(
    store: Store,
    order_id: int,
    units: Units | None = None,
    *,
    added: list[dict[str, Any]] | None = None,
    new_ids: bool = False,
) -> dict[int, int]:
    """Change quantities (0 removes a line) and add lines; return the lines' new ids by the old ones.

    Stock follows if the settings say so, but not for a manual order that was made as Awaiting
    Fulfillment. Raises ValueError.
    """
    row = order_row(store, order_id)
    moves = governing(store, row)["edit_order_stock_adjustment"] and not (
        is_manual(row) and row["status_id"] == AWAITING_FULFILLMENT
    )
    follows = moves and row["takes_stock"]
    held = {line["id"]: line for line in _lines(store, order_id)}
    for line_id, quantity in (units or {}).items():
        if line_id not in held or quantity < 0:
            raise ValueError(f"Order {order_id} has no line {line_id}, or no such quantity.")
        _requantify(store, row, held[line_id], quantity, follows=bool(follows))
    for wanted in added or ():
        line_id = insert_line(store.db, order_id, wanted)
        if follows:
            line = store.db.one("SELECT * FROM order_lines WHERE id=?", line_id)
            assert line is not None
            take(store, line, line["quantity"])
    renamed = with_new_ids(store.db, order_id) if new_ids else {}
    modified(store, order_id)
    return renamed


def archive(store: Store, order_id: int, *, archived: bool = True) -> None:
    """Archive an order, which leaves its stock as it is, or bring it back. Raises ValueError."""
    order_row(store, order_id)
    store.db.run("UPDATE orders SET archived=? WHERE id=?", archived, order_id)
    if archived:
        store.outbox.say("order/archived", "order", order_id)
    modified(store, order_id)


def modified(store: Store, order_id: int) -> None:
    """Tell of a change of an order, and move its date_modified to now, unless the hazard
    modified-unmoved strikes."""
    store.outbox.say("order/updated", "order", order_id)
    if not store.hazards.strikes("modified-unmoved", "PUT", f"/orders/{order_id}", WEB_STAFF):
        store.db.run("UPDATE orders SET modified=? WHERE id=?", int(clock.now()), order_id)


def write_body(store: Store, order_id: int, **values: Any) -> None:
    """Merge values into the body of an order."""
    body = json.loads(order_row(store, order_id)["body"]) | values
    store.db.run("UPDATE orders SET body=? WHERE id=?", json.dumps(body), order_id)


def _lines(store: Store, order_id: int) -> list[sqlite3.Row]:
    return lines_of(store.db, [order_id])[order_id]


def _requantify(
    store: Store, row: sqlite3.Row, line: sqlite3.Row, quantity: int, *, follows: bool
) -> None:
    more = quantity - line["quantity"]
    if follows and more > 0:
        take(store, line, more)
    elif follows:
        put_back(store, row, line, -more)
    if quantity == 0:
        store.db.run("DELETE FROM order_lines WHERE id=?", line["id"])
    else:
        store.db.run("UPDATE order_lines SET quantity=? WHERE id=?", quantity, line["id"])
