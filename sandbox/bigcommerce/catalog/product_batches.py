"""Changing products: one alone, or a batch, all or none."""

from typing import Any

from sandbox.bigcommerce.calls.batches import each_alone, without_ignored
from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import (
    Refusal,
    duplicate_name,
    duplicate_product_sku,
    error_body,
    invalid_fields,
    missing_fields,
)
from sandbox.bigcommerce.calls.validate import is_integer, key_of
from sandbox.bigcommerce.catalog.products import NEEDED, update_product
from sandbox.bigcommerce.catalog.variants import delete_variant


def update_products(call: Call, items: list[Any]) -> list[int]:
    """Change the products of a batch; return their ids.

    Raises Refusal 404, 409 or 422, which does not identify the item.
    """
    items = without_ignored(call, items)
    if call.store.hazards.get("batch-partial") is not None:
        _some_then_refuse(call, items)
    _each_once(items)
    _nothing_held_before(call, items)
    ids = []
    for item in items:
        try:
            ids.append(_put_one(call, item))
        except Refusal as refusal:
            raise _anonymous(refusal) from refusal
    return ids


def update_alone(call: Call, product_id: int, payload: Any) -> None:
    """Change one product, as its own PUT does. Raises Refusal 400, 404, 409 or 422."""
    update_product(call, product_id, payload)
    _clobber_variants(call, product_id, payload)


def _each_once(items: list[Any]) -> None:
    """Refuse a batch that holds a product twice: which one wins is not documented."""
    ids = [item.get("id") for item in items if isinstance(item, dict)]
    known = [number for number in ids if is_integer(number)]
    if len(known) > len(set(known)):
        raise _anonymous(invalid_fields({"id": "a product may be in a batch once"}))


def _nothing_held_before(call: Call, items: list[Any]) -> None:
    """Refuse a name or SKU that another product holds as the batch begins.

    Whether an item may take what another gives up in the same call is not documented.
    """
    db = call.store.db
    for item in items:
        given = item if isinstance(item, dict) else {}
        name, sku = given.get("name"), given.get("sku")
        if isinstance(name, str):
            holder = db.value("SELECT id FROM products WHERE name_key=?", key_of(name))
            if holder not in (None, given.get("id")):
                raise duplicate_name()
        if isinstance(sku, str):
            holder = db.value("SELECT product_id FROM skus WHERE sku_key=?", key_of(sku))
            if holder not in (None, given.get("id")):
                raise duplicate_product_sku()


def _put_one(call: Call, item: Any) -> int:
    if not isinstance(item, dict) or not is_integer(item.get("id")):
        # An item without an id counts as a create, and so lacks required fields.
        given = item if isinstance(item, dict) else {}
        raise missing_fields({name: words for name, words in NEEDED.items() if name not in given})
    update_alone(call, item["id"], item)
    return int(item["id"])


def _clobber_variants(call: Call, product_id: int, item: Any) -> None:
    """Delete all variants but those inside a product's PUT (hazard variants-clobbered)."""
    listed = item.get("variants")
    if not listed:
        return
    if call.strikes("variants-clobbered"):
        kept = [variant.get("id") for variant in listed if isinstance(variant, dict)]
        rows = call.store.db.all(
            "SELECT id FROM variants WHERE product_id=? AND NOT is_base", (product_id,)
        )
        for row in rows:
            if row["id"] not in kept:
                delete_variant(call, product_id, row["id"])


def _some_then_refuse(call: Call, items: list[Any]) -> None:
    """Save each item that can be saved, then raise the first refusal, if the hazard strikes."""
    _, refusals = each_alone(call, items, _put_one)
    if refusals and call.strikes("batch-partial"):
        kept = _anonymous(next(iter(refusals.values())))
        kept.keeps = True
        raise kept


def _anonymous(refusal: Refusal) -> Refusal:
    """Return the refusal without anything that identifies the item."""
    known = {words.body["title"]: words for words in (duplicate_name(), duplicate_product_sku())}
    same = known.get(refusal.body.get("title", ""))
    if same is not None:
        return same
    title = refusal.body.get("title", "")
    if refusal.status == 404:
        title = "The resource was not found."
    body = error_body(refusal.status, title, refusal.body.get("errors"))
    return Refusal(refusal.status, body)
