"""Fast insertion of many products past the API: for tests and benches."""

from typing import Any

from sandbox.bigcommerce.call import Call
from sandbox.bigcommerce.products import create_product
from sandbox.bigcommerce.settling import StockChange, apply_change
from sandbox.bigcommerce.store import Store

SEEDER = "sandbox-seed"


def seed_products(store: Store, payload: dict[str, Any]) -> dict[str, Any]:
    """Insert payload["products"] (bodies of POST /catalog/products), or payload["count"] made-up
    ones with payload["variants"] variants each; return their ids.

    "channel": also assign them to channel 1 (default true). Raises Refusal as a POST would.
    """
    products = payload.get("products")
    if products is None:
        made = range(int(payload["count"]))
        products = [_made_up(number, int(payload.get("variants", 0))) for number in made]
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


def _made_up(number: int, variants: int) -> dict[str, Any]:
    product: dict[str, Any] = {
        "name": f"Seeded product {number}",
        "type": "physical",
        "price": round(1 + number % 500 + 0.5, 2),
        "weight": 0,
        "description": f"<p>Seeded product number {number}.</p>",
        "is_visible": True,
    }
    if not variants:
        return {
            **product,
            "sku": f"SEED-{number}",
            "inventory_tracking": "product",
            "inventory_level": number % 50,
        }
    product["inventory_tracking"] = "variant"
    product["variants"] = [
        {
            "sku": f"SEED-{number}-{index}",
            "inventory_level": index,
            "option_values": [{"option_display_name": "Size", "label": f"Size {index}"}],
        }
        for index in range(variants)
    ]
    return product
