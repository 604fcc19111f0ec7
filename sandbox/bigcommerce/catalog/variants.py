"""Creating, changing and deleting variants, one at a time."""

import json
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import invalid_fields, missing_fields, refuse
from sandbox.bigcommerce.calls.validate import clean
from sandbox.bigcommerce.catalog.fields import VARIANT
from sandbox.bigcommerce.catalog.images import fetch
from sandbox.bigcommerce.catalog.lookup import product_row, variant_row
from sandbox.bigcommerce.catalog.modified import bump
from sandbox.bigcommerce.catalog.option_values import chosen_values
from sandbox.bigcommerce.catalog.skus import claim_variant_sku
from sandbox.bigcommerce.catalog.variant_rows import (
    NOT_IN_BODY,
    change_base_sku,
    delete_variant_row,
    insert_variant,
    restore_base_variant,
    retire_base_variant,
)
from sandbox.bigcommerce.state.settling import (
    MAX_LEVEL,
    StockChange,
    apply_change,
    others_level,
    total_variant_levels,
)

MOST_VARIANTS = 600


def create_variant(call: Call, product_id: int, payload: Any) -> int:
    """Create a real variant from a SKU and option value ids; return its id.

    Raises Refusal 400, 404, 409 or 422.
    """
    product = product_row(call, product_id)
    if not isinstance(payload, dict):
        raise refuse(422, "JSON data is missing or invalid")
    absent = {
        name: f"{name} is required" for name in ("sku", "option_values") if not payload.get(name)
    }
    if absent:
        raise missing_fields(absent)
    values = clean(VARIANT, payload)
    fetch_image(call, values)
    chosen = chosen_values(call, product_id, payload["option_values"])
    db = call.store.db
    count = db.value("SELECT COUNT(*) FROM variants WHERE product_id=? AND NOT is_base", product_id)
    if count >= MOST_VARIANTS:
        raise refuse(422, f"A product may have at most {MOST_VARIANTS} variants")
    if count == 0:
        retire_base_variant(db, product, values["sku"])
    variant_id = insert_variant(db, product_id, values, chosen, is_base=False)
    set_variant_level(call, product_id, product["tracking"], variant_id, values)
    bump(call, product_id)
    sent = [key for key in payload if key in VARIANT]
    call.store.touch(call.agent, "create", product_id, variant_id, sent, sent)
    return variant_id


def update_variant(call: Call, product_id: int, variant_id: int, payload: Any) -> None:
    """Change fields of a variant; option_values in the payload are silently ignored.

    Raises Refusal 400, 404, 409 or 422.
    """
    row = variant_row(call, product_id, variant_id)
    values = clean(VARIANT, payload)
    fetch_image(call, values)
    db = call.store.db
    before = json.loads(row["body"])
    body = {**before, **{key: value for key, value in values.items() if key not in NOT_IN_BODY}}
    sku = values.get("sku", row["sku"])
    if row["is_base"]:
        change_base_sku(db, product_id, sku)
    else:
        claim_variant_sku(db, product_id, variant_id, sku)
    db.run(
        "UPDATE variants SET sku=?, upc=?, body=? WHERE id=?",
        sku,
        body["upc"] or "",
        json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        variant_id,
    )
    tracking = product_row(call, product_id)["tracking"]
    set_variant_level(call, product_id, tracking, variant_id, values)
    bump(call, product_id)
    changed = [key for key in body if body[key] != before.get(key)]
    sent = [key for key in payload if key in VARIANT]
    call.store.touch(call.agent, "update", product_id, variant_id, sent, changed)


def delete_variant(call: Call, product_id: int, variant_id: int) -> None:
    """Delete a variant; a product that loses its last real one gets a new base variant.

    Raises Refusal 404, and 422 for a base variant.
    """
    row = variant_row(call, product_id, variant_id)
    if row["is_base"]:
        raise invalid_fields({"id": "the base variant of a product cannot be deleted"})
    db = call.store.db
    delete_variant_row(db, variant_id)
    if db.one("SELECT 1 FROM variants WHERE product_id=?", product_id) is None:
        restore_base_variant(db, product_id)
    total_variant_levels(db, product_id)
    bump(call, product_id)
    call.store.touch(call.agent, "delete", product_id, variant_id, [], [])


def set_variant_level(
    call: Call, product_id: int, tracking: str, variant_id: int, values: dict[str, Any]
) -> None:
    """Set a variant's level, if its values have one and the product is tracked by variant.

    A level over the limit is clamped if no other variant has stock, else not saved
    (product-variants_catalog.v3.yml).
    """
    level = values.get("inventory_level")
    if level is None or tracking != "variant":
        return
    db = call.store.db
    if level > MAX_LEVEL and not others_level(db, product_id, variant_id, 1):
        level = MAX_LEVEL
    apply_change(db, StockChange("v", variant_id, 1, level))


def fetch_image(call: Call, values: dict[str, Any]) -> None:
    """Pretend to fetch a variant's new image. Raises Refusal 400 or 422."""
    if values.get("image_url"):
        fetch(call, values["image_url"])
