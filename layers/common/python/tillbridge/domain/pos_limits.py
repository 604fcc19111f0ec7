"""What the POS of each kind can hold of a product. An import refuses, shortens or rounds by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tillbridge.domain.pos_account import PosKind


@dataclass(frozen=True, slots=True)
class PosLimits:
    """The most that one kind of POS takes: variants of a product, options that tell them apart (None: any
    number), characters of a name and of a description; `finest` is the smallest amount of money that it
    tells apart."""

    variants: int
    options: int | None
    name: int
    description: int
    finest: Decimal


CONTRACT = PosLimits(
    variants=200, options=None, name=255, description=65_535, finest=Decimal("0.0001")
)
"""Of contracts/pos-api.openapi.yaml."""

LIGHTSPEED_X = PosLimits(
    variants=200, options=3, name=255, description=65_535, finest=Decimal("0.00001")
)
"""Its vendor states the variants, the options ("attributes") and the decimal places. The lengths of texts
it does not state: these are the contract's, and what it shortens is read back and held."""

_OF_KIND: Mapping[PosKind, PosLimits] = {
    PosKind.CONTRACT: CONTRACT,
    PosKind.LIGHTSPEED_X: LIGHTSPEED_X,
}


def limits_of(kind: PosKind) -> PosLimits:
    """Return the limits of a kind of POS."""
    return _OF_KIND[kind]
