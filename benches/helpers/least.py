"""The fewest write calls that BigCommerce's limits allow, from what the store was and what it
became.

Nothing here knows the planner: two snapshots of the sandbox store are compared."""

from collections.abc import Collection
from math import ceil
from typing import Any

type Json = dict[str, Any]

PRODUCTS_A_CALL, VARIANTS_A_CALL, STOCK_A_CALL, CHANNEL_A_CALL = 10, 50, 2_000, 250
"""As BigCommerce documents batch updates of the catalogue, inventory adjustments and assignments to a
channel, without which no storefront shows a new product."""

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


def least_calls(before: Json, after: Json, pushed: Collection[int] = ()) -> int:
    """Return creates + ⌈creates ÷ 250⌉ + ⌈products ÷ 10⌉ + ⌈variants ÷ 50⌉ + ⌈stock levels ÷ 2,000⌉ of
    what differs, and one call for each variant of which something differs that no batch changes.

    Of the products in `pushed` (BigCommerce's ids) all content goes, whether it differs or not, as the
    articles have it: they count whole, with all their variants."""
    was = {product["id"]: product for product in before["products"]}
    now = {product["id"]: product for product in after["products"]}
    created, kept = now.keys() - was.keys(), was.keys() & now.keys()
    products = [i for i in kept if i in pushed or _fields(was[i]) != _fields(now[i])]
    variants = sum(_variants(was[i], now[i], whole=i in pushed) for i in kept)
    alone = sum(_variants_alone(was[i], now[i]) for i in kept)
    levels = len({key for key, _ in _levels(before).items() ^ _levels(after).items()})
    return (
        len(created)
        + ceil(len(created) / CHANNEL_A_CALL)
        + ceil(len(products) / PRODUCTS_A_CALL)
        + ceil(variants / VARIANTS_A_CALL)
        + alone
        + ceil(levels / STOCK_A_CALL)
    )


def _variants(was: Json, now: Json, *, whole: bool) -> int:
    """Return how many variants of a product a batch has to carry."""
    had = {v["id"]: _batched(_fields(v)) for v in _real(was)}
    has = {v["id"]: _batched(_fields(v)) for v in _real(now)}
    return len(has) if whole else sum(1 for v in has if v not in had or had[v] != has[v])


def _variants_alone(was: Json, now: Json) -> int:
    had = {v["id"]: _alone(_fields(v)) for v in _real(was)}
    has = {v["id"]: _alone(_fields(v)) for v in _real(now)}
    return sum(1 for v in has if v in had and had[v] != has[v])


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
