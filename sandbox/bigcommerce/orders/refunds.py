"""Refunds: units of lines, or an amount without units; by staff, or by an app through the API."""

import json
import sqlite3
from decimal import Decimal
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import not_found
from sandbox.bigcommerce.calls.paging import page_of_rows
from sandbox.bigcommerce.orders.lines import lines_of
from sandbox.bigcommerce.orders.money import line_price, total_of
from sandbox.bigcommerce.orders.staff_changes import Units, set_status, write_body
from sandbox.bigcommerce.orders.statuses import PARTIALLY_REFUNDED, REFUNDED
from sandbox.bigcommerce.orders.stock_of_orders import governing, order_row, put_back
from sandbox.bigcommerce.orders.times import iso8601, v3_time
from sandbox.bigcommerce.state import clock
from sandbox.bigcommerce.state.db import placeholders
from sandbox.bigcommerce.state.store import Store


def refund(
    store: Store,
    order_id: int,
    units: Units | None = None,
    *,
    amount: Decimal | None = None,
    restock: bool | None = None,
    by_app: bool = False,
) -> int:
    """Refund units (all that are left, if neither units nor an amount are given); return its id.

    restock: whether the staff tick "return to stock"; by default as the settings say. A refund by
    an app restocks nothing. A refund of a part leaves date_modified as it was, which is not
    documented otherwise. Raises ValueError for more units than are left.
    """
    row = order_row(store, order_id)
    lines = {line["id"]: line for line in lines_of(store.db, [order_id])[order_id]}
    left = {key: line["quantity"] - line["refunded"] for key, line in lines.items()}
    whole = units is None and amount is None
    refunded = {key: n for key, n in left.items() if n} if whole else dict(units or {})
    setting = governing(store, row)["refund_order_stock_adjustment"]
    restocks = not by_app and (setting if restock is None else restock)
    ends = all(refunded.get(line_id, 0) == count for line_id, count in left.items())
    items: list[dict[str, Any]] = []
    for line_id, count in refunded.items():
        if not 0 < count <= left.get(line_id, 0):
            raise ValueError(f"Line {line_id} has {left.get(line_id, 0)} left to refund.")
        store.db.run("UPDATE order_lines SET refunded=refunded+? WHERE id=?", count, line_id)
        if restocks:
            put_back(store, row, lines[line_id], count, told=ends)
        price = float(line_price(lines[line_id]) * count)
        items.append(_item("PRODUCT", line_id, price, count))
    if amount is not None:
        items.append(_item("ORDER", order_id, float(amount)))
    refund_id = _insert(store, order_id, items)
    told = {"refund_id": refund_id}
    store.outbox.say("order/refund/created", "order", order_id, refund=told)
    _conclude(
        store, order_id, sum((Decimal(str(i["requested_amount"])) for i in items), Decimal(0))
    )
    return refund_id


def _conclude(store: Store, order_id: int, amount: Decimal) -> None:
    """Add an amount to what is refunded, and give the order the status that follows."""
    row = order_row(store, order_id)
    lines = lines_of(store.db, [order_id])[order_id]
    refunded = Decimal(json.loads(row["body"])["refunded"]) + amount
    write_body(store, order_id, refunded=str(refunded))
    if all(line["refunded"] >= line["quantity"] for line in lines) or refunded >= total_of(
        row, lines
    ):
        # The units were returned, or not, with the refund itself: the status moves nothing more.
        store.db.run("UPDATE orders SET takes_stock=0 WHERE id=?", order_id)
        set_status(store, order_id, REFUNDED)
    else:
        store.db.run("UPDATE orders SET status_id=? WHERE id=?", PARTIALLY_REFUNDED, order_id)
        store.outbox.say("order/updated", "order", order_id)


def _item(kind: str, item_id: int, amount: float, quantity: int | None = None) -> dict[str, Any]:
    item = {"item_type": kind, "item_id": item_id, "requested_amount": round(amount, 2),
            "reason": "", "adjustments": []}  # fmt: skip
    return item if quantity is None else item | {"quantity": quantity}


def _insert(store: Store, order_id: int, items: list[dict[str, Any]]) -> int:
    amount = round(sum(item["requested_amount"] for item in items), 2)
    payment = {"id": 1, "provider_id": "custom", "amount": amount, "offline": True,
               "is_declined": False, "declined_message": ""}  # fmt: skip
    body = {"reason": "", "total_amount": amount, "total_tax": 0, "items": items,
            "uses_merchant_override_values": False, "payments": [payment]}  # fmt: skip
    return store.db.run(
        "INSERT INTO refunds(order_id, created, body) VALUES (?,?,?)",
        order_id,
        int(clock.now()),
        json.dumps(body),
    )


def refund_page(
    call: Call, order_id: int | None = None
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the refunds that a query asks for, of one order or of the store, by id, and meta."""
    where, values = ["1"], list[Any]()
    if order_id is not None:
        where.append("order_id = ?")
        values.append(order_id)
    for name, column in (("order_id:in", "order_id"), ("id:in", "id")):
        ids = call.integers(name)
        if ids is not None:
            where.append(f"{column} IN ({placeholders(ids)})")
            values += ids
    for name, comparison in (("created:min", ">="), ("created:max", "<=")):
        if name in call.query:
            where.append(f"created {comparison} ?")
            values.append(v3_time(name, call.query[name]))
    condition = " AND ".join(where), values
    rows, meta = page_of_rows(call, "SELECT * FROM refunds", "refunds", condition, "id")
    return [_view(row) for row in rows], meta


def one_refund(call: Call, refund_id: int) -> dict[str, Any]:
    """Return one refund; the amounts of its items are texts here, numbers in a list, as documented.
    Raises Refusal 404."""
    row = call.store.db.one("SELECT * FROM refunds WHERE id=?", refund_id)
    if row is None:
        raise not_found("The requested refund was not found", call.path)
    view = _view(row)
    for item in view["items"]:
        item["requested_amount"] = f"{item['requested_amount']:.2f}"
    return view


def _view(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "order_id": row["order_id"],
        "user_id": 1,
        "created": iso8601(row["created"]),
        **json.loads(row["body"]),
    }
