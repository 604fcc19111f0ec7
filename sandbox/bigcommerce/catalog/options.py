"""Options of a product; creating an option creates no variants."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import missing_fields, refuse
from sandbox.bigcommerce.calls.field import SORT_ORDER, Field
from sandbox.bigcommerce.calls.validate import clean, key_of, own_id, records
from sandbox.bigcommerce.catalog.lookup import child_row
from sandbox.bigcommerce.catalog.modified import bump, note_part
from sandbox.bigcommerce.catalog.option_values import (
    clean_value,
    insert_value,
    value_row,
    write_value,
)
from sandbox.bigcommerce.catalog.product_views import load_options
from sandbox.bigcommerce.catalog.variant_rows import delete_variant_row, restore_base_variant
from sandbox.bigcommerce.state.db import Database

TYPES = (
    "radio_buttons", "rectangles", "dropdown", "product_list", "product_list_with_images", "swatch",
)  # fmt: skip
FIELDS: dict[str, Field] = {
    "display_name": Field("string", "", 1, 255),
    "type": Field("string", "rectangles", choices=TYPES),
    "config": Field("object", {}),
    "sort_order": SORT_ORDER,
}


def option_views(call: Call, product_id: int) -> list[dict[str, Any]]:
    """Return the options of a product, with their values, as answers show them."""
    return load_options(call.store.db, [product_id]).get(product_id, [])


def option_view(call: Call, product_id: int, option_id: int) -> dict[str, Any]:
    """Return one option with its values. Raises Refusal 404."""
    child_row(call, "options", product_id, option_id)
    return next(view for view in option_views(call, product_id) if view["id"] == option_id)


def insert_option(db: Database, product_id: int, display_name: str, body: dict[str, Any]) -> int:
    """Insert an option; return its id. Raises Refusal 409 if the product has one of that name."""
    key = key_of(display_name)
    if db.one("SELECT 1 FROM options WHERE product_id=? AND name_key=?", product_id, key):
        raise refuse(409, f"The display name '{display_name}' is already in use on this product")
    return db.run(
        "INSERT INTO options(product_id, name_key, body) VALUES (?,?,?)",
        product_id,
        key,
        json.dumps({"display_name": display_name, **body}, ensure_ascii=False),
    )


def create_option(call: Call, product_id: int, payload: Any) -> int:
    """Create an option with its values; return its id. Raises Refusal 409 or 422."""
    values = clean(FIELDS, payload)
    absent = {
        name: f"{name} is required" for name in ("display_name", "type") if name not in values
    }
    if absent:
        raise missing_fields(absent)
    listed = payload.get("option_values")
    if not isinstance(listed, list) or not listed:
        raise missing_fields({"option_values": "option_values needs at least one value"})
    db = call.store.db
    count = db.value("SELECT COUNT(*) FROM options WHERE product_id=?", product_id)
    body = {key: values.get(key, FIELDS[key].default) for key in ("type", "config")}
    body["sort_order"] = values.get("sort_order", count)
    option_id = insert_option(db, product_id, values["display_name"], body)
    for item in listed:
        insert_value(db, option_id, clean_value(item))
    _note(call, product_id)
    return option_id


def update_option(call: Call, row: sqlite3.Row, payload: Any) -> None:
    """Change an option's fields; values with an id are changed, others added, none removed.

    Raises Refusal 404, 409 or 422.
    """
    values = clean(FIELDS, payload)
    db = call.store.db
    body = {**json.loads(row["body"]), **values}
    key = key_of(body["display_name"])
    holder = db.value(
        "SELECT id FROM options WHERE product_id=? AND name_key=?", row["product_id"], key
    )
    if holder not in (None, row["id"]):
        raise refuse(409, "The display name is already in use on this product")
    db.run(
        "UPDATE options SET name_key=?, body=? WHERE id=?",
        key,
        json.dumps(body, ensure_ascii=False),
        row["id"],
    )
    for item in records("option_values", payload.get("option_values")):
        value_id = own_id(item)
        if value_id is not None:
            write_value(db, value_row(call, row["id"], value_id), item)
        else:
            insert_value(db, row["id"], clean_value(item))
    _note(call, row["product_id"])


def delete_option(call: Call, row: sqlite3.Row) -> None:
    """Delete an option, with every variant that has a value of it."""
    db, product_id = call.store.db, row["product_id"]
    doomed = db.all("SELECT variant_id FROM variant_values WHERE option_id=?", (row["id"],))
    for variant in doomed:
        delete_variant_row(db, variant["variant_id"])
    if doomed and db.one("SELECT 1 FROM variants WHERE product_id=?", product_id) is None:
        restore_base_variant(db, product_id)
    db.run("DELETE FROM option_values WHERE option_id=?", row["id"])
    db.run("DELETE FROM options WHERE id=?", row["id"])
    _note(call, product_id)


def _note(call: Call, product_id: int) -> None:
    bump(call, product_id)
    note_part(call, product_id, "options")
