"""The breaker: a repair that would change suspiciously much waits for a person's approval, and a slice
of which suspiciously much is refused stops. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from math import ceil

from tillbridge.domain.findings import Code, Difference, Finding

FEWEST = 5
"""A count below this never stops a repair, whatever its percentage."""

CHANGED_PERCENT = 10
GONE_PERCENT = 10
ZEROED_PERCENT = 5
BLANKED_PERCENT = 2
PRICE_DOWN_PERCENT = 50
PRICE_UP_TIMES = 10
"""The most a repair may do without approval: the first four in percent of the linked products, the
fifth in percent of any one price. A price that would be this many times what it is waits too: a
decimal point was lost."""


FEWEST_REFUSED = 20
REFUSED_PERCENT = 50
"""A slice stops when BigCommerce refused at least so many products, and more than this share of those
that it answered. Only products count that it took before: a file full of bad products is refused one by
one."""


def too_many_refused(refused: int, taken: int) -> bool:
    """Return whether a slice's refusals say that the store, and not each product, is the trouble."""
    return refused >= FEWEST_REFUSED and refused * 100 > (refused + taken) * REFUSED_PERCENT


@dataclass(slots=True)
class Tally:
    """What a repair would do, in numbers of products. `gone`: links it would mark broken;
    `price_down`: the largest fall of any price, in whole percent; `price_up`: the largest rise, in
    whole times the price before, 0 for none; `up_often`: the products with such a rise."""

    changed: int = 0
    gone: int = 0
    zeroed: int = 0
    blanked: int = 0
    price_down: int = 0
    price_up: int = 0
    up_often: int = 0

    def add(self, finding: Finding) -> None:
        """Count a finding that a repair would act on."""
        if finding.code is Code.GONE_ONLINE:
            self.gone += 1
            return
        self.changed += 1
        self.zeroed += any(map(_zeroes, finding.differences))
        self.blanked += any(map(_blanks, finding.differences))
        self.price_down = max([self.price_down, *map(_fall, finding.differences)])
        rise = max(map(_rise, finding.differences), default=0)
        self.price_up = max(self.price_up, rise)
        self.up_often += rise >= PRICE_UP_TIMES

    def values(self) -> dict[str, int]:
        """Return the figures by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def tally(findings: Iterable[Finding]) -> Tally:
    """Return the tally of those findings that a repair would act on."""
    total = Tally()
    for finding in findings:
        if finding.acted_on:
            total.add(finding)
    return total


def tripped(counts: Tally, linked: int, of_what: str = "linked products") -> str:
    """Return, in words, why a repair needs a person's approval; '' when it needs none. `linked` is
    the number of linked products, or of those that `of_what` names."""
    reasons = [
        f"{count} of {linked} {of_what} would {what} (more than {percent} %)"
        for count, percent, what in (
            (counts.changed, CHANGED_PERCENT, "be changed"),
            (counts.gone, GONE_PERCENT, "be marked broken, because BigCommerce no longer has them"),
            (counts.zeroed, ZEROED_PERCENT, "be set to no stock"),
            (counts.blanked, BLANKED_PERCENT, "lose their description"),
        )
        if count >= FEWEST and count * 100 > linked * percent
    ]
    if counts.price_down > PRICE_DOWN_PERCENT:
        reasons.append(f"a price would fall by {counts.price_down} %")
    if counts.price_up >= PRICE_UP_TIMES:
        reasons.append(
            f"the price of {counts.up_often} of {linked} {of_what} would be {PRICE_UP_TIMES} times "
            f"what it is or more, up to {counts.price_up} times"
        )
    return "; ".join(reasons)


def _zeroes(difference: Difference) -> bool:
    is_stock = difference.field in ("stock", "stock_negative")
    return is_stock and difference.pos == "0" and difference.web != "0"


def _blanks(difference: Difference) -> bool:
    return difference.field == "description" and not difference.pos and bool(difference.web)


def _fall(difference: Difference) -> int:
    """Return by how many percent a repair lowers this price, rounded up; 0 when it does not. A
    variant's blank price follows its product's price, which has a difference of its own."""
    before, after = _prices(difference)
    if before <= 0 or after >= before:
        return 0
    return ceil((before - after) * 100 / before)


def _rise(difference: Difference) -> int:
    """Return how many times the price before a repair would make this price, rounded down; 0 when it
    does not rise, or was 0 before."""
    before, after = _prices(difference)
    return int(after // before) if 0 < before < after else 0


def _prices(difference: Difference) -> tuple[Decimal, Decimal]:
    """Return a price before and after a repair; zeros when the difference is none of two prices."""
    if difference.field != "price" or not difference.pos or not difference.web:
        return Decimal(0), Decimal(0)
    return Decimal(difference.web), Decimal(difference.pos)
