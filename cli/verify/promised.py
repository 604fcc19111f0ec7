"""How many units of a product the web has sold that a record of the POS does not contain."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cli.verify.model import Json
from cli.verify.order_model import Kept, KeptLine
from cli.verify.standing import Certainty, Standing


@dataclass(slots=True)
class Promised:
    """Open units of a variant. `least` and `most` differ only while an order is under way, or where nobody
    can tell which variant holds a line's stock. `orders`: whose they are."""

    least: int = 0
    most: int = 0
    orders: list[int] = field(default_factory=list)


type ByVariant = Mapping[str, Promised]
"""By variant, "" for a product that comes in one form only."""

NONE_PROMISED: ByVariant = {}


def promised(record: Json, orders: Iterable[Standing]) -> ByVariant:
    """Return the open units of a POS record's variants.

    A unit counts until the very record that is compared contains it: what the POS took off in a later
    version is still in this one."""
    variants = [str(variant["id"]) for variant in record.get("variants") or ()]
    found = {variant: Promised() for variant in variants or [""]}
    for order in orders:
        for holder, (least, most) in _open(order, record["id"], int(record["version"])).items():
            if not most:
                continue
            known = holder in found or not variants
            # A family that was a simple product, or has lost this variant: any of its variants may hold it.
            for variant in [holder if holder in found else ""] if known else variants:
                each = found[variant]
                each.least += least if known else 0
                each.most += most
                if order.order not in each.orders:
                    each.orders.append(order.order)
    return found


def _open(order: Standing, product: str, version: int) -> Mapping[str, tuple[int, int]]:
    """Return the least and the most open units of one order, by the variant that holds them."""
    now, counted, loose = _owed(order, product)
    by_book = _by_book(order.kept, product, version)
    taken = by_book if order.by_book else _by_pos(order, product, version, now)
    found = {}
    for variant in now.keys() | counted.keys() | loose.keys():
        truly = max(0, now[variant] - taken[variant])
        least = most = truly
        if order.certainty is Certainty.UNDER_WAY:
            believed = max(0, counted[variant] - by_book[variant])
            least, most = min(truly, believed), max(truly, believed)
        found[variant] = least, most + loose[variant]
    return found


def _owed(order: Standing, product: str) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return what the order owes of a product by variant: now, by the book, and what may be another
    product's, or another variant's, because its link changed since."""
    now: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    loose: Counter[str] = Counter()
    for part in order.parts:
        variants = [holder[1] for holder in part.holders if holder[0] == product]
        if len(part.holders) == 1 and variants:
            now[variants[0]] += part.now.units
            counted[variants[0]] += part.counted
        for variant in variants if len(part.holders) > 1 else ():
            loose[variant] += max(part.now.units, part.counted)
    return now, counted, loose


def _by_pos(order: Standing, product: str, version: int, now: Counter[str]) -> Counter[str]:
    """Return what the POS has taken off by this version. Where it tells only the sum of a product, that goes
    to the variants in their order; of an order that is booked whole, it fits each."""
    found: Counter[str] = Counter()
    for effect in (effect for each in order.listed for effect in each.effects):
        if effect.product == product and effect.version <= version:
            found[effect.variant or ""] += effect.units
    if set(found) == {""} and "" not in now:
        left = found.pop("")
        for variant in sorted(now):
            found[variant] = min(left, now[variant])
            left -= found[variant]
    return found


def _by_book(kept: Kept | None, product: str, version: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in kept.lines if kept else ():
        if line.holder is not None and line.holder[0] == product:
            found[line.holder[1]] += _booked(line, version)
    return found


def _booked(line: KeptLine, version: int) -> int:
    known = [units for at, units in line.bookings if at <= version]
    units = known[-1] if known else 0
    return units if line.asked is None else min(units, line.asked)
