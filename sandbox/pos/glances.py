"""What a shopkeeper notices of a product before and after a file is imported, for whoever judges it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from sandbox.pos.inputs import ProductInput, VariantInput
from sandbox.pos.model import Product


class Seen(NamedTuple):
    """A price, units on hand, and whether there is a description. None: not known, or not
    tracked."""

    price: Decimal | None
    stock: Decimal | None
    described: bool


type Judge = Callable[[Iterable[tuple[Seen | None, Seen]]], str]
"""Says in words what stands out in the changes of a file; '' when nothing does."""


def changes_of(
    products: Iterable[ProductInput], find: Callable[[str], Product | None]
) -> list[tuple[Seen | None, Seen]]:
    """Return each product of a file before and after its import; None before, for a new one."""
    every = ((product, find(product.id or "")) for product in products)
    return [
        (_stored(known) if known else None, glance_of(product, known)) for product, known in every
    ]


def glance_of(given: ProductInput, known: Product | None) -> Seen:
    """Return a product as it will be; what the file has no column for stays as it is."""
    there = _stored(known) if known else None
    sets = given.model_fields_set
    return Seen(
        given.price if there is None or "price" in sets else there.price,
        _stock(given, known),
        bool(given.description_html.strip())
        if there is None or "description_html" in sets
        else there.described,
    )


def _stock(given: ProductInput, known: Product | None) -> Decimal | None:
    sets_tracking = known is None or "track_stock" in given.model_fields_set
    if not (given.track_stock if sets_tracking or known is None else known.track_stock):
        return None
    # By outlet: one that the file has no column for keeps its units.
    units = _on_hand(known) if known else {}
    holders: Sequence[ProductInput | VariantInput] = given.variants or [given]
    for outlet in {outlet for each in holders for outlet in each.stock}:
        units[outlet] = sum((each.stock.get(outlet, Decimal(0)) for each in holders), Decimal(0))
    return sum(units.values(), Decimal(0))


def _stored(known: Product) -> Seen:
    units = sum(_on_hand(known).values(), Decimal(0)) if known.track_stock else None
    return Seen(known.price, units, bool(known.description_html.strip()))


def _on_hand(known: Product) -> dict[str, Decimal]:
    units: dict[str, Decimal] = {}
    for each in known.variants or (known,):
        for level in each.stock:
            units[level.outlet_id] = units.get(level.outlet_id, Decimal(0)) + level.on_hand
    return units
