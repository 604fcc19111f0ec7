"""PUT of many variants: with an id it is a change, without one a create; all or none."""

from typing import Any

from sandbox.bigcommerce.calls.batches import each_alone
from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import (
    Refusal,
    duplicate_variant_sku,
    invalid_fields,
    refuse,
)
from sandbox.bigcommerce.calls.validate import is_integer, key_of
from sandbox.bigcommerce.catalog.variants import create_variant, update_variant


def save_variants(call: Call, items: list[Any]) -> list[int]:
    """Change or create the variants of a batch; return their ids.

    Raises Refusal 422, from which the item cannot be told.
    """
    if call.strikes("batch-422"):
        raise _refusal(refuse(422, "Invalid field(s): price", {"price": "is invalid"}))
    _each_once(items)
    _no_sku_held_before(call, items)
    ids, refusals = each_alone(call, items, _put_one)
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
    """Refuse a SKU that another variant or product holds as the batch begins.

    Whether an item may take what another gives up in the same call is not documented. A first
    real variant may take its own product's SKU.
    """
    db = call.store.db
    for item in items:
        sku = item.get("sku") if isinstance(item, dict) else None
        holder = None
        if isinstance(sku, str):
            holder = db.one("SELECT product_id, variant_id FROM skus WHERE sku_key=?", key_of(sku))
        if holder is None:
            continue
        own = item.get("product_id")
        if is_integer(item.get("id")):
            own = db.value("SELECT product_id FROM variants WHERE id=?", item["id"])
        if holder["variant_id"] is None and holder["product_id"] == own:
            continue
        if holder["variant_id"] is None or holder["variant_id"] != item.get("id"):
            raise _refusal(duplicate_variant_sku(str(sku)))


def _put_one(call: Call, item: Any) -> int:
    if not isinstance(item, dict):
        raise refuse(422, "JSON data is missing or invalid")
    if "id" not in item:
        product_id = item.get("product_id")
        if not is_integer(product_id):
            raise refuse(422, "Missing Required Fields", {"product_id": "product_id is required"})
        return create_variant(call, product_id, item)
    if not is_integer(item["id"]):
        raise invalid_fields({"id": "id must be an integer"})
    row = call.store.db.one("SELECT product_id FROM variants WHERE id=?", item["id"])
    if row is None:
        raise refuse(404, "The variant was not found")
    update_variant(call, row["product_id"], item["id"], item)
    return int(item["id"])


def _refusal(first: Refusal) -> Refusal:
    """Build the 422 of a batch: what was wrong first, not with which item."""
    body = {name: value for name, value in first.body.items() if name != "instance"}
    return Refusal(422, {"batch_errors": [body]})
