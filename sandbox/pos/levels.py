"""Stock level arithmetic: pure functions on one unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sandbox.pos.model import Level, Outlet, Product
from sandbox.pos.refusal import PosRefusal, not_found

type LevelChange = Callable[[Level], Level]


def opening(
    outlets: Sequence[Outlet], on_hand: Mapping[str, Decimal], version: int
) -> tuple[Level, ...]:
    """Return a level for every outlet, 0 for those not named.

    Raises PosRefusal for an unknown outlet.
    """
    return with_counts(
        tuple(Level(outlet.id, Decimal(0), Decimal(0), version) for outlet in outlets),
        on_hand,
        version,
    )


def with_counts(
    stock: tuple[Level, ...], on_hand: Mapping[str, Decimal], version: int
) -> tuple[Level, ...]:
    """Return the levels with these quantities on hand. Raises PosRefusal for an unknown outlet."""
    known = {level.outlet_id for level in stock}
    for outlet_id in on_hand:
        if outlet_id not in known:
            raise PosRefusal("outlet_not_found", f"There is no outlet {outlet_id!r}.", status=404)
    return tuple(
        replace(level, on_hand=on_hand[level.outlet_id], version=version)
        if level.outlet_id in on_hand
        else level
        for level in stock
    )


def unit_stock(product: Product, variant_id: str | None) -> tuple[Level, ...]:
    """Return the levels of the named unit. Raises PosRefusal if the product has no such unit."""
    if variant_id is None:
        if product.variants:
            raise PosRefusal(
                "variant_required", f"Product {product.id!r} has variants: say which one."
            )
        return product.stock
    for variant in product.variants:
        if variant.id == variant_id:
            return variant.stock
    raise not_found(variant_id)


def changed(
    product: Product, variant_id: str | None, outlet_id: str, change: LevelChange, version: int
) -> Product:
    """Return the product with one level changed; unchanged if stock is not tracked."""
    before = unit_stock(product, variant_id)
    if not product.track_stock:
        return product
    if all(level.outlet_id != outlet_id for level in before):
        raise PosRefusal("outlet_not_found", f"There is no outlet {outlet_id!r}.", status=404)
    after = tuple(change(level) if level.outlet_id == outlet_id else level for level in before)
    if after == before:
        return product
    stamped = tuple(
        new if new == old else replace(new, version=version)
        for old, new in zip(before, after, strict=True)
    )
    if variant_id is None:
        return replace(product, stock=stamped)
    variants = tuple(
        replace(v, stock=stamped) if v.id == variant_id else v for v in product.variants
    )
    return replace(product, variants=variants)
