"""Changing variants (items with an id) and creating them (without one) in a batch, all or none.

Fields that BigCommerce's file does not list are silently ignored: SKU, GTIN, MPN and image of a
variant that exists, GTIN, MPN and image of a new one.
"""

from collections.abc import Set as AbstractSet
from typing import Any

from sandbox.bigcommerce.calls.batches import each_alone, without_ignored
from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import (
    Refusal,
    duplicate_variant_sku,
    invalid_fields,
    refuse,
)
from sandbox.bigcommerce.calls.validate import is_integer, key_of
from sandbox.bigcommerce.catalog.fields import IN_VARIANT_BATCH
from sandbox.bigcommerce.catalog.variants import create_variant, update_variant


def save_variants(call: Call, items: list[Any]) -> list[int]:
    """Change or create the variants of a batch; return their ids.

    Raises Refusal 422, which does not identify the item.
    """
    if call.strikes("batch-422"):
        raise _refusal(refuse(422, "Invalid field(s): price", {"price": "is invalid"}))
    _each_once(items)
    _no_sku_held_before(call, items)
    ids, refusals = each_alone(call, without_ignored(call, items), _put_one)
    if refusals:
        refused = _refusal(next(iter(refusals.values())))
        if call.strikes("batch-partial"):
            refused.keeps = True
        raise refused
    return ids


def _each_once(items: list[Any]) -> None:
    """Refuse a batch that holds a variant twice: which one wins is not documented."""
    ids = [item.get("id") for item in items if isinstance(item, dict)]
    known = [number for number in ids if is_integer(number)]
    if len(known) > len(set(known)):
        raise _refusal(invalid_fields({"id": "a variant may be in a batch once"}))


def _no_sku_held_before(call: Call, items: list[Any]) -> None:
    """Refuse to create a variant with a SKU in use; the first real one may take its product's."""
    db = call.store.db
    for item in items:
        sku = item.get("sku") if isinstance(item, dict) and "id" not in item else None
        holder = None
        if isinstance(sku, str):
            holder = db.one("SELECT product_id, variant_id FROM skus WHERE sku_key=?", key_of(sku))
        if holder is None:
            continue
        if holder["variant_id"] is not None or holder["product_id"] != item.get("product_id"):
            raise _refusal(duplicate_variant_sku(str(sku)))


def _put_one(call: Call, item: Any) -> int:
    if not isinstance(item, dict):
        raise refuse(422, "JSON data is missing or invalid")
    if "cost_price" in item and item["cost_price"] is None:
        # Null is documented for a price; of a cost, only how 0 is displayed.
        raise invalid_fields({"cost_price": "cost_price must be a number"})
    if "id" not in item:
        product_id = item.get("product_id")
        if not is_integer(product_id):
            raise refuse(422, "Missing Required Fields", {"product_id": "product_id is required"})
        listed = IN_VARIANT_BATCH | {"product_id", "sku", "option_values"}
        return create_variant(call, product_id, _only(item, listed))
    if not is_integer(item["id"]):
        raise invalid_fields({"id": "id must be an integer"})
    row = call.store.db.one("SELECT product_id FROM variants WHERE id=?", item["id"])
    if row is None:
        raise refuse(404, "The variant was not found")
    update_variant(call, row["product_id"], item["id"], _only(item, IN_VARIANT_BATCH))
    return int(item["id"])


def _only(item: dict[str, Any], listed: AbstractSet[str]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name in listed}


def _refusal(first: Refusal) -> Refusal:
    """Build the 422 of a batch: the first fault, without its item."""
    body = {name: value for name, value in first.body.items() if name != "instance"}
    return Refusal(422, {"batch_errors": [body]})
