"""Lists of products: filters, order, includes and pages."""

from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import refuse
from sandbox.bigcommerce.calls.paging import page_of, pagination
from sandbox.bigcommerce.catalog.lookup import product_row
from sandbox.bigcommerce.catalog.product_filters import conditions
from sandbox.bigcommerce.catalog.product_views import INCLUDES, product_views

SORTS = {
    "id": "id", "name": "name_key", "sku": "sku", "price": "price", "is_visible": "is_visible",
    "date_modified": "date_modified", "inventory_level": "level", "calculated_price": "price",
}  # fmt: skip


def product_page(call: Call) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the products a query asks for, and meta.

    include=options or modifiers caps a page at 10. Raises Refusal 422 for a filter, an include or an
    order that is not documented.
    """
    where, values = conditions(call)
    include = _includes(call)
    capped = bool({"options", "modifiers"} & set(include))
    page, limit = page_of(call, most=10 if capped else 250)
    order = _order(call)
    db = call.store.db
    total = db.count("products", where, values)
    offset = (page - 1) * limit + _shift(call, page)
    rows = db.select(
        "*",
        "products",
        f"{where} ORDER BY {order} LIMIT ? OFFSET ?",
        (*values, limit, max(0, offset)),
    )
    views = product_views(db, rows, include)
    meta = pagination(call, page, limit, len(views), total)
    if capped and call.strikes("include-10-lies"):
        meta["pagination"]["total_pages"] = max(1, -(-total // 50))
    return views, meta


def product_ids_found(call: Call) -> list[int]:
    """Return the ids of the products a query asks for. Raises Refusal 422 without a filter."""
    where, values = conditions(call)
    if not values:
        raise refuse(422, "A filter is required to delete products")
    rows = call.store.db.select("id", "products", where, values)
    return [row["id"] for row in rows]


def _includes(call: Call) -> list[str]:
    """Return the sub-resources to include. Raises Refusal 422 for an unknown one."""
    wanted = call.strings("include") or []
    unknown = set(wanted) - INCLUDES
    if unknown:
        raise refuse(422, f"The parameter include is invalid: {', '.join(sorted(unknown))}")
    return wanted


def one_product(call: Call, product_id: int, include: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return one product with `include` and what the query includes. Raises Refusal 404 or 422."""
    row = product_row(call, product_id)
    wanted = dict.fromkeys([*include, *_includes(call)])
    return product_views(call.store.db, [row], wanted)[0]


def _order(call: Call) -> str:
    """Return the ORDER BY of a query. Raises Refusal 422 for one that is not documented."""
    down = {"asc": "ASC", "desc": "DESC"}.get(call.query.get("direction", "asc"))
    if down is None:
        raise refuse(422, "The parameter direction is invalid.")
    if "sort" not in call.query:
        # No default order is documented; callers tend to assume by id, so this is another.
        return "date_modified DESC, id DESC"
    column = SORTS.get(call.query["sort"])
    if column is None:
        raise refuse(422, "The parameter sort is invalid.")
    return f"{column} {down}, id {down}"


def _shift(call: Call, page: int) -> int:
    """Return the shift of a page after the first, as if products had been created meanwhile."""
    if page == 1:
        return 0
    hazard = call.strikes("page-shift")
    if hazard is None:
        return 0
    return int(hazard.params.get("by", call.store.random.choice((-1, 1))))
