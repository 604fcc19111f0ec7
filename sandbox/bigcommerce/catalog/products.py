"""Creating, changing and deleting one product."""

import json
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import missing_fields, refuse
from sandbox.bigcommerce.calls.validate import clean, key_of
from sandbox.bigcommerce.catalog.custom_fields import put_custom_fields
from sandbox.bigcommerce.catalog.fields import PRODUCT, READ_ONLY
from sandbox.bigcommerce.catalog.images import put_images
from sandbox.bigcommerce.catalog.inline_variants import create_inline_variants
from sandbox.bigcommerce.catalog.lookup import product_row
from sandbox.bigcommerce.catalog.product_rows import (
    NOT_IN_BODY,
    refuse_taken_name,
    set_level,
    show_tracked_level,
    store_values,
)
from sandbox.bigcommerce.catalog.urls import automatic_url
from sandbox.bigcommerce.catalog.variant_rows import insert_variant

NEEDED = {
    "name": "Please provide a name.",
    "type": "Please provide a type.",
    "weight": "Please provide a weight.",
    "price": "Please provide a price.",
}


def create_product(call: Call, payload: Any) -> int:
    """Create a product with its base variant or its inline variants; return its id.

    Raises Refusal 400, 409 or 422; the caller then rolls back what was written.
    """
    if not isinstance(payload, dict):
        raise refuse(422, "JSON data is missing or invalid")
    absent = {name: words for name, words in NEEDED.items() if payload.get(name) in (None, "")}
    # An empty list counts as none: the harsher reading.
    if not payload.get("categories") and call.strikes("v2-experience"):
        absent["categories"] = "Please provide a category."
    if absent:
        raise missing_fields(absent)
    values = clean(PRODUCT, payload)
    db, now = call.store.db, call.store.now()
    name = values["name"] = values["name"].strip()
    refuse_taken_name(call, None, name)
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
    store_values(call, product_id, body, values)
    sent = [key for key in payload if key in PRODUCT]
    variants = payload.get("variants") or []
    if variants:
        create_inline_variants(call, product_id, variants)
    else:
        base = insert_variant(db, product_id, {"sku": values.get("sku", "")}, {}, is_base=True)
        db.run("UPDATE products SET base_variant_id=? WHERE id=?", base, product_id)
    counted = values.get("inventory_tracking") == "product" and not variants
    if counted and "inventory_level" in values:
        set_level(call, product_id, values["inventory_level"])
    put_custom_fields(call, product_id, payload.get("custom_fields"))
    put_images(call, product_id, payload.get("images"))
    sent += [key for key in ("variants", "custom_fields", "images") if payload.get(key)]
    call.store.touch(call.agent, "create", product_id, None, sent, sent)
    return product_id


def update_product(call: Call, product_id: int, payload: Any) -> None:
    """Change only the fields that are in the payload; variants in it are ignored.

    Raises Refusal 400, 404, 409 or 422.
    """
    row = product_row(call, product_id)
    values = clean(PRODUCT, payload)
    if "name" in values:
        values["name"] = values["name"].strip()
        refuse_taken_name(call, product_id, values["name"])
    before = json.loads(row["body"])
    body = dict(before)
    store_values(call, product_id, body, values)
    simple = row["base_variant_id"] is not None
    tracked = simple and row["tracking"] == "product" == body["inventory_tracking"]
    if "inventory_level" in values and tracked:
        # A level sent together with a change of tracking stays 0 (seen in the field).
        set_level(call, product_id, values["inventory_level"])
    if row["tracking"] != body["inventory_tracking"]:
        show_tracked_level(call, product_id, body["inventory_tracking"])
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
        db.delete(table, "product_id=?", (product_id,))
    db.run("DELETE FROM products WHERE id=?", product_id)
    call.store.touch(call.agent, "delete", product_id, None, [], [])
