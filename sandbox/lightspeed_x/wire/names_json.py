"""The category, supplier and brand that a product bears."""

from decimal import Decimal
from typing import Any

from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.ids import made_id
from sandbox.lightspeed_x.state.names import NamedRow, Names
from sandbox.lightspeed_x.state.rows import ProductRow
from sandbox.lightspeed_x.wire.json_text import Json
from sandbox.pos.model import Named


def names_json(account: Account, row: ProductRow, *, with_cost: bool) -> Json:
    """Return category, supplier and brand of a member; `{}` for what it has none of (fact 15)."""
    record = row.record
    chosen = account.chosen.get(record.id, {})
    shown: Json = {"type": {}, "supplier": {}, "brand": {}}
    if category := _row(account.names.categories, record.department, chosen.get("department")):
        shown["product_type_id"] = category.id
        shown["type"] = _reference(category) | {
            "leaf_category": account.names.categories.is_leaf(category.id),
            "category_path": path_json(account, category),
        }
    number = row.variant.product_number if row.variant else record.product_number
    if number:
        shown["supplier_code"] = number
    if supplier := _row(account.names.suppliers, record.vendor, chosen.get("vendor")):
        shown["supplier_id"] = supplier.id
        shown["supplier"] = _reference(supplier) | {"source": "USER", "description": ""}
        shown["product_suppliers"] = [_supplied(row, supplier, number, with_cost=with_cost)]
    if brand := account.names.brands.called(record.brand):
        shown["brand_id"] = brand.id
        shown["brand"] = _reference(brand)
    return shown


def _row(names: Names, named: Named | None, chosen: NamedRow | None) -> NamedRow | None:
    """Return the row that was chosen at creation, unless the shop says another name by now; else the first of that
    name. A tombstone may bear one that is gone."""
    if named is None:
        return None
    if chosen is not None and names.find(chosen.id) and _key(chosen) == _key(named):
        return chosen
    return names.called(named.name)


def _key(named: NamedRow | Named) -> str:
    return named.name.strip().casefold()


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
