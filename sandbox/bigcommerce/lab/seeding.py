"""Fast insertion of many products past the API, for tests and benches."""

from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.catalog.products import create_product
from sandbox.bigcommerce.lab.seeding_rows import seed_made_up
from sandbox.bigcommerce.state.settling import StockChange, apply_change
from sandbox.bigcommerce.state.store import Store

SEEDER = "sandbox-seed"


def seed_products(store: Store, payload: dict[str, Any]) -> dict[str, Any]:
    """Insert payload["products"] (bodies of POST /catalog/products), or payload["count"] made-up
    ones with payload["variants"] variants each, in an empty store; return their ids.

    "channel": also assign them to channel 1 (default true). Raises Refusal as a POST would.
    """
    products = payload.get("products")
    if products is None:
        count, variants = int(payload["count"]), int(payload.get("variants", 0))
        return {"product_ids": seed_made_up(store, count, variants)}
    ids: list[int] = []
    db = store.db
    db.run("BEGIN")
    call = Call(store, SEEDER, "POST", "/catalog/products", "/catalog/products", {}, {})
    try:
        for product in products:
            product_id = create_product(call, product)
            ids.append(product_id)
            if payload.get("channel", True):
                db.run("INSERT INTO product_channels VALUES (?, 1)", product_id)
            if product.get("inventory_tracking") == "product":
                level = product.get("inventory_level", 0)
                apply_change(db, StockChange("p", product_id, 1, level))
    except BaseException:
        db.run("ROLLBACK")
        raise
    db.run("COMMIT")
    return {"product_ids": ids}
