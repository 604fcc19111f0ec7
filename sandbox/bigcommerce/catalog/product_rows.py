"""The row of a product: its body, and the SKU, address, categories and brand it refers to."""

import json
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import duplicate_name, invalid_fields, refuse
from sandbox.bigcommerce.calls.validate import key_of
from sandbox.bigcommerce.catalog.assignments import replace_categories
from sandbox.bigcommerce.catalog.brands import brand_of
from sandbox.bigcommerce.catalog.fields import TAX_CLASSES
from sandbox.bigcommerce.catalog.skus import claim_product_sku
from sandbox.bigcommerce.catalog.tidy import tidied
from sandbox.bigcommerce.catalog.urls import chosen_url
from sandbox.bigcommerce.state.settling import (
    MAX_LEVEL,
    StockChange,
    apply_change,
    total_variant_levels,
)

NOT_IN_BODY = ("inventory_level", "brand_name")


def refuse_taken_name(call: Call, product_id: int | None, name: str) -> None:
    """Raise Refusal 422 for a blank name, 409 for one that another product holds."""
    if not name:
        raise invalid_fields({"name": "name must not be blank"})
    holder = call.store.db.value("SELECT id FROM products WHERE name_key=?", key_of(name))
    if holder is not None and holder != product_id:
        raise duplicate_name()


def store_values(call: Call, product_id: int, body: dict[str, Any], values: dict[str, Any]) -> None:
    """Merge values into a product's body and write it, with its SKU, address, categories and brand.

    Raises Refusal 409 or 422.
    """
    db = call.store.db
    if "sku" in values:
        claim_product_sku(db, product_id, values["sku"])
        db.run(
            "UPDATE variants SET sku=? WHERE product_id=? AND is_base=1", values["sku"], product_id
        )
    if "description" in values and call.strikes("description-rewritten"):
        values["description"] = tidied(values["description"])
    if "custom_url" in values:
        values["custom_url"] = chosen_url(db, product_id, values["custom_url"])
    if "categories" in values:
        values["categories"] = replace_categories(call, product_id, values["categories"])
    if values.get("tax_class_id", 0) not in TAX_CLASSES:
        words = "The tax class does not exist"
        raise refuse(409, "The tax class could not be found", {"tax_class_id": words})
    brand_id = brand_of(call, values)
    if brand_id is not None:
        values["brand_id"] = brand_id
    body.update({key: value for key, value in values.items() if key not in NOT_IN_BODY})
    if body["is_price_hidden"] and body["availability"] != "disabled":
        words = "is_price_hidden needs the availability 'disabled'"
        raise invalid_fields({"is_price_hidden": words})
    _write_body(call, product_id, body)


def _write_body(call: Call, product_id: int, body: dict[str, Any]) -> None:
    """Write a product's body, and the columns that lists filter and sort by."""
    call.store.db.run(
        "UPDATE products SET name_key=?, url_key=?, name=?, sku=?, brand_id=?, is_visible=?,"
        " price=?, availability=?, type=?, tracking=?, upc=?, mpn=?, date_modified=?, body=?"
        " WHERE id=?",
        key_of(body["name"]),
        body["custom_url"]["url"].lower(),
        *(body[key] for key in ("name", "sku", "brand_id", "is_visible", "price", "availability",
                                "type", "inventory_tracking", "upc", "mpn")),
        call.store.now(),
        json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        product_id,
    )  # fmt: skip


def set_level(call: Call, product_id: int, level: int) -> None:
    """Set the level of a product tracked by product, clamped to the limit."""
    change = StockChange("p", product_id, 1, min(level, MAX_LEVEL))
    apply_change(call.store.db, change)


def show_tracked_level(call: Call, product_id: int, tracking: str) -> None:
    """Make a product show the level it has under its new tracking."""
    db = call.store.db
    if tracking == "variant":
        total_variant_levels(db, product_id)
        return
    held = db.value(
        "SELECT quantity FROM stock WHERE kind='p' AND item_id=? AND location_id=1", product_id
    )
    db.run("UPDATE products SET level=? WHERE id=?", held or 0, product_id)
