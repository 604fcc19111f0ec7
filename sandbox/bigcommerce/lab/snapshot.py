"""The complete state of a store as JSON, read past the API and its quota."""

import json
from typing import Any

from sandbox.bigcommerce.catalog.categories import category_view
from sandbox.bigcommerce.catalog.product_views import LOADERS, product_views
from sandbox.bigcommerce.orders.lines import lines_of
from sandbox.bigcommerce.state.db import Database
from sandbox.bigcommerce.state.store import Store

PART = 5000
LINE = ("id", "product_id", "variant_id", "type", "quantity", "shipped", "refunded", "taken")


def snapshot(store: Store) -> dict[str, Any]:
    """Return products with their sub-resources, brands, categories, channels, stock and orders."""
    store.settling.settle(store.db)
    db = store.db
    brands = {row["id"]: row["name"] for row in db.all("SELECT id, name FROM brands ORDER BY id")}
    return {
        "products": _products(store, brands),
        "brands": [{"id": brand_id, "name": name} for brand_id, name in brands.items()],
        "categories": [
            category_view(row) for row in db.all("SELECT * FROM categories ORDER BY id")
        ],
        "channels": [
            {"id": row["id"], **json.loads(row["body"])} for row in db.all("SELECT * FROM channels")
        ],
        "stock": [
            {
                "product_id" if row["kind"] == "p" else "variant_id": row["item_id"],
                "location_id": row["location_id"],
                "quantity": row["quantity"],
            }
            for row in db.all("SELECT * FROM stock ORDER BY kind, item_id, location_id")
        ],
        "stock_pending": store.settling.pending(),
        "orders": orders_with_lines(db),
        "refunds": [
            {"id": row["id"], "order_id": row["order_id"], **json.loads(row["body"])}
            for row in db.all("SELECT * FROM refunds ORDER BY id")
        ],
    }


def orders_with_lines(db: Database) -> list[dict[str, Any]]:
    """Return every order, archived ones too, with its lines; `taken`: the units that a line took off
    the stock and that were not given back."""
    orders = db.all("SELECT * FROM orders ORDER BY id")
    lines = lines_of(db, [order["id"] for order in orders])
    return [
        {
            **{
                name: order[name]
                for name in ("id", "status_id", "channel_id", "created", "modified", "placed_at")
            },
            "archived": bool(order["archived"]),
            "external_source": json.loads(order["body"])["external_source"],
            "lines": [{name: line[name] for name in LINE} for line in lines[order["id"]]],
        }
        for order in orders
    ]


def _products(store: Store, brands: dict[int, str]) -> list[dict[str, Any]]:
    products: list[dict[str, Any]] = []
    last = 0
    while True:
        rows = store.db.all("SELECT * FROM products WHERE id > ? ORDER BY id LIMIT ?", (last, PART))
        if not rows:
            return products
        last = rows[-1]["id"]
        products += [
            {**view, "brand_name": brands.get(view["brand_id"], "")}
            for view in product_views(store.db, rows, LOADERS)
        ]
