"""Modifiers of a product: its customisations, which belong to BigCommerce's people."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import LISTED, SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.errors import missing_fields, refuse
from sandbox.bigcommerce.calls.field import SORT_ORDER, Field
from sandbox.bigcommerce.calls.paging import page_of, pagination
from sandbox.bigcommerce.calls.validate import clean, key_of, records
from sandbox.bigcommerce.catalog.lookup import child_row, product_row
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


def _views(call: Call, product_id: int) -> list[dict[str, Any]]:
    return load_modifiers(call.store.db, [product_id]).get(product_id, [])


def list_modifiers(call: Call) -> Answer:
    """GET the modifiers of a product."""
    call.only(LISTED)
    views = _views(call, product_row(call, call.params["product_id"])["id"])
    page, limit = page_of(call)
    shown = views[(page - 1) * limit : page * limit]
    return found(shown, pagination(call, page, limit, len(shown), len(views)))


def post_modifier(call: Call) -> Answer:
    """POST one modifier with its values."""
    product_id = product_row(call, call.params["product_id"])["id"]
    payload = call.json()
    values = clean(FIELDS, payload)
    needed = ("display_name", "type", "required")
    absent = {name: f"{name} is required" for name in needed if name not in values}
    if absent:
        raise missing_fields(absent)
    _name_is_free(call, product_id, values["display_name"], None)
    body = {key: values.get(key, field.default) for key, field in FIELDS.items()}
    body["option_values"] = _with_ids(call, payload.get("option_values"))
    modifier_id = call.store.db.run(
        "INSERT INTO modifiers(product_id, name_key, body) VALUES (?,?,?)",
        product_id,
        key_of(values["display_name"]),
        json.dumps(body, ensure_ascii=False),
    )
    _note(call, product_id)
    return found(_view(child_row(call, "modifiers", product_id, modifier_id)))


def get_modifier(call: Call) -> Answer:
    """GET one modifier."""
    call.only(SHOWN)
    return found(_view(_row(call)))


def put_modifier(call: Call) -> Answer:
    """PUT one modifier; its values are not replaced (seen in the field)."""
    row = _row(call)
    body = {**json.loads(row["body"]), **clean(FIELDS, call.json())}
    _name_is_free(call, row["product_id"], body["display_name"], row["id"])
    call.store.db.run(
        "UPDATE modifiers SET name_key=?, body=? WHERE id=?",
        key_of(body["display_name"]),
        json.dumps(body, ensure_ascii=False),
        row["id"],
    )
    _note(call, row["product_id"])
    return found(_view(_row(call)))


def delete_modifier(call: Call) -> Answer:
    """DELETE one modifier."""
    row = _row(call)
    call.store.db.run("DELETE FROM modifiers WHERE id=?", row["id"])
    _note(call, row["product_id"])
    return Answer(204)


def _with_ids(call: Call, values: Any) -> list[dict[str, Any]]:
    listed = [value for value in records("option_values", values) if isinstance(value, dict)]
    return [
        {"sort_order": position, **value, "id": call.store.random.randrange(1, 2**31)}
        for position, value in enumerate(listed)
    ]


def _name_is_free(call: Call, product_id: int, name: str, own_id: int | None) -> None:
    holder = call.store.db.value(
        "SELECT id FROM modifiers WHERE product_id=? AND name_key=?", product_id, key_of(name)
    )
    if holder not in (None, own_id):
        raise refuse(409, "The display name is already in use on this product")


def _view(row: sqlite3.Row) -> dict[str, Any]:
    body = json.loads(row["body"])
    name = f"{body['display_name']}{row['product_id']}-{row['id']}"
    return {"id": row["id"], "product_id": row["product_id"], "name": name, **body}


def _row(call: Call) -> sqlite3.Row:
    return child_row(call, "modifiers", call.params["product_id"], call.params["modifier_id"])


def _note(call: Call, product_id: int) -> None:
    call.store.touch(call.agent, "update", product_id, None, ["modifiers"], ["modifiers"])


SCOPE = "store_v2_products"
LIST = "/catalog/products/{product_id}/modifiers"
ONE = LIST + "/{modifier_id}"
OPERATIONS = (
    Operation("GET", LIST, SCOPE, list_modifiers),
    Operation("POST", LIST, SCOPE, post_modifier),
    Operation("GET", ONE, SCOPE, get_modifier),
    Operation("PUT", ONE, SCOPE, put_modifier),
    Operation("DELETE", ONE, SCOPE, delete_modifier),
)
