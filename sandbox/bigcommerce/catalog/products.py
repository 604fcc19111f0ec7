"""Creating, changing and deleting one product."""

import json
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import (
    duplicate_name,
    invalid_fields,
    missing_fields,
    refuse,
)
from sandbox.bigcommerce.calls.validate import clean, key_of
from sandbox.bigcommerce.catalog.brands import brand_of
from sandbox.bigcommerce.catalog.categories import assign_categories
from sandbox.bigcommerce.catalog.custom_fields import put_custom_fields
from sandbox.bigcommerce.catalog.fields import PRODUCT, READ_ONLY, TAX_CLASSES
from sandbox.bigcommerce.catalog.images import put_images
from sandbox.bigcommerce.catalog.inline_variants import create_inline_variants
from sandbox.bigcommerce.catalog.lookup import product_row
from sandbox.bigcommerce.catalog.skus import claim_product_sku
from sandbox.bigcommerce.catalog.tidy import tidied
from sandbox.bigcommerce.catalog.urls import automatic_url, chosen_url
from sandbox.bigcommerce.catalog.variants import insert_variant
from sandbox.bigcommerce.state.settling import (
    MAX_LEVEL,
    StockChange,
    apply_change,
    total_variant_levels,
)

NEEDED = {
    "name": "Please provide a name.",
    "type": "Please provide a type.",
    "weight": "Please provide a weight.",
    "price": "Please provide a price.",
}
NOT_IN_BODY = ("inventory_level", "brand_name")


def create_product(call: Call, payload: Any) -> int:
    """Create a product with its base variant or its inline variants; return its id.

    Raises Refusal 409 or 422; nothing is kept then, the caller rolls back.
    """
    if not isinstance(payload, dict):
        raise refuse(422, "JSON data is missing or invalid")
    absent = {name: words for name, words in NEEDED.items() if payload.get(name) in (None, "")}
    # An empty list says as little of where the product is as none: the harsher reading.
    if not payload.get("categories") and call.store.hazards.strikes(
        "v2-experience", call.method, call.path, call.agent
    ):
        absent["categories"] = "Please provide a category."
    if absent:
        raise missing_fields(absent)
    values = clean(PRODUCT, payload)
    db, now = call.store.db, call.store.now()
    name = values["name"] = values["name"].strip()
    _name_is_free(call, None, name)
    body = {key: field.default for key, field in PRODUCT.items() if key not in NOT_IN_BODY}
    body.update(READ_ONLY, date_created=now)
    product_id = db.run(
        "INSERT INTO products(name_key, name, sku, brand_id, is_visible, price, availability,"
        " type, tracking, upc, mpn, date_modified, body)"
        " VALUES (?,?,'',0,0,0,'','','none','','',?,'{}')",
        key_of(name),
        name,
        now,
    )
    body["custom_url"] = automatic_url(db, product_id, name)
    _store(call, product_id, body, values)
    sent = [key for key in payload if key in PRODUCT]
    variants = payload.get("variants") or []
    if variants:
        create_inline_variants(call, product_id, variants)
    else:
        base = insert_variant(db, product_id, {"sku": values.get("sku", "")}, {}, is_base=True)
        db.run("UPDATE products SET base_variant_id=? WHERE id=?", base, product_id)
    counted = values.get("inventory_tracking") == "product" and not variants
    if counted and "inventory_level" in values:
        _set_level(call, product_id, values["inventory_level"])
    put_custom_fields(call, product_id, payload.get("custom_fields"))
    put_images(call, product_id, payload.get("images"))
    sent += [key for key in ("variants", "custom_fields", "images") if payload.get(key)]
    call.store.touch(call.agent, "create", product_id, None, sent, sent)
    return product_id


