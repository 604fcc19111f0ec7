"""Variants: rows, values, and the base variant that the first real one replaces."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import (
    duplicate_variant_values,
    invalid_fields,
    missing_fields,
    refuse,
)
from sandbox.bigcommerce.calls.validate import clean, key_of
from sandbox.bigcommerce.catalog.fields import VARIANT
from sandbox.bigcommerce.catalog.images import fetch
from sandbox.bigcommerce.catalog.lookup import product_row, variant_row
from sandbox.bigcommerce.catalog.option_values import chosen_values
from sandbox.bigcommerce.catalog.skus import (
    claim_product_sku,
    claim_variant_sku,
    release_product_sku,
    release_variant_sku,
)
from sandbox.bigcommerce.state.db import Database
from sandbox.bigcommerce.state.settling import (
    MAX_LEVEL,
    StockChange,
    apply_change,
    others_level,
    total_variant_levels,
)

MOST_VARIANTS = 600
NOT_IN_BODY = ("sku", "inventory_level")


def insert_variant(
    db: Database,
    product_id: int,
    values: dict[str, Any],
    option_values: dict[int, int],
    *,
    is_base: bool,
) -> int:
    """Insert a variant with value ids by option id; raises Refusal 409 for a taken set or SKU."""
    value_key = ",".join(f"{option}:{value}" for option, value in sorted(option_values.items()))
    if db.one("SELECT 1 FROM variants WHERE product_id=? AND value_key=?", product_id, value_key):
        raise duplicate_variant_values()
    body = {key: field.default for key, field in VARIANT.items() if key not in NOT_IN_BODY}
    body.update({key: value for key, value in values.items() if key not in NOT_IN_BODY})
    sku = values.get("sku", "")
    variant_id = db.run(
        "INSERT INTO variants(product_id, sku, is_base, value_key, upc, body) VALUES (?,?,?,?,?,?)",
        product_id,
        sku,
        is_base,
        value_key,
        body["upc"] or "",
        json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    )
    if not is_base:
        claim_variant_sku(db, product_id, variant_id, sku)
    for option_id, value_id in option_values.items():
        db.run(
            "INSERT INTO variant_values(variant_id, option_id, value_id) VALUES (?,?,?)",
            variant_id,
            option_id,
            value_id,
        )
    return variant_id


def create_variant(call: Call, product_id: int, payload: Any) -> int:
    """Create a real variant from a SKU and option value ids; return its id.

    Raises Refusal 404, 409 or 422.
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
        _retire_base_variant(db, product, values["sku"])
    variant_id = insert_variant(db, product_id, values, chosen, is_base=False)
    set_variant_level(call, product_id, product["tracking"], variant_id, values)
    bump(call, product_id)
    sent = [key for key in payload if key in VARIANT]
    call.store.touch(call.agent, "create", product_id, variant_id, sent, sent)
    return variant_id


def update_variant(call: Call, product_id: int, variant_id: int, payload: Any) -> None:
    """Change fields of a variant; option_values of an existing one are silently ignored.

    Raises Refusal 404, 409 or 422.
    """
    row = variant_row(call, product_id, variant_id)
    values = clean(VARIANT, payload)
    fetch_image(call, values)
    db = call.store.db
    before = json.loads(row["body"])
    body = {**before, **{key: value for key, value in values.items() if key not in NOT_IN_BODY}}
    sku = values.get("sku", row["sku"])
    if row["is_base"]:
        _change_base_sku(call, product_id, sku)
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
    """Delete a variant; without its last real one a product has a (new) base variant again.

    Raises Refusal 404, and 422 for a base variant.
    """
    row = variant_row(call, product_id, variant_id)
    if row["is_base"]:
        raise invalid_fields({"id": "the base variant of a product cannot be deleted"})
    db = call.store.db
    remove_variant_row(db, variant_id)
    if db.one("SELECT 1 FROM variants WHERE product_id=?", product_id) is None:
        restore_base_variant(db, product_id)
    total_variant_levels(db, product_id)
    bump(call, product_id)
    call.store.touch(call.agent, "delete", product_id, variant_id, [], [])


def remove_variant_row(db: Database, variant_id: int) -> None:
    """Delete a variant's rows in every table."""
    release_variant_sku(db, variant_id)
    db.run("DELETE FROM variant_values WHERE variant_id=?", variant_id)
    db.run("DELETE FROM stock WHERE kind='v' AND item_id=?", variant_id)
    db.run("DELETE FROM variants WHERE id=?", variant_id)


def restore_base_variant(db: Database, product_id: int) -> None:
    """Give a product without variants a base variant with a new id."""
    sku = db.value("SELECT sku FROM products WHERE id=?", product_id)
    base = insert_variant(db, product_id, {"sku": sku}, {}, is_base=True)
    db.run("UPDATE products SET base_variant_id=? WHERE id=?", base, product_id)


def set_variant_level(
    call: Call, product_id: int, tracking: str, variant_id: int, values: dict[str, Any]
) -> None:
    """Set a level through the catalogue: only where tracked by variant.

    Over the limit it is cut where no other variant has any, and else not saved
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
    """Pretend to fetch the image a variant is given; raises Refusal 400 or 422."""
    if values.get("image_url"):
        fetch(call, values["image_url"])


def bump(call: Call, product_id: int) -> None:
    """Mark a product as modified now."""
    call.store.db.run(
        "UPDATE products SET date_modified=? WHERE id=?", call.store.now(), product_id
    )


def _retire_base_variant(db: Database, product: sqlite3.Row, first_sku: str) -> None:
    """Let the first real variant replace the base variant, whose id dies.

    The SKU moves: if the variant brings the product's own, the product keeps none.
    """
    if product["base_variant_id"] is not None:
        remove_variant_row(db, product["base_variant_id"])
        db.run("UPDATE products SET base_variant_id=NULL WHERE id=?", product["id"])
    if key_of(product["sku"]) == key_of(first_sku):
        _write_product_sku(db, product["id"], "")
        release_product_sku(db, product["id"])


def _change_base_sku(call: Call, product_id: int, sku: str) -> None:
    """A base variant's SKU is the product's."""
    claim_product_sku(call.store.db, product_id, sku)
    _write_product_sku(call.store.db, product_id, sku)


def _write_product_sku(db: Database, product_id: int, sku: str) -> None:
    db.run(
        "UPDATE products SET sku=?, body=json_set(body, '$.sku', ?) WHERE id=?",
        sku,
        sku,
        product_id,
    )
