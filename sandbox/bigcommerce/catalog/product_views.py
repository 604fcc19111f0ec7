"""Products as answers show them, with the requested sub-resources."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from sandbox.bigcommerce.catalog.custom_fields import custom_field_view
from sandbox.bigcommerce.catalog.images import image_view
from sandbox.bigcommerce.catalog.variant_views import variant_views
from sandbox.bigcommerce.state.db import Database, placeholders

INCLUDES = frozenset(
    {"bulk_pricing_rules", "channels", "custom_fields", "images", "modifiers", "options",
     "parent_relations", "primary_image", "reviews", "variants", "videos"}
)  # fmt: skip

ByProduct = dict[int, list[dict[str, Any]]]


def product_view(row: sqlite3.Row) -> dict[str, Any]:
    """Return a product without its sub-resources."""
    body = json.loads(row["body"])
    return {
        "id": row["id"],
        **body,
        "inventory_level": row["level"],
        "calculated_price": body["sale_price"] or body["price"],
        "base_variant_id": row["base_variant_id"],
        "date_modified": row["date_modified"],
    }


def product_views(
    db: Database, rows: Iterable[sqlite3.Row], include: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Return products with the requested sub-resources, by one query for each kind."""
    views = [product_view(row) for row in rows]
    ids = [view["id"] for view in views]
    for name in include:
        loader = LOADERS.get(name)
        held = loader(db, ids) if loader else {}
        for view in views:
            view[name] = held.get(view["id"], [])
    if "primary_image" in include:
        images = load_images(db, ids)
        for view in views:
            thumbnails = [image for image in images.get(view["id"], []) if image["is_thumbnail"]]
            view["primary_image"] = thumbnails[0] if thumbnails else {}
    return views


def _by_product(
    db: Database, sql: str, ids: list[int], view: Callable[[sqlite3.Row], Any]
) -> dict[int, list[Any]]:
    held: dict[int, list[Any]] = defaultdict(list)
    for row in db.all(sql.format(placeholders(ids)), ids):
        held[row["product_id"]].append(view(row))
    return held


def load_images(db: Database, ids: list[int]) -> ByProduct:
    """Return the images of products by product id."""
    sql = "SELECT * FROM images WHERE product_id IN ({}) ORDER BY id"
    return _by_product(db, sql, ids, image_view)


def load_custom_fields(db: Database, ids: list[int]) -> ByProduct:
    """Return the custom fields of products by product id."""
    sql = "SELECT * FROM custom_fields WHERE product_id IN ({}) ORDER BY id"
    return _by_product(db, sql, ids, custom_field_view)


def load_channels(db: Database, ids: list[int]) -> dict[int, list[int]]:
    """Return the channel ids of products by product id."""
    sql = "SELECT * FROM product_channels WHERE product_id IN ({}) ORDER BY channel_id"
    return _by_product(db, sql, ids, lambda row: row["channel_id"])


def load_options(db: Database, ids: list[int]) -> ByProduct:
    """Return the options of products, with their values, by product id."""
    values: dict[int, list[dict[str, Any]]] = defaultdict(list)
    sql = (
        "SELECT v.* FROM option_values v JOIN options o ON o.id = v.option_id"
        " WHERE o.product_id IN ({}) ORDER BY v.id"
    )
    for row in db.all(sql.format(placeholders(ids)), ids):
        values[row["option_id"]].append({"id": row["id"], **json.loads(row["body"])})

    def view(row: sqlite3.Row) -> dict[str, Any]:
        body = json.loads(row["body"])
        listed = sorted(values[row["id"]], key=lambda value: (value["sort_order"], value["id"]))
        return {
            "id": row["id"],
            "product_id": row["product_id"],
            "name": f"{body['display_name']}{row['product_id']}-{row['id']}",
            **body,
            "option_values": listed,
        }

    sql = "SELECT * FROM options WHERE product_id IN ({}) ORDER BY id"
    return _by_product(db, sql, ids, view)


def load_modifiers(db: Database, ids: list[int]) -> ByProduct:
    """Return the modifiers of products by product id."""

    def view(row: sqlite3.Row) -> dict[str, Any]:
        return {"id": row["id"], "product_id": row["product_id"], **json.loads(row["body"])}

    sql = "SELECT * FROM modifiers WHERE product_id IN ({}) ORDER BY id"
    return _by_product(db, sql, ids, view)


def load_variants(db: Database, ids: list[int]) -> ByProduct:
    """Return the variants of products, base variants too, by product id."""
    sql = (
        "SELECT v.*, p.price, p.body AS product_body FROM variants v"
        " JOIN products p ON p.id = v.product_id WHERE v.product_id IN ({}) ORDER BY v.id"
    )
    rows = db.all(sql.format(placeholders(ids)), ids)
    held: ByProduct = defaultdict(list)
    for row, view in zip(rows, variant_views(db, rows), strict=True):
        held[row["product_id"]].append(view)
    return held


LOADERS: dict[str, Callable[[Database, list[int]], dict[int, list[Any]]]] = {
    "variants": load_variants,
    "images": load_images,
    "custom_fields": load_custom_fields,
    "options": load_options,
    "modifiers": load_modifiers,
    "channels": load_channels,
}
