"""What the POS holds of a web order that Tillbridge takes for booked: once, at what the order owes."""

from collections import Counter
from collections.abc import Iterator

from cli.verify.order_model import Holder, Kept
from cli.verify.standing import Part, Standing

BOOKED = "booked"
_LOST = (
    "If the POS was restored from a backup, `tillbridge reconcile --adopt` has it booked again; else book it"
    " there by hand."
)
_TWO = "Is another installation connected to this POS and this store?"


def booked_wrong(order: Standing, kept: Kept) -> Iterator[tuple[str, str]]:
    """Yield what the POS holds otherwise than it should: kind and words, the worst first."""
    if len(order.listed) > 1:
        names = ", ".join(each.name for each in order.listed)
        yield "booked_twice", f"The POS has booked it under {len(order.listed)} names: {names}."
    yield from _units_wrong(order)
    if kept.state != BOOKED:
        return
    if not order.listed:
        yield "not_in_pos", f"Tillbridge takes it for booked, and the POS does not have it. {_LOST}"
    for each in order.listed:
        if each.revision != kept.revision:
            told = f"The POS holds revision {each.revision} of it, and was told {kept.revision}."
            yield "other_revision", f"{told} {_LOST if each.revision < kept.revision else _TWO}"


def _units_wrong(order: Standing) -> Iterator[tuple[str, str]]:
    taken, least, most = _by_holder(order)
    if not order.listed:
        return
    for holder in sorted(taken.keys() | most.keys()):
        units, wanted = taken[holder], most[holder]
        called = _called(order, holder)
        if units > wanted:
            yield _too_many(units, wanted, called)
        elif units < least[holder]:
            said = (
                f"The POS has taken off {units} of {called}, and it owes {least[holder]}: the till may sell "
                "the rest again. Somebody may have changed it there; correct it there, too."
            )
            yield "wrong_units", said


def _too_many(units: int, wanted: int, called: str) -> tuple[str, str]:
    if not wanted:
        said = f"It owes nothing of {called} any more, and {units} are still booked in the POS."
        return "still_booked", f"{said} Take them back there."
    said = f"The POS has taken off {units} of {called}, and it owes {wanted}"
    if units % wanted:
        return "wrong_units", f"{said}. Take back the difference there."
    return (
        "booked_twice",
        f"{said}: it is booked {units // wanted} times. Take the others back there.",
    )


def _by_holder(
    order: Standing,
) -> tuple[Counter[Holder], Counter[Holder], Counter[Holder]]:
    """Return the units that the POS has taken off, and the least and the most that it should have, by what
    holds them: lines of one holder count together, because an edited order may have the same goods under new
    line ids. Where the POS tells only a product's sum, all of its variants are one."""
    sums = {product for (product, variant) in order.taken_off if variant is None}
    taken: Counter[Holder] = Counter()
    for (product, variant), units in order.taken_off.items():
        taken[product, "" if product in sums else variant or ""] += units
    least: Counter[Holder] = Counter()
    most: Counter[Holder] = Counter()
    for part in order.parts:
        # The POS was told of the holder that the book has.
        holder = part.kept.holder if part.kept else None
        if holder is None:
            continue
        key = (holder[0], "" if holder[0] in sums else holder[1])
        most[key] += part.now.units
        least[key] += part.now.units if part.now.booked else 0
    return taken, least, most


def _called(order: Standing, holder: Holder) -> str:
    fits = (p for p in order.parts if any(each[0] == holder[0] for each in p.holders))
    exact = (p for p in order.parts if holder in p.holders)
    part = next(exact, None) or next(fits, None)
    return named(part) if part else f"the POS's product {holder[0]}"


def named(part: Part) -> str:
    """Return the name and SKU of a line, as the order has them."""
    sku = f" (SKU {part.sku})" if part.sku else ""
    return f"“{part.name or 'a product'}”{sku}"
