"""Custom fields of a product: name and value pairs, unique as a pair."""

import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import LISTED, SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.errors import Refusal, missing_fields, refuse
from sandbox.bigcommerce.calls.field import Field
from sandbox.bigcommerce.calls.paging import page_of, pagination
from sandbox.bigcommerce.calls.validate import clean, own_id, records
from sandbox.bigcommerce.catalog.lookup import child_row, product_row

FIELDS = {"name": Field("string", "", 1, 250), "value": Field("string", "", 1, 250)}
MOST_FIELDS = 200


def custom_field_view(row: sqlite3.Row) -> dict[str, Any]:
    """Return a custom field as answers show it."""
    return {"id": row["id"], "name": row["name"], "value": row["value"]}


def put_custom_fields(call: Call, product_id: int, items: Any) -> None:
    """Add the custom fields that came inside a product; one with an id is changed.

    Raises Refusal 409 if a pair is there already: resending without ids does not replace.
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
    # Inside a product it is a conflict; their own endpoint documents no conflicts.
    status = 422 if call.template.startswith(LIST) else 409
    return refuse(status, words, {"custom_fields": words})


def list_custom_fields(call: Call) -> Answer:
    """GET the custom fields of a product."""
    call.only(LISTED)
    product_id = product_row(call, call.params["product_id"])["id"]
    rows = call.store.db.all(
        "SELECT * FROM custom_fields WHERE product_id=? ORDER BY id", (product_id,)
    )
    page, limit = page_of(call)
    shown = [custom_field_view(row) for row in rows[(page - 1) * limit : page * limit]]
    return found(shown, pagination(call, page, limit, len(shown), len(rows)))


def post_custom_field(call: Call) -> Answer:
    """POST one custom field."""
    product_id = product_row(call, call.params["product_id"])["id"]
    field_id = _add(call, product_id, call.json())
    call.store.touch(call.agent, "update", product_id, None, ["custom_fields"], ["custom_fields"])
    return found(custom_field_view(child_row(call, "custom_fields", product_id, field_id)))


def get_custom_field(call: Call) -> Answer:
    """GET one custom field."""
    call.only(SHOWN)
    return found(custom_field_view(_row(call)))


def put_custom_field(call: Call) -> Answer:
    """PUT one custom field."""
    row = _row(call)
    _change(call, row, call.json())
    product_id = row["product_id"]
    call.store.touch(call.agent, "update", product_id, None, ["custom_fields"], ["custom_fields"])
    return found(custom_field_view(_row(call)))


def delete_custom_field(call: Call) -> Answer:
    """DELETE one custom field."""
    row = _row(call)
    call.store.db.run("DELETE FROM custom_fields WHERE id=?", row["id"])
    product_id = row["product_id"]
    call.store.touch(call.agent, "update", product_id, None, ["custom_fields"], ["custom_fields"])
    return Answer(204)


def _row(call: Call) -> sqlite3.Row:
    return child_row(
        call, "custom_fields", call.params["product_id"], call.params["custom_field_id"]
    )


SCOPE = "store_v2_products"
LIST = "/catalog/products/{product_id}/custom-fields"
ONE = LIST + "/{custom_field_id}"
OPERATIONS = (
    Operation("GET", LIST, SCOPE, list_custom_fields),
    Operation("POST", LIST, SCOPE, post_custom_field),
    Operation("GET", ONE, SCOPE, get_custom_field),
    Operation("PUT", ONE, SCOPE, put_custom_field),
    Operation("DELETE", ONE, SCOPE, delete_custom_field),
)
