"""What a shopkeeper would want to hear before a file, an import or a push takes effect, by the
breaker's rules and in its words. It stops nothing. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tillbridge.domain.breaker import FEWEST, tally, tripped
from tillbridge.domain.findings import Code, Difference, Finding

GONE_UNITS_PERCENT = 50
"""A note is due when this share of all units in stock would be gone."""

WITHOUT_PERCENT = 25
"""A note is due when more than this share of the new products lack a price, stock or a
description."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a shopkeeper notices of a product. `stock` is in units of all its variants. What is not
    known, or not tracked, is None and is not judged."""

    price: Decimal | None = None
    stock: Decimal | None = None
    described: bool | None = None


type Change = tuple[Glance | None, Glance]
"""A product before and after; before is None for a new one."""


def worth_a_look(changes: Iterable[Change]) -> str:
    """Return in words what stands out in what would happen; '' when nothing does."""
    every = list(changes)
    known = [(before, after) for before, after in every if before is not None]
    new = [after for before, after in every if before is None]
    reasons = filter(None, [_by_the_breaker(known), _gone_units(known), *_lacking(new)])
    found = "; ".join(reasons)
    return f"Worth a look first: {found}." if found else ""


def _by_the_breaker(known: Sequence[tuple[Glance, Glance]]) -> str:
    counts = tally(
        Finding(Code.FIELD, differences=differences, repairable=True)
        for before, after in known
        if (differences := _differences(before, after))
    )
    # That many products change is what people import files and push for.
    return tripped(replace(counts, changed=0), len(known), "products")


def _differences(before: Glance, after: Glance) -> tuple[Difference, ...]:
    found: list[Difference] = []
    if after.price is not None and before.price is not None and after.price != before.price:
        found.append(Difference("price", str(after.price), str(before.price)))
    if after.stock is not None and before.stock is not None and before.stock > 0 >= after.stock:
        found.append(Difference("stock", "0", str(before.stock)))
    if after.described is False and before.described:
        found.append(Difference("description", "", "there"))
    return tuple(found)


def _gone_units(known: Sequence[tuple[Glance, Glance]]) -> str:
    levels = [
        (max(before.stock, Decimal(0)), max(after.stock, Decimal(0)))
        for before, after in known
        if before.stock is not None and after.stock is not None
    ]
    had = sum((before for before, _ in levels), Decimal(0))
    gone = had - sum((after for _, after in levels), Decimal(0))
    if len(levels) < FEWEST or not had or gone * 100 < had * GONE_UNITS_PERCENT:
        return ""
    return f"{gone.normalize():,f} of {had.normalize():,f} units in stock would be gone"


def _lacking(new: Sequence[Glance]) -> list[str]:
    counts = (
        (sum(each.price == 0 for each in new), "no price"),
        (sum(each.stock is not None and each.stock <= 0 for each in new), "no stock"),
        (sum(each.described is False for each in new), "no description"),
    )
    return [
        f"{count} of {len(new)} new products have {what} (more than {WITHOUT_PERCENT} %)"
        for count, what in counts
        if count >= FEWEST and count * 100 > len(new) * WITHOUT_PERCENT
    ]
