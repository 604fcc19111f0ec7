"""Modifiers of a product: its customisations, which BigCommerce owns."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import missing_fields, refuse
from sandbox.bigcommerce.calls.field import SORT_ORDER, Field
from sandbox.bigcommerce.calls.validate import clean, key_of, records
from sandbox.bigcommerce.catalog.modified import note_part
from sandbox.bigcommerce.catalog.product_views import load_modifiers

TYPES = (
    "date", "checkbox", "file", "text", "multi_line_text", "numbers_only_text", "radio_buttons",
    "rectangles", "dropdown", "product_list", "product_list_with_images", "swatch",
)  # fmt: skip
FIELDS: dict[str, Field] = {
    "type": Field("string", "text", choices=TYPES),
    "required": Field("boolean", default=False),
    "sort_order": SORT_ORDER,
    "config": Field("object", {}),
    "display_name": Field("string", "", 1, 255),
}


def modifier_views(call: Call, product_id: int) -> list[dict[str, Any]]:
    """Return the modifiers of a product as its list shows them."""
    return load_modifiers(call.store.db, [product_id]).get(product_id, [])


def modifier_view(row: sqlite3.Row) -> dict[str, Any]:
    """Return one modifier, with the unique name that lists leave out."""
    body = json.loads(row["body"])
    name = f"{body['display_name']}{row['product_id']}-{row['id']}"
    return {"id": row["id"], "product_id": row["product_id"], "name": name, **body}


def create_modifier(call: Call, product_id: int, payload: Any) -> int:
    """Create a modifier with its values; return its id. Raises Refusal 409 or 422."""
    values = clean(FIELDS, payload)
    needed = ("display_name", "type", "required")
    absent = {name: f"{name} is required" for name in needed if name not in values}
    if absent:
        raise missing_fields(absent)
    _refuse_taken_name(call, product_id, values["display_name"], None)
    body = {key: values.get(key, field.default) for key, field in FIELDS.items()}
    body["option_values"] = _with_ids(call, payload.get("option_values"))
    modifier_id = call.store.db.run(
        "INSERT INTO modifiers(product_id, name_key, body) VALUES (?,?,?)",
        product_id,
        key_of(values["display_name"]),
        json.dumps(body, ensure_ascii=False),
    )
    note_part(call, product_id, "modifiers")
    return modifier_id


def update_modifier(call: Call, row: sqlite3.Row, payload: Any) -> None:
    """Change a modifier's fields; its values are not replaced (seen in the field).

    Raises Refusal 409 or 422.
    """
    body = {**json.loads(row["body"]), **clean(FIELDS, payload)}
    _refuse_taken_name(call, row["product_id"], body["display_name"], row["id"])
    call.store.db.run(
        "UPDATE modifiers SET name_key=?, body=? WHERE id=?",
        key_of(body["display_name"]),
        json.dumps(body, ensure_ascii=False),
        row["id"],
    )
    note_part(call, row["product_id"], "modifiers")


def _with_ids(call: Call, values: Any) -> list[dict[str, Any]]:
    listed = [value for value in records("option_values", values) if isinstance(value, dict)]
    return [
        {"sort_order": position, **value, "id": call.store.random.randrange(1, 2**31)}
        for position, value in enumerate(listed)
    ]


def _refuse_taken_name(call: Call, product_id: int, name: str, own_id: int | None) -> None:
    holder = call.store.db.value(
        "SELECT id FROM modifiers WHERE product_id=? AND name_key=?", product_id, key_of(name)
    )
    if holder not in (None, own_id):
        raise refuse(409, "The display name is already in use on this product")
