"""Orders, their lines and their counts, as a query asks for them."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from sandbox.bigcommerce.calls.call import PAGED, Call
from sandbox.bigcommerce.calls.errors import not_found, refuse
from sandbox.bigcommerce.calls.paging import page_of
from sandbox.bigcommerce.orders.consignment_views import consignments_view
from sandbox.bigcommerce.orders.line_views import line_view
from sandbox.bigcommerce.orders.lines import lines_of
from sandbox.bigcommerce.orders.order_filters import conditions, order_by
from sandbox.bigcommerce.orders.order_views import order_view
from sandbox.bigcommerce.orders.statuses import STATUSES, status_view
from sandbox.bigcommerce.state import clock
from sandbox.bigcommerce.state.store import Reading

INCLUDES = frozenset({"consignments", "consignments.line_items", "fees"})
SHOWN = frozenset({"include", "consignment_structure"})

View = dict[str, Any]


def orders_found(call: Call) -> list[View]:
    """Return the requested page of the orders that a query asks for, without archived ones."""
    where, values = conditions(call)
    page, limit = page_of(call)
    capped = call.strikes("orders-capped")
    if capped is not None:
        limit = min(limit, int(capped.params.get("most", 50)))
    rows = call.store.db.select(
        "*",
        "orders",
        f"{where} ORDER BY {order_by(call)} LIMIT ? OFFSET ?",
        (*values, limit, (page - 1) * limit),
    )
    min_id = int(float(call.query.get("min_id", "1")))
    call.store.readings.append(Reading(clock.now(), call.agent, min_id, len(rows)))
    return _views(call, rows)


def one_order(call: Call, order_id: int) -> View:
    """Return one order, archived or not. Raises Refusal 404."""
    call.only(SHOWN)
    return _views(call, [known_order(call, order_id)])[0]


def known_order(call: Call, order_id: int) -> sqlite3.Row:
    """Return the row of an order. Raises Refusal 404."""
    row = call.store.db.one("SELECT * FROM orders WHERE id=?", order_id)
    if row is None:
        raise not_found("The requested resource was not found.", call.path)
    return row


def lines_page(call: Call, order_id: int) -> list[View]:
    """Return the requested page of an order's lines, by id. Raises Refusal 404."""
    call.only(PAGED)
    order = known_order(call, order_id)
    page, limit = page_of(call)
    rows = call.store.db.select(
        "*",
        "order_lines",
        "order_id=? ORDER BY id LIMIT ? OFFSET ?",
        (order["id"], limit, (page - 1) * limit),
    )
    return [line_view(row) for row in rows]


def counts_by_status(call: Call) -> View:
    """Return how many orders have each status, archived ones not counted."""
    call.only(())
    rows = call.store.db.all(
        "SELECT status_id, COUNT(*) AS times FROM orders WHERE NOT archived GROUP BY status_id"
    )
    counts = {row["status_id"]: row["times"] for row in rows}
    return {
        "statuses": [
            {
                **status_view(number),
                "count": counts.get(number, 0),
                "sort_order": STATUSES[number].place,
            }
            for number in sorted(STATUSES, key=lambda each: STATUSES[each].place)
        ],
        "count": sum(counts.values()),
    }


def _views(call: Call, rows: Sequence[sqlite3.Row]) -> list[View]:
    include = call.strings("include") or []
    if not INCLUDES.issuperset(include):
        raise refuse(400, "The field 'include' is invalid.")
    structured = call.query.get("consignment_structure")
    with_lines = "consignments.line_items" in include
    shows = with_lines or "consignments" in include
    if shows and structured != "object":
        raise refuse(400, "The consignments need consignment_structure=object.")
    store_hash = call.store.config.store_hash
    lines = lines_of(call.store.db, [row["id"] for row in rows])
    views = []
    for row in rows:
        held = lines[row["id"]]
        view = order_view(row, held, store_hash, archived=bool(row["archived"]))
        if shows:
            shown = held[:-1] if call.strikes("lines-missing") else held
            view["consignments"] = consignments_view(
                row["id"], shown, store_hash, with_lines=with_lines
            )
        if "fees" in include:
            view["fees"] = []
        views.append(view)
    return views
