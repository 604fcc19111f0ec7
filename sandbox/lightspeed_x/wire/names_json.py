"""The category, supplier and brand that a product bears."""

from decimal import Decimal
from typing import Any

from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.ids import made_id
from sandbox.lightspeed_x.state.names import NamedRow
from sandbox.lightspeed_x.state.rows import ProductRow
from sandbox.lightspeed_x.wire.json_text import Json


def names_json(account: Account, row: ProductRow, *, with_cost: bool) -> Json:
    """Return category, supplier and brand of a member; `{}` for what it has none of (fact 15)."""
    record = row.record
    chosen = account.chosen.get(record.id, {})
    shown: Json = {"type": {}, "supplier": {}, "brand": {}}
    if record.department:
        category = _chosen(chosen.get("department"), record.department.name)
        category = category or account.names.categories.ensure(record.department.name)
        shown["product_type_id"] = category.id
        shown["type"] = _reference(category) | {
            "leaf_category": account.names.categories.is_leaf(category.id),
            "category_path": path_json(account, category),
        }
    number = row.variant.product_number if row.variant else record.product_number
    if number:
        shown["supplier_code"] = number
    if record.vendor:
        supplier = _chosen(chosen.get("vendor"), record.vendor.name)
        supplier = supplier or account.names.suppliers.ensure(record.vendor.name)
        shown["supplier_id"] = supplier.id
        shown["supplier"] = _reference(supplier) | {"source": "USER", "description": ""}
        shown["product_suppliers"] = [_supplied(row, supplier, number, with_cost=with_cost)]
    if record.brand.strip():
        brand = account.names.brands.ensure(record.brand)
        shown["brand_id"] = brand.id
        shown["brand"] = _reference(brand)
    return shown


def _chosen(row: NamedRow | None, name: str) -> NamedRow | None:
    """Return the row that was chosen at creation, unless the shop says another name by now."""
    same = row is not None and row.name.strip().casefold() == name.strip().casefold()
    return row if same else None


def _reference(row: NamedRow) -> Json:
    return {"id": row.id, "name": row.name, "version": row.version}


def path_json(account: Account, category: NamedRow) -> list[Json]:
    """Return the way from the root to a category."""
    return [{"id": each.id, "name": each.name} for each in account.names.categories.path(category)]


def _supplied(row: ProductRow, supplier: NamedRow, number: str, *, with_cost: bool) -> Json:
    shown: dict[str, Any] = {
        "id": made_id("supplied", row.id, supplier.id),
        "product_id": row.id,
        "supplier_id": supplier.id,
        "supplier_name": supplier.name,
    }
    if number:
        shown["code"] = number
    cost = cost_of(row)
    if with_cost and cost is not None:
        shown["price"] = cost
    return shown


def cost_of(row: ProductRow) -> Decimal | None:
    """Return the cost of a member, None if it is blank."""
    return row.variant.cost if row.variant else row.record.cost
