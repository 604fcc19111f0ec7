"""The stock level that is sent: one whole number from the levels of chosen outlets."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from tillbridge.domain.product import StockLevel

LARGEST = 2_147_483_647
"""BigCommerce drops the write of a level above this, and still answers 200."""

_EAN8 = 8
_SHORTEST = 6
"""Digits of the shortest number that is taken for the product's own barcode: a UPC-E without its
leading nought and check digit has six. Shorter ones are counts that look like it by chance."""


@dataclass(frozen=True, slots=True)
class Sellable:
    """The units that shoppers may buy, and by how many units more were sold than the POS has."""

    level: int
    debt: int = 0


def sellable(
    levels: Iterable[StockLevel],
    outlets: Collection[str] = (),
    *,
    safety: int = 0,
    web_units: int = 0,
) -> Sellable | None:
    """Return the sum over `outlets` (all when empty) of on hand less committed, less `web_units` that
    are sold on the web and not booked, less `safety` units; rounded down, never below 0.

    Return None when no chosen outlet reported a level: unknown is not zero.
    """
    chosen = [level for level in levels if not outlets or level.outlet_id in outlets]
    if not chosen:
        return None
    on_hand, committed = counted(chosen)
    free = on_hand - committed
    units = int(free.to_integral_value(ROUND_FLOOR)) - web_units
    return Sellable(level=max(0, min(units - safety, LARGEST)), debt=max(0, -units))


def counted(levels: Iterable[StockLevel], outlets: Collection[str] = ()) -> tuple[Decimal, Decimal]:
    """Return the sums over `outlets` (all when empty) of on hand and of committed."""
    chosen = [level for level in levels if not outlets or level.outlet_id in outlets]
    on_hand = sum((level.on_hand for level in chosen), Decimal(0))
    return on_hand, sum((level.committed for level in chosen), Decimal(0))


def impossible(
    levels: Iterable[StockLevel], outlets: Collection[str] = (), codes: Collection[str] = ()
) -> tuple[Decimal, ...]:
    """Return the numbers of `outlets` (all when empty) that cannot be counts: above what BigCommerce
    can count, one of the product's own barcodes (`codes`), or of eight digits with the check digit of
    an EAN-8. Most likely a barcode was scanned into a count. What people type for "endless" (one digit
    repeated, or a digit and noughts) is a count."""
    numbers = (
        number
        for level in levels
        if not outlets or level.outlet_id in outlets
        for number in (level.on_hand, level.committed)
    )
    return tuple(number for number in numbers if _is_barcode(number, codes))


def _is_barcode(number: Decimal, codes: Collection[str]) -> bool:
    digits = f"{abs(number):f}".partition(".")[0]
    if len(set(digits)) == 1 or len(digits.rstrip("0")) == 1:
        return False
    return abs(number) > LARGEST or _is_ean8(digits) or _is_one_of(digits, codes)


def _is_ean8(digits: str) -> bool:
    # From the right, every second digit from the check digit on counts once, the others three times.
    weighed = sum(int(d) * (1 if place % 2 else 3) for place, d in enumerate(digits))
    return len(digits) == _EAN8 and weighed % 10 == 0


def _is_one_of(digits: str, codes: Collection[str]) -> bool:
    # A number has lost the noughts that its barcode began with.
    return len(digits) >= _SHORTEST and digits in {code.strip().lstrip("0") for code in codes}
