"""Short histories of one product that was sold twice, as they are kept."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from tests.builders import LANTERN
from tillbridge.domain.autopsy.assembling import Noticed, timeline_of
from tillbridge.domain.autopsy.moments import Timeline
from tillbridge.domain.history.product_line import (
    Because,
    Did,
    EventSeen,
    HolderLevel,
    OrderUnits,
    ProductLine,
)
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.accounts import Holder

START_MS = 18 * 3_600_000 + 40 * 60_000
"""18:40:00 of some day."""


@dataclass
class Story:
    """What is written down of one product while it happens; times are seconds after 18:40."""

    safety: int = 0
    takes_off: bool = True
    told: bool = True
    lines: list[ProductLine] = field(default_factory=list)

    def level(self, at: float, on_hand: int, web: int = 0, *, version: int, **line: Any) -> "Story":
        """A level went out: `on_hand` in the POS's record, `web` units of orders known."""
        level = max(0, on_hand - web - self.safety)
        holder = HolderLevel(None, Decimal(on_hand), Decimal(0), web, level)
        self.keep(at, **{"did": Did.STOCK, **line}, version=version, holders=(holder,))
        return self

    def found(self, at: float, order: int, units: int, placed: int) -> "Story":
        """An order was read."""
        seen = OrderUnits(WebOrderId(order), None, units, _ms(placed))
        self.keep(at, did=Did.FOUND, order=seen)
        return self

    def booked(self, at: float, order: int, units: int, version: int) -> "Story":
        """The POS answered that it has taken off the units of an order."""
        seen = OrderUnits(WebOrderId(order), None, units)
        self.keep(at, did=Did.BOOKED, order=seen, version=version)
        return self

    def linked(self, at: float) -> "Story":
        """The product was linked."""
        self.keep(at, did=Did.LINKED)
        return self

    def timeline(self, debt: int = 1) -> Timeline:
        """Return the moments up to the last line, in which a debt was noticed."""
        last = self.lines[-1].at_ms
        noticed = Noticed(Holder(LANTERN), debt, last, self.safety, self.takes_off, self.told)
        found = timeline_of(noticed, self.lines, [])
        assert found is not None
        return found

    def keep(self, at: float, *, read: float | None = None, **line: Any) -> None:
        """Any line."""
        begun = _ms(at - 0.4 if read is None else read)
        self.lines.append(ProductLine(_ms(at), LANTERN, begun_ms=begun, **line))
        self.lines.sort(key=lambda each: each.at_ms)


def because(at: float, event: str, kind: str = "sale.completed", *later: float) -> Because:
    """Return why a level went out: an event at the till, and others of the same kind after it."""
    first = EventSeen(event, kind, _ms(at), _ms(at) + 200, 0)
    last = replace(first, occurred_ms=_ms(later[-1])) if later else first
    return Because(first, last, 1 + len(later))


def _ms(at: float) -> int:
    return START_MS + round(at * 1_000)


def web_after_till() -> Story:
    """One order and one sale are there for two units; a second order comes before the level does."""
    return (
        Story()
        .level(0, 2, version=1)
        .found(5.3, 1041, 1, placed=2)
        .booked(8.2, 1041, 1, version=3)
        .found(9.0, 1042, 1, placed=7)
        .level(9.4, 0, 1, version=3, read=9.0, because=because(6.1, "s-9001"))
    )


def till_after_web() -> Story:
    """The web sells the last unit, and the till sells it again."""
    return (
        Story()
        .level(0, 1, version=1)
        .found(5.3, 1041, 1, placed=2)
        .level(9.4, 0, 1, version=2, because=because(4.1, "s-9001"))
    )


def put_back() -> Story:
    """A delivery raises the level, and the level swallows an order that was placed meanwhile."""
    return (
        Story()
        .level(0, 1, version=1)
        .level(6, 1, version=2, read=4, because=because(3, "c-1", "inventory_count.completed"))
        .found(9, 1041, 1, placed=5)
        .found(9, 1042, 1, placed=7)
        .level(9.4, 1, 2, version=2, did=Did.RAISED_DEBT)
    )


def two_web_orders() -> Story:
    """BigCommerce takes stock off when an order ships."""
    return (
        Story(takes_off=False)
        .level(0, 1, version=1)
        .found(5, 1041, 1, placed=2)
        .found(5, 1042, 1, placed=3)
        .level(5.4, 1, 2, version=1)
    )


def order_grew() -> Story:
    """Staff make two of one."""
    return (
        Story()
        .level(0, 1, version=1)
        .found(5, 1041, 1, placed=2)
        .found(65, 1041, 2, placed=60)
        .level(65.4, 1, 2, version=1)
    )


def raised_by_others() -> Story:
    """Somebody types 5 into BigCommerce's control panel."""
    low = HolderLevel(None, Decimal(1), Decimal(0), 1, 0)
    story = Story().level(0, 1, version=1).found(5, 1041, 1, placed=2)
    story.keep(20, did=Did.LOOKED, version=1, holders=(low,), online=5)
    return story.found(25, 1042, 1, placed=22).level(25.4, 1, 2, version=1)


def count_below_promised() -> Story:
    """A count finds one unit less than the web has sold."""
    return (
        Story()
        .level(0, 2, version=1)
        .found(5, 1041, 2, placed=2)
        .level(9, 1, 2, version=2, because=because(7, "c-1", "inventory_count.completed"))
    )


def pos_below_zero() -> Story:
    """The till sells what its own POS does not have."""
    return (
        Story()
        .level(0, 1, version=1)
        .level(9, -1, version=2, because=because(7, "s-1", "sale.completed", 7.5))
    )


def unknown_line() -> Story:
    """The order came while its product was linked to nothing."""
    return (
        Story()
        .level(0, 0, version=1)
        .linked(30)
        .found(31, 1041, 1, placed=2)
        .level(31.4, 0, 1, version=1)
    )


def still_booked() -> Story:
    """The POS books an order that was cancelled meanwhile, and another has its unit."""
    return (
        Story()
        .level(0, 1, version=1)
        .found(5, 1041, 1, placed=2)
        .found(15, 1041, 0, placed=10)
        .level(16, 1, version=1)
        .found(25, 1042, 1, placed=20)
        .booked(30, 1041, 1, version=2)
        .level(31, 0, 1, version=2)
    )


STORIES = {
    each.__name__: each
    for each in (
        till_after_web,
        web_after_till,
        put_back,
        two_web_orders,
        order_grew,
        raised_by_others,
        count_below_promised,
        pos_below_zero,
        unknown_line,
        still_booked,
    )
}
