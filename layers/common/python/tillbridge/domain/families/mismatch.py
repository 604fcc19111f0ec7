"""Why a family is no product that could be sold: its rows contradict one another, or lack what a product needs.

The words end up in brackets behind "the POS's record cannot be read" (domain/problem_words.py)."""

from collections.abc import Sequence

from tillbridge.domain.families.parts import ItemPart

_NAMED = 3
"""Variants that are named; a family may have 200."""


def why_unreadable(living: Sequence[ItemPart], sold: Sequence[ItemPart]) -> str:
    """Return why nothing but its stock can be used of a family, "" where all can. `living`: its members, who leads it
    first; `sold`: those of them that are variants. A leader without options stands for all and is none."""
    told = next((each.fields.unreadable for each in living if each.fields.unreadable), "")
    return told or _options(living, sold) or _prices(sold or living[:1], several=bool(sold))


def _options(living: Sequence[ItemPart], sold: Sequence[ItemPart]) -> str:
    if not sold:
        return "it has several variants and no options that tell them apart" if living[1:] else ""
    if bare := [each for each in living[1:] if not each.fields.options]:
        return f"options of {_variants(bare)} are missing"
    first = [name for name, _ in sold[0].fields.options]
    for each in sold[1:]:
        names = [name for name, _ in each.fields.options]
        if set(names) != set(first):
            return (
                f"its variants have different options: {', '.join(first)} of {_variants(sold[:1])}, "
                f"{', '.join(names)} of {_variants([each])}"
            )
    return ""


def _prices(sellers: Sequence[ItemPart], *, several: bool) -> str:
    missing = [each for each in sellers if each.fields.price is None]
    if not missing:
        return ""
    return f"price of {_variants(missing)} is missing" if several else "price is missing"


def _variants(parts: Sequence[ItemPart]) -> str:
    named = [each.fields.sku.strip() or each.member for each in parts]
    more = len(named) - _NAMED
    words = ", ".join(named[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"variant {words}" if len(named) == 1 else f"variants {words}"
