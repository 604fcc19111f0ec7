"""Absolute and relative adjustments of stock, accepted now and applied later."""

import uuid
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import problem
from sandbox.bigcommerce.calls.validate import is_integer, key_of
from sandbox.bigcommerce.state.db import Database
from sandbox.bigcommerce.state.settling import StockChange

MOST_ITEMS = 2000
IDENTITIES = ("variant_id", "product_id", "sku")


def accept(call: Call, payload: Any, *, relative: bool) -> str:
    """Accept the levels of one call, to be applied later; return the transaction's id.

    Raises Refusal 413 or 422, and then accepts none of them.
    """
    items = payload.get("items") if isinstance(payload, dict) else None
    if not isinstance(items, list) or not items:
        raise problem("items must be a non-empty array")
    if len(items) > MOST_ITEMS:
        raise problem(f"The maximum items allowed in the array is {MOST_ITEMS}.", 413)
    changes = [_change(call.store.db, item, relative=relative) for item in items]
    _each_once(changes)
    if relative:
        _need_absolute_first(call, changes)
    accepted = [change for change in changes if change is not None]
    if call.store.raced and call.strikes("stock-races-catalog"):
        # Every second level is lost, as when bulk stock and bulk catalogue writes overlap.
        accepted = accepted[::2]
    call.store.settling.add(accepted)
    return str(uuid.UUID(int=call.store.random.getrandbits(128), version=4))


def _each_once(changes: list[StockChange | None]) -> None:
    """Refuse a call that holds an item twice: in which order they apply is not documented."""
    places = [(item.kind, item.item_id, item.location_id) for item in changes if item is not None]
    if len(places) > len(set(places)):
        raise problem("An item may be in a call once for each location")


def _change(db: Database, item: Any, *, relative: bool) -> StockChange | None:
    """Return the change an item asks for, None if its stock is not tracked.

    Raises Refusal 422 for a malformed item, an unknown one, or one tracked the other way.
    """
    given = [name for name in IDENTITIES if isinstance(item, dict) and name in item]
    if len(given) != 1 or not is_integer(item.get("location_id")):
        raise problem("An item needs a location_id and one of sku, variant_id, product_id")
    if not db.has("locations", item["location_id"]):
        raise problem(f"Location with id {item['location_id']} does not exist")
    quantity = item.get("quantity")
    if not is_integer(quantity):
        raise problem("quantity must be an integer")
    if quantity < 0 and not relative:
        raise problem("quantity must not be negative")
    identity = given[0]
    if identity == "product_id":
        kind, item_id = _by_product(db, item["product_id"])
    else:
        kind, item_id = _by_variant(db, identity, item[identity])
    if not kind:
        return None
    return StockChange(kind, item_id, item["location_id"], quantity, relative)


def _by_product(db: Database, product_id: Any) -> tuple[str, int]:
    if not is_integer(product_id):
        raise problem("product_id must be an integer")
    row = db.one("SELECT id, tracking, base_variant_id FROM products WHERE id=?", product_id)
    if row is None:
        raise problem(f"Product with id {product_id} does not exist")
    if row["tracking"] == "variant":
        words = "is tracked by variant, please update stock by variant id"
        raise problem(f"[Item with product_id {product_id} {words}]")
    # A product with real variants is no inventory item itself (inventory.v3.yml).
    counted = row["tracking"] == "product" and row["base_variant_id"] is not None
    return ("p" if counted else "", row["id"])


def _by_variant(db: Database, identity: str, value: Any) -> tuple[str, int]:
    """Find a variant by id or SKU; a SKU also finds a product that is tracked by product."""
    right = value.strip() if isinstance(value, str) else is_integer(value)
    if not right or isinstance(value, str) != (identity == "sku"):
        raise problem(f"{identity} must be {'a SKU' if identity == 'sku' else 'an integer'}")
    if identity == "sku":
        row = db.one(
            "SELECT v.id, v.product_id, p.tracking, v.is_base FROM variants v"
            " JOIN products p ON p.id = v.product_id WHERE v.sku = ? COLLATE NOCASE",
            key_of(value),
        )
    else:
        row = db.one(
            "SELECT v.id, v.product_id, p.tracking, v.is_base FROM variants v"
            " JOIN products p ON p.id = v.product_id WHERE v.id = ?",
            value,
        )
    if row is None:
        raise problem(f"Item with {identity} {value} does not exist")
    if row["tracking"] == "product":
        if identity == "sku" and row["is_base"]:
            return "p", row["product_id"]
        words = "is tracked by product, please update stock by product id"
        raise problem(f"[Item with {identity} {value} {words}]")
    return ("v" if row["tracking"] == "variant" else "", row["id"])


def _need_absolute_first(call: Call, changes: list[StockChange | None]) -> None:
    missing = [
        f"{'product_id' if change.kind == 'p' else 'variant_id'} {change.item_id}"
        for change in changes
        if change is not None
        and call.store.db.one(
            "SELECT 1 FROM stock WHERE kind=? AND item_id=? AND location_id=?",
            change.kind,
            change.item_id,
            change.location_id,
        )
        is None
    ]
    if missing:
        words = "requires absolute adjustment before relative"
        raise problem(f"Items with identity: [{', '.join(missing)}] {words}")
