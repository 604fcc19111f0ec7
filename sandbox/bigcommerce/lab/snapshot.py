"""The complete state of a store as JSON, read past the API and its quota."""

import json
from typing import Any

from sandbox.bigcommerce.catalog.categories import category_view
from sandbox.bigcommerce.catalog.product_views import LOADERS, product_views
from sandbox.bigcommerce.state.store import Store

PART = 5000


def snapshot(store: Store) -> dict[str, Any]:
    """Return products with their sub-resources, and brands, categories, channels and stock."""
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
    }


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
