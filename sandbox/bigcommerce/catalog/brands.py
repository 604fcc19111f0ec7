"""Brands, found or created by name; names are unique."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import missing_fields, not_found, refuse
from sandbox.bigcommerce.calls.field import Field
from sandbox.bigcommerce.calls.paging import page_of_rows
from sandbox.bigcommerce.calls.validate import clean, key_of
from sandbox.bigcommerce.state.db import placeholders

FIELDS: dict[str, Field] = {
    "name": Field("string", "", 1, 255),
    "page_title": Field("string", "", 0, 255),
    "meta_keywords": Field("strings", []),
    "meta_description": Field("string", "", 0, 65535),
    "search_keywords": Field("string", "", 0, 255),
    "image_url": Field("string", "", 0, 255),
    "custom_url": Field("object", None),
}
MOST_BRANDS = 30_000


def brand_of(call: Call, values: dict[str, Any]) -> int | None:
    """Return the brand id that a product's values ask for, None if they ask for none.

    A brand_name is looked up, case ignored, or created. Raises Refusal 409 for an unknown id.
    """
    name = values.get("brand_name", "").strip()
    if name:
        found_id = call.store.db.value("SELECT id FROM brands WHERE name_key=?", key_of(name))
        return int(found_id) if found_id is not None else insert_brand(call, {"name": name})
    brand_id: int | None = values.get("brand_id")
    if brand_id and not call.store.db.has("brands", brand_id):
        raise refuse(409, "The brand could not be found", {"brand_id": "The brand does not exist"})
    return brand_id


def insert_brand(call: Call, values: dict[str, Any]) -> int:
    """Insert a brand; return its id. Raises Refusal 409 for a taken name, 422 for one too many."""
    name = values["name"].strip()
    _refuse_taken_name(call, None, name)
    if call.store.db.value("SELECT COUNT(*) FROM brands") >= MOST_BRANDS:
        raise refuse(422, f"A store may have at most {MOST_BRANDS} brands")
    body = {key: field.default for key, field in FIELDS.items()}
    body.update(values, name=name)
    body["custom_url"] = values.get("custom_url") or {
        "url": f"/brands/{'-'.join(name.split())}.html",
        "is_customized": False,
    }
    return call.store.db.run(
        "INSERT INTO brands(name_key, name, body) VALUES (?,?,?)",
        key_of(name),
        name,
        json.dumps(body, ensure_ascii=False),
    )


def _refuse_taken_name(call: Call, brand_id: int | None, name: str) -> None:
    holder = call.store.db.value("SELECT id FROM brands WHERE name_key=?", key_of(name))
    if holder is not None and holder != brand_id:
        words = "The brand name is a duplicate"
        raise refuse(409, words, {"name": words})


def brand_view(row: sqlite3.Row) -> dict[str, Any]:
    """Return a brand as answers show it."""
    return {"id": row["id"], **json.loads(row["body"])}


def brand_row(call: Call, brand_id: int) -> sqlite3.Row:
    """Return a brand's row. Raises Refusal 404."""
    row = call.store.db.one("SELECT * FROM brands WHERE id=?", brand_id)
    if row is None:
        raise not_found("The requested brand was not found", call.path)
    return row


def brand_page(call: Call) -> tuple[list[sqlite3.Row], dict[str, Any]]:
    """Return the rows of the brands a query asks for, by id, id:in, name or name:like, and meta.

    Raises Refusal 422 for an order that is not documented.
    """
    if call.query.get("sort", "name") != "name":
        raise refuse(422, "The parameter sort is invalid.")
    where, values = ["1"], list[Any]()
    ids = call.integers("id:in") or call.integers("id")
    if ids is not None:
        where.append(f"id IN ({placeholders(ids)})")
        values += ids
    if "name" in call.query:
        where.append("name_key = ?")
        values.append(key_of(call.query["name"]))
    if "name:like" in call.query:
        where.append("INSTR(name_key, ?)")
        values.append(key_of(call.query["name:like"]))
    order = "name_key" if call.query.get("sort") == "name" else "id"
    down = "DESC" if call.query.get("direction") == "desc" else "ASC"
    condition = " AND ".join(where), values
    return page_of_rows(call, "SELECT * FROM brands", "brands", condition, f"{order} {down}")


def create_brand(call: Call, payload: Any) -> int:
    """Create a brand; return its id. Raises Refusal 409 or 422."""
    values = clean(FIELDS, payload)
    if not values.get("name"):
        raise missing_fields({"name": "Please provide a name."})
    return insert_brand(call, values)


def update_brand(call: Call, row: sqlite3.Row, payload: Any) -> None:
    """Change the fields of a brand that are sent. Raises Refusal 409, and 422 without a name."""
    values = clean(FIELDS, payload)
    if "name" not in values:
        raise missing_fields({"name": "Please provide a name."})
    name = values["name"].strip()
    _refuse_taken_name(call, row["id"], name)
    body = {**json.loads(row["body"]), **values, "name": name}
    call.store.db.run(
        "UPDATE brands SET name_key=?, name=?, body=? WHERE id=?",
        key_of(name),
        name,
        json.dumps(body, ensure_ascii=False),
        row["id"],
    )


def delete_brand(call: Call, row: sqlite3.Row) -> None:
    """Delete a brand; its products are then without one."""
    call.store.db.run("DELETE FROM brands WHERE id=?", row["id"])
    call.store.db.run(
        "UPDATE products SET brand_id=0, body=json_set(body, '$.brand_id', 0) WHERE brand_id=?",
        row["id"],
    )
