"""Web order 1041, of two mugs, as BigCommerce, Tillbridge's book and the POS see it."""

from typing import Any

from cli.verify.order_model import Effect, Kept, KeptLine, Listed, Shown, ShownLine
from cli.verify.standing import Linked, Standing, linked_things, standing

MUG, SHIRT = "p-mug", "p-shirt"
NOW = 1_800_000_000_000
MINUTE = 60_000
LONG_AGO = NOW - 60 * MINUTE
LINKS = [
    {"pos_id": MUG, "bc_id": 7, "variants": {}},
    {"pos_id": SHIRT, "bc_id": 8, "variants": {"v-s": 81, "v-l": 82}},
]
LINKED: Linked = linked_things(LINKS)
NAME = "bigcommerce:abc:1041"


def mugs(units: int = 2, **more: Any) -> ShownLine:
    """Return a line of the order as BigCommerce shows it."""
    return ShownLine(1, 7, 70, units, sku="MUG", name="Mug, blue", **more)


def shirts(line: int, variant: int, units: int) -> ShownLine:
    """Return a line of shirts: 81 is small, 82 large."""
    return ShownLine(line, 8, variant, units, sku=f"SHIRT-{variant}", name="Shirt")


def shown(*lines: ShownLine, status: int = 11, at_ms: int = LONG_AGO, **more: Any) -> Shown:
    """Return the order as BigCommerce shows it, placed and last changed at a time."""
    return Shown(1041, status, at_ms, at_ms, lines or (mugs(),), **more)


def kept_line(line: ShownLine, owed: int, **more: Any) -> KeptLine:
    """Return a line as the book has it."""
    holder = LINKED.get((line.product, line.variant)) or LINKED.get((line.product, 0))
    told = {"sku": line.sku, "name": line.name, "holder": holder} | more
    return KeptLine(line.id, line.product, line.variant, owed=owed, **told)


def kept(*lines: KeptLine, state: str = "booked", **more: Any) -> Kept:
    """Return the order as the book has it: booked, unless it is said otherwise."""
    told: dict[str, Any] = {
        "says": "not booked",
        "remedy": "See that the POS answers.",
        "revision": 1,
        "placed_ms": LONG_AGO,
        "changed_ms": LONG_AGO,
    } | more
    return Kept(1041, state, lines=lines or (kept_line(mugs(), 2),), **told)


def listed(*effects: Effect, revision: int = 1, name: str = NAME) -> Listed:
    """Return the order as the POS has booked it."""
    return Listed(1041, name, revision, booked=True, effects=effects)


def off(units: int, product: str = MUG, variant: str | None = None, version: int = 5) -> Effect:
    """Return units that the POS has taken off."""
    return Effect(product, variant, version, units)


def seen(by_store: Shown | None, by_book: Kept | None, *by_pos: Listed) -> Standing:
    """Return the order as all of them see it."""
    return standing(1041, by_store, by_book, by_pos, LINKED, NOW)
