"""Rows found by the ids of a path, or the documented 404."""

import sqlite3

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import not_found


def product_row(call: Call, product_id: int) -> sqlite3.Row:
    """Return a product's row. Raises Refusal 404."""
    row = call.store.db.one("SELECT * FROM products WHERE id=?", product_id)
    if row is None:
        raise not_found(f"A product was not found with an id of {product_id}", call.path)
    return row


def variant_row(call: Call, product_id: int, variant_id: int) -> sqlite3.Row:
    """Return a variant's row of this product. Raises Refusal 404."""
    row = call.store.db.one(
        "SELECT * FROM variants WHERE id=? AND product_id=?", variant_id, product_id
    )
    if row is None:
        raise not_found(f"A variant was not found with an id of {variant_id}", call.path)
    return row


def child_row(call: Call, table: str, product_id: int, child_id: int) -> sqlite3.Row:
    """Return a row of a sub-resource of this product. Raises Refusal 404."""
    rows = call.store.db.select("*", table, "id=? AND product_id=?", (child_id, product_id))
    if not rows:
        raise not_found("The requested resource was not found", call.path)
    return rows[0]
