"""SKUs: unique across products and variants, case ignored, as BigCommerce documents."""

from sandbox.bigcommerce.calls.errors import Refusal, duplicate_product_sku, duplicate_variant_sku
from sandbox.bigcommerce.calls.validate import key_of
from sandbox.bigcommerce.state.db import Database


def claim_product_sku(db: Database, product_id: int, sku: str) -> None:
    """Claim a SKU for a product and release the one it had.

    Raises Refusal 409 in the product wording if another product or variant has it.
    """
    _claim(db, sku, product_id, None, duplicate_product_sku())


def claim_variant_sku(db: Database, product_id: int, variant_id: int, sku: str) -> None:
    """Claim a SKU for a variant and release the one it had.

    Raises Refusal 409 in the variant wording (code 22003) if another product or variant has it.
    """
    _claim(db, sku, product_id, variant_id, duplicate_variant_sku(sku))


def release_product_sku(db: Database, product_id: int) -> None:
    """Release the product's own SKU."""
    db.run("DELETE FROM skus WHERE product_id=? AND variant_id IS NULL", product_id)


def release_variant_sku(db: Database, variant_id: int) -> None:
    """Release a variant's SKU."""
    db.run("DELETE FROM skus WHERE variant_id=?", variant_id)


def _claim(
    db: Database, sku: str, product_id: int, variant_id: int | None, refusal: Refusal
) -> None:
    key = key_of(sku)
    if key:
        holder = db.one("SELECT product_id, variant_id FROM skus WHERE sku_key=?", key)
        if holder is not None:
            if (holder["product_id"], holder["variant_id"]) != (product_id, variant_id):
                raise refusal
            return
    if variant_id is None:
        release_product_sku(db, product_id)
    else:
        release_variant_sku(db, variant_id)
    if key:
        db.run(
            "INSERT INTO skus(sku_key, product_id, variant_id) VALUES (?,?,?)",
            key,
            product_id,
            variant_id,
        )
