"""Custom fields of a product: name and value pairs, unique as a pair."""

import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import Refusal, missing_fields, refuse
from sandbox.bigcommerce.calls.field import Field
from sandbox.bigcommerce.calls.validate import clean, own_id, records
from sandbox.bigcommerce.catalog.lookup import child_row
from sandbox.bigcommerce.catalog.modified import note_part

FIELDS = {"name": Field("string", "", 1, 250), "value": Field("string", "", 1, 250)}
MOST_FIELDS = 200
ENDPOINT = "/catalog/products/{product_id}/custom-fields"


def custom_field_view(row: sqlite3.Row) -> dict[str, Any]:
    """Return a custom field as answers show it."""
    return {"id": row["id"], "name": row["name"], "value": row["value"]}


def custom_field_views(call: Call, product_id: int) -> list[dict[str, Any]]:
    """Return the custom fields of a product as answers show them."""
    rows = call.store.db.all(
        "SELECT * FROM custom_fields WHERE product_id=? ORDER BY id", (product_id,)
    )
    return [custom_field_view(row) for row in rows]


def create_custom_field(call: Call, product_id: int, item: Any) -> int:
    """Add a custom field to a product; return its id. Raises Refusal 422."""
    field_id = _add(call, product_id, item)
    note_part(call, product_id, "custom_fields")
    return field_id


def update_custom_field(call: Call, row: sqlite3.Row, item: Any) -> None:
    """Change a custom field. Raises Refusal 422."""
    _change(call, row, item)
    note_part(call, row["product_id"], "custom_fields")


def put_custom_fields(call: Call, product_id: int, items: Any) -> None:
    """Add the custom fields sent inside a product; change those that have an id.

    Raises Refusal 409 if the product already has a pair: sending it again without its id does not
    replace it.
    """
    for item in records("custom_fields", items):
        field_id = own_id(item)
        if field_id is not None:
            row = child_row(call, "custom_fields", product_id, field_id)
            _change(call, row, item)
        else:
            _add(call, product_id, item)


def _add(call: Call, product_id: int, item: Any) -> int:
    values = clean(FIELDS, item)
    absent = {name: f"Please provide a {name}." for name in FIELDS if name not in values}
    if absent:
        raise missing_fields(absent)
    db = call.store.db
    if db.value("SELECT COUNT(*) FROM custom_fields WHERE product_id=?", product_id) >= MOST_FIELDS:
        raise refuse(422, f"A product may have at most {MOST_FIELDS} custom fields")
    try:
        return db.run(
            "INSERT INTO custom_fields(product_id, name, value) VALUES (?,?,?)",
            product_id,
            values["name"],
            values["value"],
        )
    except sqlite3.IntegrityError as error:
        raise _duplicate(call) from error


def _change(call: Call, row: sqlite3.Row, item: Any) -> None:
    values = {"name": row["name"], "value": row["value"], **clean(FIELDS, item)}
    try:
        call.store.db.run(
            "UPDATE custom_fields SET name=?, value=? WHERE id=?",
            values["name"],
            values["value"],
            row["id"],
        )
    except sqlite3.IntegrityError as error:
        raise _duplicate(call) from error


def _duplicate(call: Call) -> Refusal:
    words = "Custom field with the same name and value already exists"
    # Inside a product it is a conflict; the endpoint of custom fields documents no conflicts.
    status = 422 if call.template.startswith(ENDPOINT) else 409
    return refuse(status, words, {"custom_fields": words})
