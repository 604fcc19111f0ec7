"""Options of a product and their values; creating them creates no variants."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import LISTED, SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.errors import missing_fields, not_found, refuse
from sandbox.bigcommerce.calls.field import SORT_ORDER, Field
from sandbox.bigcommerce.calls.paging import page_of, pagination
from sandbox.bigcommerce.calls.validate import clean, key_of, own_id, records
from sandbox.bigcommerce.catalog.lookup import child_row, product_row
from sandbox.bigcommerce.catalog.option_values import insert_option, insert_value
from sandbox.bigcommerce.catalog.product_views import load_options
from sandbox.bigcommerce.catalog.variants import bump, remove_variant_row, restore_base_variant

TYPES = (
    "radio_buttons", "rectangles", "dropdown", "product_list", "product_list_with_images", "swatch",
)  # fmt: skip
FIELDS: dict[str, Field] = {
    "display_name": Field("string", "", 1, 255),
    "type": Field("string", "rectangles", choices=TYPES),
    "config": Field("object", {}),
    "sort_order": SORT_ORDER,
}
VALUE_FIELDS: dict[str, Field] = {
    "label": Field("string", "", 1, 255),
    "sort_order": SORT_ORDER,
    "is_default": Field("boolean", default=False),
    "value_data": Field("object", None, nullable=True),
}


def _views(call: Call, product_id: int) -> list[dict[str, Any]]:
    return load_options(call.store.db, [product_id]).get(product_id, [])


def _view(call: Call, product_id: int, option_id: int) -> dict[str, Any]:
    child_row(call, "options", product_id, option_id)
    return next(view for view in _views(call, product_id) if view["id"] == option_id)


def _value(item: Any) -> dict[str, Any]:
    """Return a clean option value; raises Refusal 422."""
    values = clean(VALUE_FIELDS, item)
    absent = {name: f"{name} is required" for name in ("label", "sort_order") if name not in values}
    if absent:
        raise missing_fields(absent)
    filled = {key: values.get(key, field.default) for key, field in VALUE_FIELDS.items()}
    # An answer to a POST may not hold null here (product-variant-options_catalog.v3.yml).
    return {key: value for key, value in filled.items() if value is not None}


def list_options(call: Call) -> Answer:
    """GET the options of a product."""
    call.only(LISTED)
    views = _views(call, product_row(call, call.params["product_id"])["id"])
    page, limit = page_of(call)
    shown = views[(page - 1) * limit : page * limit]
    return found(shown, pagination(call, page, limit, len(shown), len(views)))


def post_option(call: Call) -> Answer:
    """POST one option with its values."""
    product_id = product_row(call, call.params["product_id"])["id"]
    payload = call.json()
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
        insert_value(db, option_id, _value(item))
    _note(call, product_id)
    return found(_view(call, product_id, option_id))


def get_option(call: Call) -> Answer:
    """GET one option."""
    call.only(SHOWN)
    return found(_view(call, call.params["product_id"], call.params["option_id"]))


def put_option(call: Call) -> Answer:
    """PUT one option: its fields; values with an id are changed, others added, none removed."""
    row = _row(call)
    payload = call.json()
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
            _change_value(call, _value_row(call, row["id"], value_id), item)
        else:
            insert_value(db, row["id"], _value(item))
    _note(call, row["product_id"])
    return found(_view(call, row["product_id"], row["id"]))


def delete_option(call: Call) -> Answer:
    """DELETE one option, with every variant that has a value of it."""
    row = _row(call)
    db, product_id = call.store.db, row["product_id"]
    doomed = db.all("SELECT variant_id FROM variant_values WHERE option_id=?", (row["id"],))
    for variant in doomed:
        remove_variant_row(db, variant["variant_id"])
    if doomed and db.one("SELECT 1 FROM variants WHERE product_id=?", product_id) is None:
        restore_base_variant(db, product_id)
    db.run("DELETE FROM option_values WHERE option_id=?", row["id"])
    db.run("DELETE FROM options WHERE id=?", row["id"])
    _note(call, product_id)
    return Answer(204)


def list_values(call: Call) -> Answer:
    """GET the values of an option."""
    call.only(LISTED)
    row = _row(call)
    values = _view(call, row["product_id"], row["id"])["option_values"]
    page, limit = page_of(call)
    shown = values[(page - 1) * limit : page * limit]
    return found(shown, pagination(call, page, limit, len(shown), len(values)))


def post_value(call: Call) -> Answer:
    """POST one value."""
    row = _row(call)
    value_id = insert_value(call.store.db, row["id"], _value(call.json()))
    _note(call, row["product_id"])
    return found(_value_view(_value_row(call, row["id"], value_id)))


def get_value(call: Call) -> Answer:
    """GET one value."""
    call.only(SHOWN)
    return found(_value_view(_value_row(call, _row(call)["id"], call.params["value_id"])))


def put_value(call: Call) -> Answer:
    """PUT one value."""
    row = _row(call)
    _change_value(call, _value_row(call, row["id"], call.params["value_id"]), call.json())
    _note(call, row["product_id"])
    return found(_value_view(_value_row(call, row["id"], call.params["value_id"])))


def delete_value(call: Call) -> Answer:
    """DELETE one value; refused while a variant has it."""
    row = _row(call)
    value = _value_row(call, row["id"], call.params["value_id"])
    if call.store.db.one("SELECT 1 FROM variant_values WHERE value_id=?", value["id"]):
        raise refuse(409, "The option value is in use by a variant")
    call.store.db.run("DELETE FROM option_values WHERE id=?", value["id"])
    _note(call, row["product_id"])
    return Answer(204)


def _change_value(call: Call, row: sqlite3.Row, item: Any) -> None:
    body = {**json.loads(row["body"]), **clean(VALUE_FIELDS, item)}
    db, key = call.store.db, key_of(body["label"])
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


def _value_view(row: sqlite3.Row) -> dict[str, Any]:
    return {"id": row["id"], **json.loads(row["body"])}


def _row(call: Call) -> sqlite3.Row:
    return child_row(call, "options", call.params["product_id"], call.params["option_id"])


def _value_row(call: Call, option_id: int, value_id: int) -> sqlite3.Row:
    row = call.store.db.one(
        "SELECT * FROM option_values WHERE id=? AND option_id=?", value_id, option_id
    )
    if row is None:
        raise not_found("The requested option value was not found", call.path)
    return row


def _note(call: Call, product_id: int) -> None:
    bump(call, product_id)
    call.store.touch(call.agent, "update", product_id, None, ["options"], ["options"])


SCOPE = "store_v2_products"
LIST = "/catalog/products/{product_id}/options"
ONE = LIST + "/{option_id}"
VALUES = ONE + "/values"
VALUE = VALUES + "/{value_id}"
OPERATIONS = (
    Operation("GET", LIST, SCOPE, list_options),
    Operation("POST", LIST, SCOPE, post_option),
    Operation("GET", ONE, SCOPE, get_option),
    Operation("PUT", ONE, SCOPE, put_option),
    Operation("DELETE", ONE, SCOPE, delete_option),
    Operation("GET", VALUES, SCOPE, list_values),
    Operation("POST", VALUES, SCOPE, post_value),
    Operation("GET", VALUE, SCOPE, get_value),
    Operation("PUT", VALUE, SCOPE, put_value),
    Operation("DELETE", VALUE, SCOPE, delete_value),
)
