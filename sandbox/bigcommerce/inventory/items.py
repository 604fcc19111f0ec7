"""Reading stock: items, items of one location, and the locations themselves."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import PAGED, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.errors import PROBLEM_JSON, Refusal, error_body
from sandbox.bigcommerce.calls.paging import page_of, pagination
from sandbox.bigcommerce.state.db import marks

MOST_ITEMS = 1000
# One row for each item: variants of families tracked by variant, products tracked as such.
ITEMS = (
    "SELECT v.id AS variant_id, v.product_id, v.sku, v.is_base, v.level, p.tracking,"
    " CASE p.tracking WHEN 'variant' THEN 'v' ELSE 'p' END AS kind,"
    " CASE p.tracking WHEN 'variant' THEN v.id ELSE p.id END AS item_id"
    " FROM variants v JOIN products p ON p.id = v.product_id"
)
IDENTIFIED = frozenset({"sku:in", "variant_id:in", "product_id:in"})
FILTERS = {"variant_id:in": "v.id", "product_id:in": "v.product_id"}


def _page(call: Call) -> tuple[list[sqlite3.Row], dict[str, Any]]:
    where, values = ["1"], list[Any]()
    for name, column in FILTERS.items():
        ids = call.integers(name)
        if ids is not None:
            where.append(f"{column} IN ({marks(ids)})")
            values += ids
    skus = call.strings("sku:in")
    if skus is not None:
        where.append(f"v.sku COLLATE NOCASE IN ({marks(skus)})")
        values += skus
    page, limit = page_of(call, default=50, most=MOST_ITEMS)
    condition = " AND ".join(where)
    db = call.store.db
    total = db.value(
        f"SELECT COUNT(*) FROM variants v WHERE {condition}",  # noqa: S608
        *values,
    )
    rows = db.all(
        f"{ITEMS} WHERE {condition} ORDER BY v.id LIMIT ? OFFSET ?",
        (*values, limit, (page - 1) * limit),
    )
    return rows, pagination(call, page, limit, len(rows), total)


def _identity(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "sku": row["sku"],
        "variant_id": row["variant_id"],
        "product_id": row["product_id"],
        "sku_id": None if row["is_base"] else row["variant_id"],
    }


def _levels(call: Call, rows: list[sqlite3.Row]) -> dict[tuple[str, int, int], int]:
    ids = [row["item_id"] for row in rows]
    stock = call.store.db.all(f"SELECT * FROM stock WHERE item_id IN ({marks(ids)})", ids)  # noqa: S608
    return {(row["kind"], row["item_id"], row["location_id"]): row["quantity"] for row in stock}


def _settings() -> dict[str, Any]:
    return {"safety_stock": 0, "is_in_stock": True, "warning_level": 0, "bin_picking_number": ""}


def list_items(call: Call) -> Answer:
    """GET /inventory/items: every item with its level at every location."""
    call.only(PAGED | IDENTIFIED | {"location_id:in", "location_code:in"})
    rows, meta = _page(call)
    levels = _levels(call, rows)
    locations = call.store.db.all("SELECT * FROM locations ORDER BY id")
    wanted, codes = call.integers("location_id:in"), call.strings("location_code:in")
    locations = [
        place
        for place in locations
        if (wanted is None or place["id"] in wanted) and (codes is None or place["code"] in codes)
    ]
    data = []
    for row in rows:
        places = []
        for location in locations:
            body = json.loads(location["body"])
            level = levels.get((row["kind"], row["item_id"], location["id"]), 0)
            places.append(
                {
                    "location_id": location["id"],
                    "location_code": location["code"],
                    "location_name": body["label"],
                    "available_to_sell": level,
                    "total_inventory_onhand": level,
                    "location_enabled": body["enabled"],
                    "settings": _settings(),
                }
            )
        data.append({"identity": _identity(row), "locations": places})
    return found(data, meta)


def list_location_items(call: Call) -> Answer:
    """GET /inventory/locations/{location_id}/items."""
    call.only(PAGED | IDENTIFIED)
    location_id = call.params["location_id"]
    if call.store.db.one("SELECT 1 FROM locations WHERE id=?", location_id) is None:
        words = f"Location with id {location_id} does not exist"
        raise Refusal(404, error_body(404, words), PROBLEM_JSON)
    rows, meta = _page(call)
    levels = _levels(call, rows)
    data = []
    for row in rows:
        level = levels.get((row["kind"], row["item_id"], location_id), 0)
        data.append(
            {
                "identity": _identity(row),
                "available_to_sell": level,
                "total_inventory_onhand": level,
                "settings": _settings(),
            }
        )
    return found(data, meta)


def list_locations(call: Call) -> Answer:
    """GET /inventory/locations."""
    call.only(PAGED | {"location_id:in"})
    rows = call.store.db.all("SELECT * FROM locations ORDER BY id")
    wanted = call.integers("location_id:in")
    shown = [
        {"id": row["id"], **json.loads(row["body"])}
        for row in rows
        if wanted is None or row["id"] in wanted
    ]
    page, limit = page_of(call)
    data = shown[(page - 1) * limit : page * limit]
    return found(data, pagination(call, page, limit, len(data), len(shown)))


OPERATIONS = (
    Operation("GET", "/inventory/items", "store_inventory", list_items),
    Operation(
        "GET", "/inventory/locations/{location_id}/items", "store_inventory", list_location_items
    ),
    Operation("GET", "/inventory/locations", "store_locations", list_locations),
)
