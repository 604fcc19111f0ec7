"""Category rows, their place in a tree, and which products are in them."""

import json
import sqlite3
import uuid
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import refuse
from sandbox.bigcommerce.calls.field import SORT_ORDER, Field
from sandbox.bigcommerce.calls.validate import clean, is_integer, key_of
from sandbox.bigcommerce.state.db import Database, marks

FIELDS: dict[str, Field] = {
    "name": Field("string", "", 1, 50),
    "tree_id": Field("integer", 0, 0),
    "parent_id": Field("integer", 0, 0),
    "description": Field("string", "", 0, 65535),
    "views": Field("integer", 0, 0),
    "sort_order": SORT_ORDER,
    "page_title": Field("string", "", 0, 255),
    "meta_keywords": Field("strings", []),
    "meta_description": Field("string", "", 0, 65535),
    "layout_file": Field("string", "category.html", 0, 50),
    "image_url": Field("string", "", 0),
    "is_visible": Field("boolean", default=True),
    "search_keywords": Field("string", "", 0, 255),
    "default_product_sort": Field(
        "string",
        "use_store_settings",
        choices=(
            "use_store_settings", "featured", "newest", "best_selling", "alpha_asc", "alpha_desc",
            "avg_customer_review", "price_asc", "price_desc",
        ),
    ),
    "url": Field("object", None),
}  # fmt: skip
MOST_LEVELS = 8
MOST_CATEGORIES = 16_000
PLACE = ("name", "tree_id", "parent_id")


def category_view(row: sqlite3.Row) -> dict[str, Any]:
    """Return a category as /catalog/trees/categories shows it."""
    return {
        "category_id": row["id"],
        "tree_id": row["tree_id"],
        "parent_id": row["parent_id"],
        "name": row["name"],
        **json.loads(row["body"]),
    }


def _clean(item: Any) -> dict[str, Any]:
    values = clean(FIELDS, item)
    path = values.get("url", {"path": "/"}).get("path")
    if not isinstance(path, str) or not 1 <= len(path) <= 255:
        raise refuse(422, "Invalid field(s): url", {"url": "path must have 1 to 255 characters"})
    return values


def create_category(call: Call, item: Any) -> dict[str, Any]:
    """Create one category of a batch; return its view.

    Raises Refusal 422 for a bad value, a taken name, too deep a place or too many.
    """
    values = _clean(item)
    if not values.get("name"):
        raise refuse(422, "Missing Required Fields", {"name": "Please provide a name."})
    db = call.store.db
    tree_id, parent_id = _place(db, values.get("tree_id"), values.get("parent_id"))
    if db.value("SELECT COUNT(*) FROM categories") >= MOST_CATEGORIES:
        raise refuse(422, f"A store may have at most {MOST_CATEGORIES} categories")
    name = values["name"].strip()
    _name_is_free(db, tree_id, parent_id, name, None)
    body = {key: field.default for key, field in FIELDS.items() if key not in PLACE}
    body.update({key: value for key, value in values.items() if key not in PLACE})
    body["category_uuid"] = str(uuid.UUID(int=call.store.random.getrandbits(128), version=4))
    body["url"] = values.get("url") or {
        "path": f"/{'-'.join(name.lower().split())}/",
        "is_customized": False,
    }
    category_id = db.run(
        "INSERT INTO categories(tree_id, parent_id, name_key, name, body) VALUES (?,?,?,?,?)",
        tree_id,
        parent_id,
        key_of(name),
        name,
        json.dumps(body, ensure_ascii=False),
    )
    return category_view(_row(db, category_id))


def update_category(call: Call, item: Any) -> None:
    """Change one category of a batch; raises Refusal 422."""
    values = _clean(item)
    db = call.store.db
    category_id = item.get("category_id")
    row = _row(db, category_id if is_integer(category_id) else 0)
    tree_id, parent_id = row["tree_id"], row["parent_id"]
    if "parent_id" in values and values["parent_id"] != parent_id:
        tree_id, parent_id = _place(db, tree_id, values["parent_id"])
        above = _ancestors(db, parent_id)
        if row["id"] in above:
            raise refuse(422, "A category cannot be placed below itself")
        if len(above) + len(_levels(db, [row["id"]])) > MOST_LEVELS:
            raise refuse(422, f"Categories may be at most {MOST_LEVELS} levels deep")
    name = values.get("name", row["name"]).strip()
    _name_is_free(db, tree_id, parent_id, name, row["id"])
    body = json.loads(row["body"])
    body.update({key: value for key, value in values.items() if key not in PLACE})
    db.run(
        "UPDATE categories SET tree_id=?, parent_id=?, name_key=?, name=?, body=? WHERE id=?",
        tree_id,
        parent_id,
        key_of(name),
        name,
        json.dumps(body, ensure_ascii=False),
        row["id"],
    )


