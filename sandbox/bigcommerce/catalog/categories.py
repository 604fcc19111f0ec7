"""Creating, changing and deleting categories, one of a batch at a time."""

import json
import sqlite3
import uuid
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import refuse
from sandbox.bigcommerce.calls.field import SORT_ORDER, Field
from sandbox.bigcommerce.calls.validate import clean, is_integer, key_of
from sandbox.bigcommerce.catalog.category_places import (
    MOST_LEVELS,
    ancestors,
    category_row,
    levels_below,
    place_of,
    refuse_taken_name,
)
from sandbox.bigcommerce.state.db import placeholders

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
    """Create one category; return its view.

    Raises Refusal 422 for a bad value, a name in use, too deep a place or one category too many.
    """
    values = _clean(item)
    if not values.get("name"):
        raise refuse(422, "Missing Required Fields", {"name": "Please provide a name."})
    db = call.store.db
    tree_id, parent_id = place_of(db, values.get("tree_id"), values.get("parent_id"))
    if db.value("SELECT COUNT(*) FROM categories") >= MOST_CATEGORIES:
        raise refuse(422, f"A store may have at most {MOST_CATEGORIES} categories")
    name = values["name"].strip()
    refuse_taken_name(db, tree_id, parent_id, name, None)
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
    return category_view(category_row(db, category_id))


def update_category(call: Call, item: Any) -> None:
    """Change the category that an item names by category_id. Raises Refusal 422."""
    values = _clean(item)
    db = call.store.db
    category_id = item.get("category_id")
    row = category_row(db, category_id if is_integer(category_id) else 0)
    tree_id, parent_id = row["tree_id"], row["parent_id"]
    if "parent_id" in values and values["parent_id"] != parent_id:
        tree_id, parent_id = place_of(db, tree_id, values["parent_id"])
        above = ancestors(db, parent_id)
        if row["id"] in above:
            raise refuse(422, "A category cannot be placed below itself")
        if len(above) + len(levels_below(db, [row["id"]])) > MOST_LEVELS:
            raise refuse(422, f"Categories may be at most {MOST_LEVELS} levels deep")
    name = values.get("name", row["name"]).strip()
    refuse_taken_name(db, tree_id, parent_id, name, row["id"])
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


def delete_categories(call: Call, ids: list[int]) -> int:
    """Delete categories with all below them; return the number deleted.

    Raises Refusal 422 if one of them holds products.
    """
    db = call.store.db
    listed = [category_id for level in levels_below(db, ids) for category_id in level]
    held = f"category_id IN ({placeholders(listed)})"
    if db.count("product_categories", held, listed):
        raise refuse(422, "A category that has products cannot be deleted")
    db.delete("categories", f"id IN ({placeholders(listed)})", listed)
    return len(listed)
