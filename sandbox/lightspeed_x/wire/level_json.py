"""Inventory records in the three shapes that the vendor has for them (facts 4 and 5)."""

from sandbox.lightspeed_x.state.config import COST
from sandbox.lightspeed_x.state.rows import LevelRow, ProductRow
from sandbox.lightspeed_x.wire.json_text import Json


def inventory_json(row: LevelRow, *, nulls: bool) -> Json:
    """Return a row of `POST /inventory`, 2026-07."""
    shown: Json = {
        "id": row.id,
        "product_id": row.product_id,
        "outlet_id": row.outlet_id,
        "current_inventory_level": row.level,
        "quantity_to_procure": 0,
        "reorder_amount": None,
        "reorder_method": None,
        "reorder_point": None,
        "reorder_target": None,
        "version": row.version,
    }
    return shown | ({"deleted_at": row.deleted_at} if row.deleted_at or nulls else {})


def inventory_20_json(row: LevelRow) -> Json:
    """Return a row of `GET /inventory`, 2.0."""
    return {
        "id": row.id,
        "product_id": row.product_id,
        "outlet_id": row.outlet_id,
        "inventory_level": row.level,
        "version": row.version,
    }


def level_json(row: LevelRow, product: ProductRow, scopes: frozenset[str]) -> Json:
    """Return a row of `POST /inventory_levels`: no version in it."""
    shown: Json = {
        "product_id": row.product_id,
        "root_product_id": product.root_id,
        "location_id": row.outlet_id,
        "name": product.record.name,
        "current_inventory_level": row.level,
        "quantity_to_procure": 0,
    }
    cost = product.variant.cost if product.variant else product.record.cost
    if COST in scopes and cost is not None:
        shown |= {"average_cost": cost, "total_cost": cost * row.level}
    return shown
