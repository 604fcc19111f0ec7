"""The web orders of a POS in memory; they keep the promises of `tillbridge.ports.pos_web_orders`."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import override

from tillbridge.domain.errors import PosDown, TillbridgeError
from tillbridge.domain.ids import PosProductId, WebLineId
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.booking import Answer
from tillbridge.domain.web_orders.effects import Effect
from tillbridge.domain.web_orders.refusal_words import RefusalCode
from tillbridge.domain.web_orders.told import Told
from tillbridge.ports.pos_web_orders import (
    Listed,
    ListedPage,
    Outcome,
    Overtaken,
    PosWebOrders,
    Refusal,
    WebOrdersNotOffered,
)


@dataclass
class _Held:
    told: Told
    version: int = 0
    received: bool = True
    booked: dict[WebLineId, tuple[Holder, int, int]] = field(default_factory=dict)
    off: dict[PosProductId, int] = field(default_factory=dict)

    def answer(self) -> Answer:
        if self.received and not self.booked:
            return Answer(self.told.revision, 0, received=True)
        effects = tuple(
            Effect(holder.product, version, units, holder.variant, line)
            for line, (holder, units, version) in self.booked.items()
        )
        return Answer(self.told.revision, 0, effects, received=self.received)


class FakePosWebOrders(PosWebOrders):
    """`units`: what is on hand of each product; `calls`: the name and revision of each call.

    `by_person`: people book later, with `people_book`. `offered`: whether it has this part at all.
    `fails`: the errors of the next calls, which do nothing; `loses`: how many of the next calls are
    carried out and not answered; `ahead`: how many find the POS one revision ahead; `refuses`: the
    codes with which the next ones are refused; `tells_late`: answers lack their effects;
    `lists_late`: the list is empty; `when_told`: called before anything is done."""

    def __init__(self, units: dict[PosProductId, int] | None = None) -> None:
        self.units = units or {}
        self.calls: list[tuple[str, int]] = []
        self.bookings: list[tuple[PosProductId, int]] = []
        self.by_person = False
        self.offered = True
        self.fails: list[TillbridgeError] = []
        self.loses = 0
        self.ahead = 0
        self.refuses: list[RefusalCode] = []
        self.outlets: set[str] | None = None
        self.tells_late = False
        self.lists_late = False
        self.listed_since: list[int] = []
        self.when_told: Callable[[Told], None] = lambda _: None
        self._held: dict[str, _Held] = {}
        self._version = 1
        self._lock = Lock()

    @property
    def version(self) -> int:
        """Return the newest version."""
        return self._version

    def booked_of(self, external_id: str) -> int:
        """Return the units that are off the stock for an order."""
        held = self._held.get(external_id)
        return sum(units for _, units, _ in held.booked.values()) if held else 0

    def people_book(self) -> None:
        """Book every order that waits for a person."""
        for held in self._held.values():
            if held.received:
                self._book(held)

    def correct(self, external_id: str, units: int) -> None:
        """Have a clerk book other units of each line than were told."""
        held = self._held[external_id]
        lines = tuple(replace(line, units=units) for line in held.told.lines)
        told = held.told
        held.told = replace(told, lines=lines)
        self._book(held)
        held.told = told

    @override
    def tell(self, external_id: str, order: Told) -> Outcome:
        self.when_told(order)
        with self._lock:
            self.calls.append((external_id, order.revision))
            self._answers()
            outcome = self._take_in(external_id, order)
            if self.loses:
                self.loses -= 1
                raise PosDown("The POS cannot be reached: it answered 504.")
            if self.tells_late and isinstance(outcome, Answer):
                return replace(outcome, effects=())
            return outcome

    @override
    def booked(self, since: int) -> ListedPage:
        with self._lock:
            self._answers()
            self.listed_since.append(since)
            if self.lists_late:
                return ListedPage((), since, more=False)
            newer = sorted((h.version, n) for n, h in self._held.items() if h.version > since)
            orders = tuple(Listed(name, self._held[name].answer()) for _, name in newer)
            return ListedPage(orders, newer[-1][0] if newer else since, more=False)

    def _answers(self) -> None:
        if self.fails:
            raise self.fails.pop(0)
        if not self.offered:
            raise WebOrdersNotOffered("The POS takes no web orders")

    def _take_in(self, name: str, order: Told) -> Outcome:
        held = self._held.get(name)
        if held is not None and order.revision < held.told.revision:
            return Overtaken(held.told.revision)
        if held is not None and order.revision == held.told.revision:
            assert order == held.told, "one revision says one thing"
            return held.answer()
        if self.ahead:
            self.ahead -= 1
            return Overtaken(order.revision + 1)
        if refusal := self._refusal(order):
            return refusal
        held = self._held.setdefault(name, _Held(order))
        held.told, held.received = order, True
        if self.by_person:
            held.version = self._next()
        else:
            self._book(held)
        return held.answer()

    def _refusal(self, order: Told) -> Refusal | None:
        if self.refuses:
            code = self.refuses.pop(0)
            return Refusal(code, f"The POS refuses this order ({code})")
        if self.outlets is not None and order.outlet not in self.outlets:
            return Refusal(RefusalCode.OUTLET_CLOSED, "There is no such open outlet")
        for line in order.lines:
            if line.holder is None or line.holder.product not in self.units:
                said = f"{line.name or line.sku or line.line} is not a product of this POS"
                return Refusal(RefusalCode.UNKNOWN_PRODUCT, said)
        return None

    def _book(self, held: _Held) -> None:
        """Take off the difference to what is off, one version for each product that changes."""
        told = {line.line: (line.holder, line.units) for line in held.told.lines}
        gone = {line: (holder, 0) for line, (holder, _, _) in held.booked.items()}
        for line, (holder, units) in (gone | told).items():
            assert holder is not None
            held.booked[line] = (holder, units, held.booked.get(line, (holder, 0, 0))[2])
        for product in {holder.product for holder, _, _ in held.booked.values()}:
            mine = {line: each for line, each in held.booked.items() if each[0].product == product}
            total = sum(units for _, units, _ in mine.values())
            change = total - held.off.get(product, 0)
            version = self._next() if change else max(each[2] for each in mine.values())
            if change:
                self.units[product] -= change
                self.bookings.append((product, change))
            held.off[product] = total
            for line, (holder, units, before) in mine.items():
                held.booked[line] = (holder, units, version if change or not before else before)
        held.received = False
        held.version = self._next()

    def _next(self) -> int:
        self._version += 1
        return self._version
