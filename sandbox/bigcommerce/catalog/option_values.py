"""The values of options, and which of them a variant has."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import invalid_fields, missing_fields, not_found, refuse
from sandbox.bigcommerce.calls.field import SORT_ORDER, Field
from sandbox.bigcommerce.calls.validate import clean, is_integer, key_of
from sandbox.bigcommerce.catalog.modified import bump, note_part
from sandbox.bigcommerce.state.db import Database

FIELDS: dict[str, Field] = {
    "label": Field("string", "", 1, 255),
    "sort_order": SORT_ORDER,
    "is_default": Field("boolean", default=False),
    "value_data": Field("object", None, nullable=True),
}
MOST_VALUES = 250


def value_view(row: sqlite3.Row) -> dict[str, Any]:
    """Return an option value as answers show it."""
    return {"id": row["id"], **json.loads(row["body"])}


def value_row(call: Call, option_id: int, value_id: int) -> sqlite3.Row:
    """Return a value's row of this option. Raises Refusal 404."""
    row = call.store.db.one(
        "SELECT * FROM option_values WHERE id=? AND option_id=?", value_id, option_id
    )
    if row is None:
        raise not_found("The requested option value was not found", call.path)
    return row


def clean_value(item: Any) -> dict[str, Any]:
    """Return the fields of a new option value. Raises Refusal 422."""
    values = clean(FIELDS, item)
    absent = {name: f"{name} is required" for name in ("label", "sort_order") if name not in values}
    if absent:
        raise missing_fields(absent)
    filled = {key: values.get(key, field.default) for key, field in FIELDS.items()}
    # An answer to a POST may not hold null here (product-variant-options_catalog.v3.yml).
    return {key: value for key, value in filled.items() if value is not None}


def insert_value(db: Database, option_id: int, value: dict[str, Any]) -> int:
    """Insert a value of an option; return its id.

    Raises Refusal 422 if the option already has that label, or the most values allowed.
    """
    key = key_of(value["label"])
    if db.one("SELECT 1 FROM option_values WHERE option_id=? AND label_key=?", option_id, key):
        raise refuse(422, f"The option value label '{value['label']}' is already in use")
    count = db.value("SELECT COUNT(*) FROM option_values WHERE option_id=?", option_id)
    if count >= MOST_VALUES:
        raise refuse(422, f"An option may have at most {MOST_VALUES} values")
    return db.run(
        "INSERT INTO option_values(option_id, label_key, body) VALUES (?,?,?)",
        option_id,
        key,
        json.dumps(value, ensure_ascii=False),
    )


def write_value(db: Database, row: sqlite3.Row, item: Any) -> None:
    """Change the fields of a value that an item names. Raises Refusal 422."""
    body = {**json.loads(row["body"]), **clean(FIELDS, item)}
    key = key_of(body["label"])
    holders = db.all(
        "SELECT id FROM option_values WHERE option_id=? AND label_key=?", (row["option_id"], key)
    )
    if any(holder["id"] != row["id"] for holder in holders):
        raise refuse(422, f"The option value label '{body['label']}' is already in use")
    db.run(
        "UPDATE option_values SET label_key=?, body=? WHERE id=?",
        key,
        json.dumps(body, ensure_ascii=False),
        row["id"],
    )


def create_value(call: Call, option: sqlite3.Row, item: Any) -> int:
    """Add a value to an option; return its id. Raises Refusal 422."""
    value_id = insert_value(call.store.db, option["id"], clean_value(item))
    _note(call, option)
    return value_id


def update_value(call: Call, option: sqlite3.Row, row: sqlite3.Row, item: Any) -> None:
    """Change a value of an option. Raises Refusal 422."""
    write_value(call.store.db, row, item)
    _note(call, option)


def delete_value(call: Call, option: sqlite3.Row, row: sqlite3.Row) -> None:
    """Delete a value of an option. Raises Refusal 409 while a variant has it."""
    if call.store.db.one("SELECT 1 FROM variant_values WHERE value_id=?", row["id"]):
        raise refuse(409, "The option value is in use by a variant")
    call.store.db.run("DELETE FROM option_values WHERE id=?", row["id"])
    _note(call, option)


def _note(call: Call, option: sqlite3.Row) -> None:
    bump(call, option["product_id"])
    note_part(call, option["product_id"], "options")


def chosen_values(call: Call, product_id: int, chosen: Any) -> dict[int, int]:
    """Return value id by option id for a variant: one value of each option, chosen by id.

    Raises Refusal 422 for anything else, labels included.
    """
    db = call.store.db
    wanted = {
        row["id"] for row in db.all("SELECT id FROM options WHERE product_id=?", (product_id,))
    }
    picked: dict[int, int] = {}
    for item in chosen if isinstance(chosen, list) else []:
        option_id = item.get("option_id") if isinstance(item, dict) else None
        value_id = item.get("id") if isinstance(item, dict) else None
        if not is_integer(option_id) or not is_integer(value_id):
            raise invalid_fields({"option_values": "id and option_id are required"})
        owner = db.value("SELECT option_id FROM option_values WHERE id=?", value_id)
        if owner != option_id or option_id not in wanted or option_id in picked:
            raise invalid_fields({"option_values": "option values must be those of the product"})
        picked[option_id] = value_id
    if set(picked) != wanted or not picked:
        raise invalid_fields({"option_values": "one value of every option is required"})
    return picked
