"""Brands: find or create by name, and their own endpoints."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import LISTED, SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.errors import missing_fields, not_found, refuse
from sandbox.bigcommerce.calls.field import Field
from sandbox.bigcommerce.calls.paging import page_of, pagination
from sandbox.bigcommerce.calls.validate import clean, key_of
from sandbox.bigcommerce.state.db import marks

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
    """Return the brand id that a product's values ask for, None if they say nothing.

    A brand_name is found, case ignored, or created; raises Refusal 409 for an unknown id.
    """
    name = values.get("brand_name", "").strip()
    if name:
        found_id = call.store.db.value("SELECT id FROM brands WHERE name_key=?", key_of(name))
        return int(found_id) if found_id is not None else insert_brand(call, {"name": name})
    brand_id: int | None = values.get("brand_id")
    if brand_id and call.store.db.one("SELECT 1 FROM brands WHERE id=?", brand_id) is None:
        raise refuse(409, "The brand could not be found", {"brand_id": "The brand does not exist"})
    return brand_id


def insert_brand(call: Call, values: dict[str, Any]) -> int:
    """Insert a brand; raises Refusal 409 if the name is taken, 422 if there are too many."""
    name = values["name"].strip()
    _name_is_free(call, None, name)
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


def _name_is_free(call: Call, brand_id: int | None, name: str) -> None:
    holder = call.store.db.value("SELECT id FROM brands WHERE name_key=?", key_of(name))
    if holder is not None and holder != brand_id:
        words = "The brand name is a duplicate"
        raise refuse(409, words, {"name": words})


def _view(row: sqlite3.Row) -> dict[str, Any]:
    return {"id": row["id"], **json.loads(row["body"])}


def _row(call: Call) -> sqlite3.Row:
    row = call.store.db.one("SELECT * FROM brands WHERE id=?", call.params["brand_id"])
    if row is None:
        raise not_found("The requested brand was not found", call.path)
    return row


def list_brands(call: Call) -> Answer:
    """GET /catalog/brands, by id, id:in, name or name:like."""
    call.only(LISTED | {"id", "id:in", "name", "name:like", "sort", "direction"})
    if call.query.get("sort", "name") != "name":
        raise refuse(422, "The parameter sort is invalid.")
    where, values = ["1"], list[Any]()
    ids = call.integers("id:in") or call.integers("id")
    if ids is not None:
        where.append(f"id IN ({marks(ids)})")
        values += ids
    if "name" in call.query:
        where.append("name_key = ?")
        values.append(key_of(call.query["name"]))
    if "name:like" in call.query:
        where.append("INSTR(name_key, ?)")
        values.append(key_of(call.query["name:like"]))
    page, limit = page_of(call)
    condition = " AND ".join(where)
    total = call.store.db.value(f"SELECT COUNT(*) FROM brands WHERE {condition}", *values)  # noqa: S608
    order = "name_key" if call.query.get("sort") == "name" else "id"
    down = "DESC" if call.query.get("direction") == "desc" else "ASC"
    rows = call.store.db.all(
        f"SELECT * FROM brands WHERE {condition} ORDER BY {order} {down} LIMIT ? OFFSET ?",  # noqa: S608
        (*values, limit, (page - 1) * limit),
    )
    return found([_view(row) for row in rows], pagination(call, page, limit, len(rows), total))


def post_brand(call: Call) -> Answer:
    """POST /catalog/brands: one a call."""
    values = clean(FIELDS, call.json())
    if not values.get("name"):
        raise missing_fields({"name": "Please provide a name."})
    brand_id = insert_brand(call, values)
    row = call.store.db.one("SELECT * FROM brands WHERE id=?", brand_id)
    assert row is not None
    return found(_view(row))


def get_brand(call: Call) -> Answer:
    """GET one brand."""
    call.only(SHOWN)
    return found(_view(_row(call)))


def put_brand(call: Call) -> Answer:
    """PUT one brand; only what is sent changes, and the name has to be sent."""
    row = _row(call)
    values = clean(FIELDS, call.json())
    if "name" not in values:
        raise missing_fields({"name": "Please provide a name."})
    name = values["name"].strip()
    _name_is_free(call, row["id"], name)
    body = {**json.loads(row["body"]), **values, "name": name}
    call.store.db.run(
        "UPDATE brands SET name_key=?, name=?, body=? WHERE id=?",
        key_of(name),
        name,
        json.dumps(body, ensure_ascii=False),
        row["id"],
    )
    return found(_view(_row(call)))


def delete_brand(call: Call) -> Answer:
    """DELETE one brand; its products have none afterwards."""
    row = _row(call)
    call.store.db.run("DELETE FROM brands WHERE id=?", row["id"])
    call.store.db.run(
        "UPDATE products SET brand_id=0, body=json_set(body, '$.brand_id', 0) WHERE brand_id=?",
        row["id"],
    )
    return Answer(204)


SCOPE = "store_v2_products"
OPERATIONS = (
    Operation("GET", "/catalog/brands", SCOPE, list_brands),
    Operation("POST", "/catalog/brands", SCOPE, post_brand),
    Operation("GET", "/catalog/brands/{brand_id}", SCOPE, get_brand),
    Operation("PUT", "/catalog/brands/{brand_id}", SCOPE, put_brand),
    Operation("DELETE", "/catalog/brands/{brand_id}", SCOPE, delete_brand),
)
