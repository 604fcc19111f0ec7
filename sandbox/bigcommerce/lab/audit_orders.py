"""Which orders an absolute level swallowed, and which units were sold below what was there."""

from collections.abc import Iterable
from typing import Any

from sandbox.bigcommerce.state.settling import Moved
from sandbox.bigcommerce.state.store import Store


def swallowed(moves: Iterable[Moved]) -> list[dict[str, Any]]:
    """Return the units that went back on sale because an absolute level was accepted before an order
    and applied after it; each order's units once, at the first write that did it.
    Units that an order gave back in that time, and the write took away again, are below 0."""
    taken: dict[tuple[str, int, int], list[Moved]] = {}
    found: list[dict[str, Any]] = []
    for move in moves:
        place = move.kind, move.item_id, move.location_id
        if move.by == "order" and move.units:
            taken.setdefault(place, []).append(move)
        elif move.by == "adjustment" and move.level is not None:
            since = move.accepted_at or move.at
            found += [_swallowed(order, move) for order in taken.pop(place, []) if order.at > since]
    return found


def _swallowed(order: Moved, write: Moved) -> dict[str, Any]:
    return {
        "order_id": order.order_id,
        "product_id" if order.kind == "p" else "variant_id": order.item_id,
        "units": -(order.units or 0),
        "accepted_at": write.accepted_at,
        "ordered_at": order.at,
        "applied_at": write.at,
    }


def oversold(store: Store) -> list[dict[str, Any]]:
    """Return the lines of orders that hold their stock and took fewer units than they sell: an order
    by hand or by an app for more than there was, or one whose stock was not taken."""
    rows = store.db.all(
        "SELECT l.* FROM order_lines l JOIN orders o ON o.id = l.order_id"
        " JOIN products p ON p.id = l.product_id WHERE o.takes_stock AND p.tracking <> 'none'"
        " AND l.taken < l.quantity - l.refunded ORDER BY l.id"
    )
    return [
        {
            "order_id": row["order_id"],
            "line_id": row["id"],
            "units": row["quantity"] - row["refunded"] - row["taken"],
        }
        for row in rows
    ]