def delete_categories(db: Database, ids: list[int]) -> int:
    """Delete categories with what is below them; raises Refusal 422 if one holds products."""
    listed = [category_id for level in _levels(db, ids) for category_id in level]
    held = f"SELECT 1 FROM product_categories WHERE category_id IN ({marks(listed)})"  # noqa: S608
    if listed and db.all(held, listed):
        raise refuse(422, "A category that has products cannot be deleted")
    db.all(f"DELETE FROM categories WHERE id IN ({marks(listed)})", listed)  # noqa: S608
    return len(listed)


def assign_categories(call: Call, product_id: int, wanted: list[int]) -> list[int]:
    """Replace a product's categories, as a PUT does; raises Refusal 409 for an unknown one."""
    db = call.store.db
    ids = list(dict.fromkeys(wanted))
    known = {
        row["id"]
        for row in db.all(f"SELECT id FROM categories WHERE id IN ({marks(ids)})", ids)  # noqa: S608
    }
    if known != set(ids):
        words = "One or more categories do not exist"
        raise refuse(409, words, {"categories": words})
    db.run("DELETE FROM product_categories WHERE product_id=?", product_id)
    for position, category_id in enumerate(ids):
        add_to_category(db, product_id, category_id, position)
    return ids


def add_to_category(db: Database, product_id: int, category_id: int, position: int) -> None:
    """Put a product into a category; being in it already is no error."""
    db.run(
        "INSERT OR IGNORE INTO product_categories(product_id, category_id, position)"
        " VALUES (?,?,?)",
        product_id,
        category_id,
        position,
    )


def _levels(db: Database, ids: list[int]) -> list[list[int]]:
    """Return categories and what is below them, level by level, each once."""
    levels: list[list[int]] = []
    known: set[int] = set()
    below = list(ids)
    while below:
        levels.append(below)
        known.update(below)
        rows = db.all(f"SELECT id FROM categories WHERE parent_id IN ({marks(below)})", below)  # noqa: S608
        below = [row["id"] for row in rows if row["id"] not in known]
    return levels


def _row(db: Database, category_id: int) -> sqlite3.Row:
    row = db.one("SELECT * FROM categories WHERE id=?", category_id)
    if row is None:
        raise refuse(422, f"The category with id {category_id} does not exist")
    return row


def _place(db: Database, tree_id: int | None, parent_id: int | None) -> tuple[int, int]:
    """Return tree and parent; a parent decides the tree. Raises Refusal 422."""
    if parent_id:
        parent = _row(db, parent_id)
        if len(_ancestors(db, parent_id)) >= MOST_LEVELS:
            raise refuse(422, f"Categories may be at most {MOST_LEVELS} levels deep")
        return int(parent["tree_id"]), parent_id
    if not tree_id:
        raise refuse(422, "Missing Required Fields", {"tree_id": "tree_id or parent_id is needed"})
    if db.one("SELECT 1 FROM trees WHERE id=?", tree_id) is None:
        raise refuse(422, f"The category tree with id {tree_id} does not exist")
    return tree_id, 0


def _ancestors(db: Database, category_id: int) -> list[int]:
    """Return a category and all above it."""
    chain: list[int] = []
    current: int | None = category_id
    while current:
        chain.append(current)
        current = db.value("SELECT parent_id FROM categories WHERE id=?", current)
    return chain


def _name_is_free(
    db: Database, tree_id: int, parent_id: int, name: str, own_id: int | None
) -> None:
    holder = db.value(
        "SELECT id FROM categories WHERE tree_id=? AND parent_id=? AND name_key=?",
        tree_id,
        parent_id,
        key_of(name),
    )
    if holder is not None and holder != own_id:
        words = f"Category with the name '{name}' already exists"
        raise refuse(422, words, {"name": words})
