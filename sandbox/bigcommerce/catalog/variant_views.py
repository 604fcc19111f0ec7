"""Variants as answers show them, many at a time."""

import json
import sqlite3
from collections import defaultdict
from typing import Any

from sandbox.bigcommerce.state.db import Database, placeholders

CHOSEN = (
    "SELECT vv.variant_id, vv.option_id, vv.value_id, ov.body AS value, o.body AS option"
    " FROM variant_values vv JOIN option_values ov ON ov.id = vv.value_id"
    " JOIN options o ON o.id = vv.option_id WHERE vv.variant_id IN ({}) ORDER BY vv.option_id"
)


def variant_views(db: Database, rows: list[sqlite3.Row]) -> list[dict[str, Any]]:
    """Return variants as answers show them, from rows that carry their product's body."""
    chosen: dict[int, list[dict[str, Any]]] = defaultdict(list)
    ids = [row["id"] for row in rows]
    for start in range(0, len(ids), 30_000):
        part = ids[start : start + 30_000]
        for pick in db.all(CHOSEN.format(placeholders(part)), part):
            chosen[pick["variant_id"]].append(
                {
                    "id": pick["value_id"],
                    "label": json.loads(pick["value"])["label"],
                    "option_id": pick["option_id"],
                    "option_display_name": json.loads(pick["option"])["display_name"],
                }
            )
    return [_variant_view(row, chosen[row["id"]]) for row in rows]


def _variant_view(row: sqlite3.Row, option_values: list[dict[str, Any]]) -> dict[str, Any]:
    body = json.loads(row["body"])
    product = json.loads(row["product_body"])
    price = body["price"] if body["price"] is not None else product["price"]
    sale = body["sale_price"] if body["sale_price"] is not None else product["sale_price"]
    weight = body["weight"] if body["weight"] is not None else product["weight"]
    return {
        "id": row["id"],
        "product_id": row["product_id"],
        "sku": row["sku"],
        "sku_id": None if row["is_base"] else row["id"],
        **body,
        "inventory_level": row["level"],
        "calculated_price": sale or price,
        "calculated_weight": weight,
        "option_values": option_values,
    }
