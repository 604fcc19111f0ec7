"""Lists of variants: of one product, across the catalogue, or by id."""

from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.paging import page_of_rows
from sandbox.bigcommerce.calls.validate import key_of
from sandbox.bigcommerce.catalog.lookup import product_row
from sandbox.bigcommerce.catalog.variant_views import variant_views
from sandbox.bigcommerce.state.db import placeholders

WITH_PRODUCT = (
    "SELECT v.*, p.body AS product_body FROM variants v JOIN products p ON p.id = v.product_id"
)

Page = tuple[list[dict[str, Any]], dict[str, Any]]


def variants_by_id(call: Call, ids: list[int]) -> list[dict[str, Any]]:
    """Return variants in the order of `ids`."""
    rows = call.store.db.all(f"{WITH_PRODUCT} WHERE v.id IN ({placeholders(ids)})", ids)
    views = {view["id"]: view for view in variant_views(call.store.db, rows)}
    return [views[variant_id] for variant_id in ids]


def product_variants_page(call: Call, product_id: int) -> Page:
    """Return a page of a product's variants, and meta. Raises Refusal 404."""
    product = product_row(call, product_id)
    if call.strikes("variants-lag"):
        # Just after a create the list may miss what was created (seen in the field).
        newest = "v.id < (SELECT MAX(id) FROM variants WHERE product_id = v.product_id)"
        return _page(call, f"v.product_id = ? AND {newest}", [product["id"]])
    return _page(call, "v.product_id = ?", [product["id"]])


def variants_page(call: Call) -> Page:
    """Return a page of the variants a query asks for by id, sku, upc or product_id:in, and meta.

    A base variant is not found by its SKU: only the products' filter finds it
    (product-variants_catalog.v3.yml).
    """
    where, values = ["1"], list[Any]()
    for name, column in (("id", "v.id"), ("product_id:in", "v.product_id")):
        ids = call.integers(name)
        if ids is not None:
            where.append(f"{column} IN ({placeholders(ids)})")
            values += ids
    if "sku" in call.query:
        where.append("v.sku = ? COLLATE NOCASE AND NOT v.is_base")
        values.append(key_of(call.query["sku"]))
    if "upc" in call.query:
        where.append("v.upc = ?")
        values.append(call.query["upc"])
    return _page(call, " AND ".join(where), values)


def _page(call: Call, where: str, values: list[Any]) -> Page:
    rows, meta = page_of_rows(call, WITH_PRODUCT, "variants v", (where, values), "v.id")
    return variant_views(call.store.db, rows), meta
