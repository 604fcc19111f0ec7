"""The assignments of products to channels and to categories."""

import json
from dataclasses import dataclass
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import refuse
from sandbox.bigcommerce.calls.paging import page_of_rows
from sandbox.bigcommerce.calls.validate import is_integer
from sandbox.bigcommerce.catalog.modified import note_part
from sandbox.bigcommerce.state.db import Database, placeholders

# No limits are documented for these arrays; these only keep a payload sane.
MOST_ASSIGNMENTS = 1000
MOST_CATEGORIES = 1000


@dataclass(frozen=True, slots=True)
class Pairing:
    """A table of pairs: a product's id and, in `column`, the id of a row of `target`."""

    table: str
    column: str
    target: str


CHANNELS = Pairing("product_channels", "channel_id", "channels")
CATEGORIES = Pairing("product_categories", "category_id", "categories")


def assignment_page(call: Call, pairing: Pairing) -> tuple[list[dict[str, int]], dict[str, Any]]:
    """Return the pairs a query asks for by product_id:in and the other id, and meta."""
    table, column = pairing.table, pairing.column
    rows, meta = page_of_rows(
        call,
        f"SELECT product_id, {column} FROM {table}",  # noqa: S608 - the names are those of a Pairing
        table,
        _filter(call, pairing),
        f"product_id, {column}",
    )
    return [{"product_id": row["product_id"], column: row[column]} for row in rows], meta


def assign_to_channels(call: Call, items: list[Any]) -> None:
    """Assign products to channels; a pair that exists already is no error.

    Raises Refusal 422.
    """
    for product_id, channel_id in _pairs(call, items, CHANNELS):
        call.store.db.run(
            "INSERT OR IGNORE INTO product_channels(product_id, channel_id) VALUES (?,?)",
            product_id,
            channel_id,
        )
        note_part(call, product_id, "channels")


def assign_to_categories(call: Call, items: list[Any]) -> None:
    """Add products to categories; they stay in their others. Raises Refusal 422."""
    db = call.store.db
    for product_id, category_id in _pairs(call, items, CATEGORIES):
        position = db.value(
            "SELECT COUNT(*) FROM product_categories WHERE product_id=?", product_id
        )
        if position >= MOST_CATEGORIES and not _is_in(db, product_id, category_id):
            words = f"A product may be in at most {MOST_CATEGORIES} categories"
            raise refuse(422, words, {str(product_id): words})
        _add_to_category(db, product_id, category_id, position)
        _show_categories(db, product_id)
        note_part(call, product_id, "categories")


def delete_assignments(call: Call, pairing: Pairing) -> None:
    """Delete the pairs a query asks for. Raises Refusal 422 without a filter."""
    where, values = _filter(call, pairing)
    if not values:
        raise refuse(422, "A filter is required")
    db, table = call.store.db, pairing.table
    products = db.select("DISTINCT product_id", table, where, values)
    db.delete(table, where, values)
    if pairing == CATEGORIES:
        for row in products:
            _show_categories(db, row["product_id"])


def replace_categories(call: Call, product_id: int, wanted: list[int]) -> list[int]:
    """Replace a product's categories, as its own PUT does; return each of them once.

    Raises Refusal 409 for one that does not exist.
    """
    db = call.store.db
    ids = list(dict.fromkeys(wanted))
    if db.count("categories", f"id IN ({placeholders(ids)})", ids) != len(ids):
        words = "One or more categories do not exist"
        raise refuse(409, words, {"categories": words})
    db.run("DELETE FROM product_categories WHERE product_id=?", product_id)
    for position, category_id in enumerate(ids):
        _add_to_category(db, product_id, category_id, position)
    return ids


def _filter(call: Call, pairing: Pairing) -> tuple[str, list[Any]]:
    where, values = ["1"], list[Any]()
    for name in ("product_id", pairing.column):
        ids = call.integers(f"{name}:in")
        if ids is not None:
            where.append(f"{name} IN ({placeholders(ids)})")
            values += ids
    return " AND ".join(where), values


def _pairs(call: Call, items: list[Any], pairing: Pairing) -> list[tuple[int, int]]:
    """Return the pairs of a batch. Raises Refusal 422 naming each bad one by its position."""
    column, db = pairing.column, call.store.db
    pairs: list[tuple[int, int]] = []
    errors: dict[str, str] = {}
    for position, item in enumerate(items):
        ids = (item.get("product_id"), item.get(column)) if isinstance(item, dict) else (None, None)
        if not all(is_integer(part) for part in ids):
            errors[str(position)] = f"product_id and {column} are required"
        elif not db.has("products", ids[0]):
            errors[str(position)] = f"Product {ids[0]} does not exist"
        elif not db.has(pairing.target, ids[1]):
            errors[str(position)] = f"{column} {ids[1]} does not exist"
        else:
            pairs.append((int(ids[0] or 0), int(ids[1] or 0)))
    if errors:
        raise refuse(422, "Some assignments are invalid", errors)
    return pairs


def _is_in(db: Database, product_id: int, category_id: int) -> bool:
    sql = "SELECT 1 FROM product_categories WHERE product_id=? AND category_id=?"
    return db.one(sql, product_id, category_id) is not None


def _add_to_category(db: Database, product_id: int, category_id: int, position: int) -> None:
    """Add a product to a category; it is no error if it is there already."""
    db.run(
        "INSERT OR IGNORE INTO product_categories(product_id, category_id, position)"
        " VALUES (?,?,?)",
        product_id,
        category_id,
        position,
    )


def _show_categories(db: Database, product_id: int) -> None:
    """Write the categories that a product is in into its body."""
    rows = db.all(
        "SELECT category_id FROM product_categories WHERE product_id=? ORDER BY position",
        (product_id,),
    )
    listed = json.dumps([row["category_id"] for row in rows])
    db.run(
        "UPDATE products SET body=json_set(body, '$.categories', json(?)) WHERE id=?",
        listed,
        product_id,
    )
