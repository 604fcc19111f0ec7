"""The safety stock that a store learned: how many units of each variant are kept from the web."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tillbridge.domain.ids import PosProductId, PosVariantId
from tillbridge.domain.learned_safety import MOST, next_safety

type Variant = tuple[PosProductId, PosVariantId | None]
"""A variant, or a product without variants under None."""

MOST_VARIANTS = 2_000
"""Variants that a store keeps units of at once: they stand on its connection's row, which every function
reads. Those that are kept already go before new ones."""


@dataclass(frozen=True, slots=True)
class KeptUnits:
    """Units kept back, and the night of the last change, in days since 1970."""

    units: int
    night: int


@dataclass(frozen=True, slots=True)
class LearnedSafety:
    """At most `most` units are kept of each variant; of those not named none are."""

    most: int = MOST
    kept: Mapping[Variant, KeptUnits] = field(default_factory=dict)

    def of(self, product: PosProductId, variant: PosVariantId | None) -> int:
        """Return the units kept of a variant, or of the product itself under None."""
        there = self.kept.get((product, variant))
        return min(there.units, self.most) if there else 0


def after_night(before: LearnedSafety, learned: Mapping[Variant, int], night: int) -> LearnedSafety:
    """Return what is kept after this night, given what was learned of some variants: of each one unit
    more or less at most, and nothing more when it changed in the same night already."""
    kept = dict(before.kept)
    for variant, units in learned.items():
        there = kept.get(variant)
        if there is None:
            if units and len(kept) < MOST_VARIANTS:
                kept[variant] = KeptUnits(1, night)
            continue
        if there.night >= night:
            continue
        # What is above `most` is not kept: the step is taken from what is.
        now = next_safety(min(there.units, before.most), units)
        if now:
            kept[variant] = KeptUnits(now, there.night if now == there.units else night)
        elif there.units:
            kept[variant] = KeptUnits(
                0, night
            )  # stays for this night, so that its product is marked
        else:
            del kept[variant]
    return replace(before, kept=kept)


def changed_in(safety: LearnedSafety, night: int) -> frozenset[PosProductId]:
    """Return the products of which more or fewer units are kept since this night."""
    return frozenset(product for (product, _), each in safety.kept.items() if each.night == night)
