"""A shop that sells one product at the till and on the web, and writes its history down: what really
happened, beside what is kept of it."""

from dataclasses import dataclass, field
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


@dataclass
class Shop:
    """`free`: in the POS's record of `version`. `owed`, `known`, `booked`: units by order, as BigCommerce
    has them, as we read them, and as the POS has taken them off. `debt` is what our last level saw."""

    free: int
    takes_off: bool
    safety: int
    now_ms: int = 10_000
    version: int = 1
    online: int = 0
    debt: int = 0
    owed: dict[int, int] = field(default_factory=dict)
    placed: dict[int, int] = field(default_factory=dict)
    known: dict[int, int] = field(default_factory=dict)
    booked: dict[int, int] = field(default_factory=dict)
    events: list[EventSeen] = field(default_factory=list)
    lines: list[ProductLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.push(0)

    def later(self, ms: int) -> None:
        """Let time pass."""
        self.now_ms += ms

    def move(self, units: int, trigger: str) -> None:
        """Something happens in the POS, and it tells of it."""
        self.version += 1
        self.free += units
        at = self.now_ms
        self.events.append(EventSeen(f"e-{self.version}", trigger, at, at, self.version))

    def sell(self, units: int) -> None:
        """A customer buys at the till what its POS shows."""
        if self.free >= units:
            self.move(-units, "sale.completed")

    def order(self, units: int, *, asks: bool = True) -> None:
        """A shopper orders what BigCommerce shows; or it `asks` not, as when staff make an order."""
        if self.online >= units or not asks:
            self._owes(1_000 + len(self.owed), units)

    def edit(self, number: int, units: int) -> None:
        """Staff change how many units one of the orders owes."""
        if self.owed:
            self._owes(list(self.owed)[number % len(self.owed)], units)

    def refund(self, number: int) -> None:
        """Staff refund one of the orders, of which BigCommerce tells no time."""
        if self.owed:
            order = list(self.owed)[number % len(self.owed)]
            if self.known.get(order) == self.owed[order]:  # else it was never seen without
                self.owed[order] = 0

    def _owes(self, number: int, units: int) -> None:
        grows = max(0, units - self.owed.get(number, 0))
        self.owed[number] = units
        self.placed[number] = self.now_ms // 1_000 * 1_000
        if self.takes_off:
            self.online = max(0, self.online - grows)

    def read_orders(self) -> None:
        """We read what changed."""
        for number, units in self.owed.items():
            if self.known.get(number) != units:
                self.known[number] = units
                seen = OrderUnits(WebOrderId(number), None, units, self.placed[number])
                self._keep(did=Did.FOUND, order=seen)

    def book(self) -> None:
        """The POS books what it does not have yet."""
        for number, units in self.known.items():
            if self.booked.get(number, 0) != units:
                self.version += 1
                self.free -= units - self.booked.get(number, 0)
                self.booked[number] = units
                seen = OrderUnits(WebOrderId(number), None, units)
                self._keep(did=Did.BOOKED, order=seen, version=self.version)

    def push(self, call_ms: int, meanwhile: int = 0, *, books: bool = False) -> None:
        """We read the POS, and send a level; `meanwhile` units are ordered before it is online. `books`:
        the POS books before that, too, and nothing tells when its record was read."""
        begun, free, version = self.now_ms, self.free, self.version
        held = sum(max(0, n - self.booked.get(o, 0)) for o, n in self.known.items())
        level = max(0, free - held - self.safety)
        why = Because(self.events[0], self.events[-1], len(self.events)) if self.events else None
        self.events = []
        self.later(call_ms)
        if meanwhile:
            self.order(meanwhile)
        if books:
            self.book()
        self.later(call_ms)
        begun = self.now_ms if books else begun
        self.online = level
        self.debt = max(0, held - free)
        holder = HolderLevel(None, Decimal(free), Decimal(0), held, level)
        self._keep(did=Did.STOCK, version=version, begun_ms=begun, because=why, holders=(holder,))

    def raised(self, units: int) -> None:
        """Somebody types a level into BigCommerce, and we see it."""
        held = sum(max(0, n - self.booked.get(o, 0)) for o, n in self.known.items())
        self.online += units
        level = max(0, self.free - held - self.safety)
        holder = HolderLevel(None, Decimal(self.free), Decimal(0), held, level)
        self._keep(did=Did.LOOKED, version=self.version, online=self.online, holders=(holder,))

    def timeline(self) -> Timeline:
        """Return what is kept, up to now, with the debt that the last level saw."""
        noticed = Noticed(Holder(LANTERN), self.debt, self.now_ms, self.safety, self.takes_off)
        found = timeline_of(noticed, self.lines, [])
        assert found is not None
        return found

    def _keep(self, **line: Any) -> None:
        self.lines.append(ProductLine(self.now_ms, LANTERN, **line))
