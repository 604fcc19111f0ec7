"""Options and their values as rows, and choosing values for a variant by id."""

import json
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import invalid_fields, refuse
from sandbox.bigcommerce.calls.validate import is_integer, key_of
from sandbox.bigcommerce.state.db import Database

MOST_VALUES = 250


def insert_option(db: Database, product_id: int, display_name: str, body: dict[str, Any]) -> int:
    """Insert an option; raises Refusal 409 if the product has one of that name."""
    key = key_of(display_name)
    if db.one("SELECT 1 FROM options WHERE product_id=? AND name_key=?", product_id, key):
        raise refuse(409, f"The display name '{display_name}' is already in use on this product")
    return db.run(
        "INSERT INTO options(product_id, name_key, body) VALUES (?,?,?)",
        product_id,
        key,
        json.dumps({"display_name": display_name, **body}, ensure_ascii=False),
    )


def insert_value(db: Database, option_id: int, value: dict[str, Any]) -> int:
    """Insert a value of an option; raises Refusal 422 for a taken label or too many."""
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


def chosen_values(call: Call, product_id: int, chosen: Any) -> dict[int, int]:
    """Return value id by option id for a variant: one of each option, by id, not by label.

    Raises Refusal 422 for anything else.
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
