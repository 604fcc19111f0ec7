"""The fewest write calls that BigCommerce's limits allow, from what the store was and what it
became.

Nothing here knows the planner: two snapshots of the sandbox store are compared."""

from math import ceil
from typing import Any

type Json = dict[str, Any]

PRODUCTS_A_CALL, VARIANTS_A_CALL, STOCK_A_CALL = 10, 50, 2_000
"""As BigCommerce documents batch updates of the catalogue and inventory adjustments."""

_NOT_A_FIELD = frozenset(
    {
        "base_variant_id",
        "calculated_price",
        "date_created",
        "date_modified",
        "inventory_level",
        "option_set_id",
        "option_values",
        "options",
        "total_sold",
        "variants",
        "view_count",
    }
)
"""Derived, counted elsewhere, or not writable through a product or variant."""


_NOT_IN_A_BATCH = frozenset({"sku", "gtin", "mpn"})
"""What BigCommerce's file of the batch of variants does not list for one that exists."""


def least_calls(before: Json, after: Json) -> int:
    """Return creates + ⌈products ÷ 10⌉ + ⌈variants ÷ 50⌉ + ⌈stock levels ÷ 2,000⌉ of what differs,
    and one call for each variant of which something differs that no batch changes."""
    was = {product["id"]: product for product in before["products"]}
    now = {product["id"]: product for product in after["products"]}
    created = now.keys() - was.keys()
    products = [i for i in was.keys() & now.keys() if _fields(was[i]) != _fields(now[i])]
    variants = alone = 0
    for i in was.keys() & now.keys():
        had = {v["id"]: _fields(v) for v in _real(was[i])}
        has = {v["id"]: _fields(v) for v in _real(now[i])}
        kept = [(had[v], has[v]) for v in has if v in had]
        alone += sum(1 for was_, is_ in kept if _alone(was_) != _alone(is_))
        variants += sum(1 for v in has if v not in had)
        variants += sum(1 for was_, is_ in kept if _batched(was_) != _batched(is_))
    stock = _levels(before).items() ^ _levels(after).items()
    levels = len({key for key, _ in stock})
    return (
        len(created)
        + ceil(len(products) / PRODUCTS_A_CALL)
        + ceil(variants / VARIANTS_A_CALL)
        + alone
        + ceil(levels / STOCK_A_CALL)
    )


def _real(product: Json) -> list[Json]:
    # The base variant of a simple product is the product itself.
    return [v for v in product["variants"] if v.get("option_values")]


def _fields(thing: Json) -> Json:
    return {key: value for key, value in thing.items() if key not in _NOT_A_FIELD}


def _alone(variant: Json) -> Json:
    return {key: value for key, value in variant.items() if key in _NOT_IN_A_BATCH}


def _batched(variant: Json) -> Json:
    return {key: value for key, value in variant.items() if key not in _NOT_IN_A_BATCH}


def _levels(snapshot: Json) -> dict[tuple[str, int, int], int]:
    return {
        (
            "product" if "product_id" in row else "variant",
            row.get("product_id") or row["variant_id"],
            row["location_id"],
        ): row["quantity"]
        for row in snapshot["stock"]
    }
