"""Reading stock: items with their levels, and the locations they are at."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import PROBLEM_JSON, Refusal, error_body
from sandbox.bigcommerce.calls.paging import page_of_rows
from sandbox.bigcommerce.state.db import placeholders

MOST_ITEMS = 1000
# One row for each item: variants tracked by variant, else their products.
ITEMS = (
    "SELECT v.id AS variant_id, v.product_id, v.sku, v.is_base, v.level, p.tracking,"
    " CASE p.tracking WHEN 'variant' THEN 'v' ELSE 'p' END AS kind,"
    " CASE p.tracking WHEN 'variant' THEN v.id ELSE p.id END AS item_id"
    " FROM variants v JOIN products p ON p.id = v.product_id"
)
FILTERS = {"variant_id:in": "v.id", "product_id:in": "v.product_id"}

Page = tuple[list[dict[str, Any]], dict[str, Any]]


def item_page(call: Call) -> Page:
    """Return the items a query asks for, with their levels at each requested location, and meta."""
    rows, meta = _page(call)
    levels = _levels(call, rows)
    locations = _locations_found(call)
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
    return data, meta


def location_item_page(call: Call, location_id: int) -> Page:
    """Return the items a query asks for with their level at one location, and meta.

    Raises Refusal 404 for an unknown location.
    """
    if not call.store.db.has("locations", location_id):
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
    return data, meta


def location_views(call: Call) -> list[dict[str, Any]]:
    """Return the locations a query asks for by location_id:in."""
    rows = call.store.db.all("SELECT * FROM locations ORDER BY id")
    wanted = call.integers("location_id:in")
    return [
        {"id": row["id"], **json.loads(row["body"])}
        for row in rows
        if wanted is None or row["id"] in wanted
    ]


def _page(call: Call) -> tuple[list[sqlite3.Row], dict[str, Any]]:
    where, values = ["1"], list[Any]()
    for name, column in FILTERS.items():
        ids = call.integers(name)
        if ids is not None:
            where.append(f"{column} IN ({placeholders(ids)})")
            values += ids
    skus = call.strings("sku:in")
    if skus is not None:
        where.append(f"v.sku COLLATE NOCASE IN ({placeholders(skus)})")
        values += skus
    condition = " AND ".join(where), values
    return page_of_rows(call, ITEMS, "variants v", condition, "v.id", MOST_ITEMS)


def _levels(call: Call, rows: list[sqlite3.Row]) -> dict[tuple[str, int, int], int]:
    """Return levels by kind of item, id of item and id of location."""
    ids = [row["item_id"] for row in rows]
    stock = call.store.db.select("*", "stock", f"item_id IN ({placeholders(ids)})", ids)
    return {(row["kind"], row["item_id"], row["location_id"]): row["quantity"] for row in stock}


def _locations_found(call: Call) -> list[sqlite3.Row]:
    locations = call.store.db.all("SELECT * FROM locations ORDER BY id")
    wanted, codes = call.integers("location_id:in"), call.strings("location_code:in")
    return [
        place
        for place in locations
        if (wanted is None or place["id"] in wanted) and (codes is None or place["code"] in codes)
    ]


def _identity(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "sku": row["sku"],
        "variant_id": row["variant_id"],
        "product_id": row["product_id"],
        "sku_id": None if row["is_base"] else row["variant_id"],
    }


def _settings() -> dict[str, Any]:
    return {"safety_stock": 0, "is_in_stock": True, "warning_level": 0, "bin_picking_number": ""}
