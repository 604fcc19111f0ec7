"""One web order as all who know it see it: BigCommerce, Tillbridge's book and the POS."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cli.verify.model import Json
from cli.verify.order_model import Holder, Kept, KeptLine, Listed, Shown
from cli.verify.owed import Owed, owed

type Linked = Mapping[tuple[int, int], Holder]
"""What holds the stock of what is online, by BigCommerce's product and variant; 0 for the product itself."""


class Certainty(StrEnum):
    """Of what an order owes and what the POS has taken off. `certain`: all who know it agree, or a promise
    about it is broken. `under_way`: it changes, or waits, and that is said."""

    CERTAIN = "certain"
    UNDER_WAY = "under_way"


@dataclass(frozen=True, slots=True)
class Part:
    """A line of an order. `holders`: what may hold its stock, one unless links changed; `now` is what it
    owes as BigCommerce shows it, `counted` what it owes by the book."""

    line: int
    holders: frozenset[Holder]
    now: Owed
    counted: int
    kept: KeptLine | None = None
    sku: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """An order, its lines, and who knows it. `listed`: usually one, or none. `by_book`: only the book knows
    what is taken off, because people book by hand."""

    order: int
    shown: Shown | None
    kept: Kept | None
    listed: Sequence[Listed]
    parts: tuple[Part, ...] = ()
    certainty: Certainty = Certainty.CERTAIN
    by_book: bool = False

    @property
    def taken_off(self) -> Counter[tuple[str, str | None]]:
        """What the POS says it has taken off, by product and variant, whichever version contains it."""
        found: Counter[tuple[str, str | None]] = Counter()
        for each in self.listed:
            for effect in each.effects:
                found[effect.product, effect.variant] += effect.units
        return found


def linked_things(links: Sequence[Json]) -> Linked:
    """Return what holds the stock of everything online that is linked."""
    found: dict[tuple[int, int], Holder] = {}
    for link in links:
        if link.get("bc_id") is None:
            continue
        number, variants = int(link["bc_id"]), link.get("variants") or {}
        # BigCommerce names a variant even of a product that comes in one form only.
        found[number, 0] = (link["pos_id"], "")
        for variant, online in variants.items():
            found[number, int(online)] = (link["pos_id"], variant)
    return found


def standing(
    order: int,
    shown: Shown | None,
    kept: Kept | None,
    listed: Sequence[Listed],
    linked: Linked,
    now_ms: int,
) -> Standing:
    """Return an order as all see it. One that BigCommerce's list does not show, since it is archived or was
    placed earlier, owes what was last seen of it."""
    parts = tuple(_parts(shown, kept, linked, now_ms))
    return Standing(order, shown, kept, listed, parts, by_book=kept is not None and kept.by_hand)


def _parts(shown: Shown | None, kept: Kept | None, linked: Linked, now_ms: int) -> Iterator[Part]:
    known = {(line.id, line.product, line.variant): line for line in kept.lines} if kept else {}
    for line in shown.lines if shown else ():
        counted = known.pop((line.id, line.product, line.variant), None)
        now = owed(shown, line, now_ms) if shown else Owed(0)
        holders = _holders(line.product, line.variant, counted, linked)
        units = counted.owed if counted else 0
        yield Part(line.id, holders, now, units, counted, line.sku, line.name)
    for gone in known.values():
        # Of a line that is gone from the order nothing is owed, and something may be booked.
        now = Owed(0) if shown else Owed(gone.owed)
        holders = _holders(gone.product, gone.variant, gone, linked)
        yield Part(gone.id, holders, now, gone.owed, gone, gone.sku, gone.name)


def _holders(
    product: int, variant: int, kept: KeptLine | None, linked: Linked
) -> frozenset[Holder]:
    """Return what may hold a line's stock: what the book says, and what the links say now."""
    by_link = linked.get((product, variant)) or linked.get((product, 0))
    by_book = kept.holder if kept else None
    return frozenset(each for each in (by_link, by_book) if each is not None)
