"""The rows of variants, base variants too, which the first real variant replaces."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.errors import duplicate_variant_values
from sandbox.bigcommerce.calls.validate import key_of
from sandbox.bigcommerce.catalog.fields import VARIANT
from sandbox.bigcommerce.catalog.skus import (
    claim_product_sku,
    claim_variant_sku,
    release_product_sku,
    release_variant_sku,
)
from sandbox.bigcommerce.state.db import Database

NOT_IN_BODY = ("sku", "inventory_level")


def insert_variant(
    db: Database,
    product_id: int,
    values: dict[str, Any],
    option_values: dict[int, int],
    *,
    is_base: bool,
) -> int:
    """Insert a variant; return its id.

    option_values: value ids by option id, empty for a base variant. Raises Refusal 409 if the
    product already has a variant with these values, or the SKU is in use.
    """
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


def delete_variant_row(db: Database, variant_id: int) -> None:
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


def retire_base_variant(db: Database, product: sqlite3.Row, first_sku: str) -> None:
    """Delete the base variant, which the first real variant replaces.

    If that variant has the product's own SKU, release it from the product.
    """
    if product["base_variant_id"] is not None:
        delete_variant_row(db, product["base_variant_id"])
        db.run("UPDATE products SET base_variant_id=NULL WHERE id=?", product["id"])
    if key_of(product["sku"]) == key_of(first_sku):
        _write_product_sku(db, product["id"], "")
        release_product_sku(db, product["id"])


def change_base_sku(db: Database, product_id: int, sku: str) -> None:
    """Give a base variant, and so its product, another SKU. Raises Refusal 409."""
    claim_product_sku(db, product_id, sku)
    _write_product_sku(db, product_id, sku)


def _write_product_sku(db: Database, product_id: int, sku: str) -> None:
    db.run(
        "UPDATE products SET sku=?, body=json_set(body, '$.sku', ?) WHERE id=?",
        sku,
        sku,
        product_id,
    )