def update_product(call: Call, product_id: int, payload: Any) -> None:
    """Change the fields that are in the payload, and no others; variants in it are ignored.

    Raises Refusal 404, 409 or 422.
    """
    row = product_row(call, product_id)
    values = clean(PRODUCT, payload)
    if "name" in values:
        values["name"] = values["name"].strip()
        _name_is_free(call, product_id, values["name"])
    before = json.loads(row["body"])
    body = dict(before)
    _store(call, product_id, body, values)
    simple = row["base_variant_id"] is not None
    tracked = simple and row["tracking"] == "product" == body["inventory_tracking"]
    if "inventory_level" in values and tracked:
        # Set together with a change of tracking the level stays 0 (seen in the field).
        _set_level(call, product_id, values["inventory_level"])
    if row["tracking"] != body["inventory_tracking"]:
        _show_tracked_level(call, product_id, body["inventory_tracking"])
    put_custom_fields(call, product_id, payload.get("custom_fields"))
    put_images(call, product_id, payload.get("images"))
    sent = [key for key in (*PRODUCT, "custom_fields", "images") if key in payload]
    changed = [key for key in body if body[key] != before.get(key)]
    call.store.touch(call.agent, "update", product_id, None, sent, changed)


def delete_product(call: Call, product_id: int) -> None:
    """Delete a product and all that belongs to it; no undelete is documented."""
    db = call.store.db
    variants = [
        row["id"] for row in db.all("SELECT id FROM variants WHERE product_id=?", (product_id,))
    ]
    for variant_id in variants:
        db.run("DELETE FROM variant_values WHERE variant_id=?", variant_id)
        db.run("DELETE FROM stock WHERE kind='v' AND item_id=?", variant_id)
    db.run("DELETE FROM stock WHERE kind='p' AND item_id=?", product_id)
    db.run(
        "DELETE FROM option_values WHERE option_id IN (SELECT id FROM options WHERE product_id=?)",
        product_id,
    )
    for table in ("variants", "options", "images", "custom_fields", "modifiers", "skus",
                  "product_categories", "product_channels"):  # fmt: skip
        db.run(f"DELETE FROM {table} WHERE product_id=?", product_id)  # noqa: S608
    db.run("DELETE FROM products WHERE id=?", product_id)
    call.store.touch(call.agent, "delete", product_id, None, [], [])


def _name_is_free(call: Call, product_id: int | None, name: str) -> None:
    if not name:
        raise invalid_fields({"name": "name must not be blank"})
    holder = call.store.db.value("SELECT id FROM products WHERE name_key=?", key_of(name))
    if holder is not None and holder != product_id:
        raise duplicate_name()


def _store(call: Call, product_id: int, body: dict[str, Any], values: dict[str, Any]) -> None:
    """Merge values into a product's body and write it, with all that hangs on them."""
    db = call.store.db
    if "sku" in values:
        claim_product_sku(db, product_id, values["sku"])
        db.run(
            "UPDATE variants SET sku=? WHERE product_id=? AND is_base=1", values["sku"], product_id
        )
    if "description" in values and call.store.hazards.strikes(
        "description-rewritten", call.method, call.path, call.agent
    ):
        values["description"] = tidied(values["description"])
    if "custom_url" in values:
        values["custom_url"] = chosen_url(db, product_id, values["custom_url"])
    if "categories" in values:
        values["categories"] = assign_categories(call, product_id, values["categories"])
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
    write_body(call, product_id, body)


def write_body(call: Call, product_id: int, body: dict[str, Any]) -> None:
    """Write a product's body and the columns that are looked up."""
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


def _set_level(call: Call, product_id: int, level: int) -> None:
    change = StockChange("p", product_id, 1, min(level, MAX_LEVEL))
    apply_change(call.store.db, change)


def _show_tracked_level(call: Call, product_id: int, tracking: str) -> None:
    """Show the level that belongs to the way the product is tracked from now on."""
    db = call.store.db
    if tracking == "variant":
        total_variant_levels(db, product_id)
        return
    held = db.value(
        "SELECT quantity FROM stock WHERE kind='p' AND item_id=? AND location_id=1", product_id
    )
    db.run("UPDATE products SET level=? WHERE id=?", held or 0, product_id)
