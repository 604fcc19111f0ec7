"""The stock level that is sent: one whole number from the levels of chosen outlets."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from tillbridge.domain.product import StockLevel

LARGEST = 2_147_483_647
"""BigCommerce drops the write of a level above this, and still answers 200."""


@dataclass(frozen=True, slots=True)
class Sellable:
    """The units that shoppers may buy, and by how many units the POS is below zero."""

    level: int
    debt: int = 0


def sellable(
    levels: Iterable[StockLevel],
    outlets: Collection[str] = (),
    *,
    safety: int = 0,
) -> Sellable | None:
    """Return the sum over `outlets` (all when empty) of on hand less committed, less `safety` units;
    rounded down, never below 0.

    Return None when no chosen outlet reported a level: unknown is not zero.
    """
    chosen = [level for level in levels if not outlets or level.outlet_id in outlets]
    if not chosen:
        return None
    free = sum((level.on_hand - level.committed for level in chosen), Decimal(0))
    units = int(free.to_integral_value(ROUND_FLOOR))
    return Sellable(level=max(0, min(units - safety, LARGEST)), debt=max(0, -units))


def impossible(levels: Iterable[StockLevel], outlets: Collection[str] = ()) -> tuple[Decimal, ...]:
    """Return the numbers of `outlets` (all when empty) that cannot be counts: above what BigCommerce
    can count, and not what people type for "endless" (one digit repeated, or a digit and noughts).
    Most likely a barcode was scanned into a count."""
    numbers = (
        number
        for level in levels
        if not outlets or level.outlet_id in outlets
        for number in (level.on_hand, level.committed)
    )
    return tuple(number for number in numbers if abs(number) > LARGEST and not _endless(number))


def _endless(number: Decimal) -> bool:
    digits = f"{abs(number):f}".partition(".")[0]
    return len(set(digits)) == 1 or len(digits.rstrip("0")) == 1
