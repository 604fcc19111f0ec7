"""The stock level that a POS record asks for online."""

import re
from collections.abc import Collection, Iterable
from decimal import ROUND_FLOOR, Decimal

from cli.verify.model import Json
from cli.verify.pos_values import PosUnit, tracking

MOST_STOCK = 2_147_483_647
"""BigCommerce's documented limit, for one level and for all variants of a product together."""

_COUNTS = ("on_hand", "committed")
_ENDLESS = re.compile(r"(\d)(\1*|0*)")
"""What people type for stock without an end: 9999999999, 10000000000."""


def stock(unit: PosUnit) -> int | None:
    """Return the level of a product of which the web has sold nothing that the POS does not know."""
    return level(unit, 0)


def level(unit: PosUnit, promised: int) -> int | None:
    """Return the level: what is free, less what the web has promised, less safety stock, not below 0 and
    within BigCommerce's limit. Return None where nobody knows it."""
    units = free(unit)
    if units is None:
        return None
    most = MOST_STOCK // max(1, len(unit.record["variants"]))
    return max(0, min(units - promised - safety(unit), most))


def free(unit: PosUnit) -> int | None:
    """Return what the POS has to sell: over the chosen outlets, on hand less committed, rounded down.

    Return None, not 0, when stock is not counted here or no chosen outlet reports it, and for a
    number that cannot be a count: nobody knows the level then."""
    counted_at = "product" if unit.variant is None else "variant"
    if tracking(unit) != counted_at:
        return None
    return _free(unit.own["stock"], unit.settings)


def safety(unit: PosUnit) -> int:
    """Return the units that are kept from the web."""
    learned = unit.settings.get("learned_safety")
    if learned is None:
        return int(unit.settings.get("safety_stock") or 0)
    variant = "" if unit.variant is None else unit.own["id"]
    return int(learned.get(unit.record["id"], {}).get(variant, 0))


def _free(levels: Iterable[Json], settings: Json) -> int | None:
    chosen: Collection[str] = settings.get("outlets") or ()
    counted = [level for level in levels if not chosen or level["outlet_id"] in chosen]
    if not counted or any(_is_a_code(level[key]) for level in counted for key in _COUNTS):
        return None
    units = sum(
        (Decimal(level["on_hand"]) - Decimal(level["committed"]) for level in counted), Decimal(0)
    )
    return int(units.to_integral_value(ROUND_FLOOR))


def _is_a_code(number: object) -> bool:
    # A barcode scanned into a count is larger than anything BigCommerce can count.
    count = abs(Decimal(str(number)))
    return count > MOST_STOCK and not _ENDLESS.fullmatch(str(int(count)))
