"""The fewest write calls that BigCommerce's API allows for a day, counted without the planner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

CONTENT_ONLY = frozenset({"product.saved", "product.imported"})


@dataclass(frozen=True, slots=True)
class Needed:
    """The writes of a day, as if all were known at once: no fewer calls can do it."""

    creates: int
    products: int
    variants: int
    levels: int

    @property
    def calls(self) -> int:
        """One call per created product, and per 10 products, 50 variants or 2,000 levels."""
        updates = ceil(self.products / 10) + ceil(self.variants / 50)
        return self.creates + updates + ceil(self.levels / 2_000)


def needed(
    created: int, events: Iterable[Mapping[str, Any]], variants_of: Mapping[str, int]
) -> Needed:
    """Return the writes that the events of a day need.

    Every linked product in an event needs its content once (the article: all product information on
    every change), and its levels when its stock moved. Created products need their first level.
    `variants_of` maps each linked product to its number of variants."""
    changed: set[str] = set()
    moved: set[str] = set()
    for event in events:
        named = {each["product_id"] for each in event["detail"]["data"].get("products", ())}
        named &= variants_of.keys()
        changed |= named
        if event["detail-type"] not in CONTENT_ONLY:
            moved |= named
    return Needed(
        creates=created,
        products=len(changed),
        variants=sum(variants_of[each] for each in changed),
        levels=created + sum(max(1, variants_of[each]) for each in moved),
    )
