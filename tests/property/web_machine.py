"""A shop and a web store that sell the same two sizes, everything late, doubled and out of order, and a
referee that knows what every record of the POS truly contains."""

from dataclasses import dataclass, field
from enum import Enum

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.property.web_pos import SIZES, Pos, State
from tests.property.web_rules import Rules
from tests.property.web_shop import HOLDERS, VARIANTS, Shop, gone
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import PosVariantId, StoreVariantId, WebOrderId
from tillbridge.domain.product import Product
from tillbridge.domain.stock_levels import levels
from tillbridge.domain.web_orders.accounts import LineAccount
from tillbridge.domain.web_orders.booking import Answer, answered, is_due, overtaken, unreachable
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.domain.web_orders.finding import Sight, found
from tillbridge.domain.web_orders.looking import (
    AfterLook,
    Looked,
    LowLook,
    must_write,
    orders_are_fresh,
)
from tillbridge.domain.web_orders.shown import WebOrder
from tillbridge.domain.web_orders.told import Told

_START_MS = 1_700_000_000_000
_SECOND_LOOK_MS = 30_000


class Begun(Enum):
    """Where the story begins: with nothing, with an order of two units that the POS has booked, or with
    one of them refunded since. What is rare from nothing is near from there."""

    EMPTY = "empty"
    BOOKED = "booked"
    SHRUNK = "shrunk"


@dataclass
class _Seen:
    """A look as the referee remembers it."""

    at_ms: int
    version: int
    low: bool


@dataclass
class Bridge:
    """What we remember: the entries, and of each variant the level last written and a first look."""

    entries: dict[WebOrderId, OrderEntry] = field(default_factory=dict)
    believed: dict[PosVariantId, int] = field(default_factory=dict)
    first: dict[PosVariantId, LowLook] = field(default_factory=dict)
    orders_read_ms: int = 0
    used: int = 0

    @property
    def accounts(self) -> list[LineAccount]:
        """Return the accounts of all entries."""
        return [account for entry in self.entries.values() for account in entry.accounts]


class WebUnitsMachine(RuleBasedStateMachine):
    """Each rule is one thing that happens; `settled` lets everything come to rest."""

    rules_of_the_domain = Rules()
    begins: Begun | None = None
    """Where every story begins; None: anywhere."""
    is_late: bool | None = None
    """Whether the POS answers versions late; None: in some stories."""

    @initialize(
        takes=st.booleans(),
        restocks=st.booleans(),
        sums=st.booleans(),
        late=st.booleans(),
        safety=st.sampled_from([0, 0, 1]),
        begun=st.sampled_from(Begun),
    )
    def _open(
        self, *, takes: bool, restocks: bool, sums: bool, late: bool, safety: int, begun: Begun
    ) -> None:
        self.now_ms = _START_MS
        self.pos = Pos(sums=sums, late=late if self.is_late is None else self.is_late)
        self.shop = Shop(takes=takes, restocks=restocks)
        self.bridge = Bridge(orders_read_ms=self.now_ms)
        self.settings = Settings(safety_stock=safety)
        self.known: dict[WebOrderId, WebOrder] = {}
        self.shown: list[WebOrder] = []
        self.calls: list[Told] = []
        self.answers: list[tuple[WebOrderId, Answer]] = []
        self.looks: dict[PosVariantId, list[_Seen]] = {size: [] for size in SIZES}
        begun = self.begins or begun
        if begun is not Begun.EMPTY:
            self.somebody_orders([(next(iter(VARIANTS)), 2)], 11, read=True)
            self._tell(self._due()[0])
        if begun is Begun.SHRUNK:
            self.staff_change_a_quantity(1, read=True)

    # -- the web ------------------------------------------------------------------------------------

    @rule(
        wanted=st.lists(
            st.tuples(st.sampled_from(list(VARIANTS)), st.integers(1, 2)), min_size=1, max_size=3
        ),
        status=st.sampled_from([11, 9, 7]),
        read=st.booleans(),
    )
    def somebody_orders(
        self, wanted: list[tuple[StoreVariantId, int]], status: int, *, read: bool
    ) -> None:
        if len(self.shop.orders) < 2:
            self.shop.place(wanted, status, self.now_ms // 1_000 * 1_000)
            self._then(read=read)

    @precondition(lambda self: self.shop.orders)
    @rule(
        data=st.data(),
        what=st.sampled_from(["refund", "renew", "ship", "cancel"]),
        read=st.booleans(),
    )
    def staff_change_an_order(self, data: st.DataObject, what: str, *, read: bool) -> None:
        order = data.draw(st.sampled_from(list(self.shop.orders.values())))
        if what == "refund":
            self.shop.refund(order)
        else:
            {"ship": self.shop.ship, "cancel": self.shop.cancel, "renew": self.shop.renew}[what](
                order, self.now_ms
            )
        self._then(read=read)

    @precondition(lambda self: self.shop.orders)
    @rule(quantity=st.integers(0, 3), read=st.sampled_from([True, True, False]))
    def staff_change_a_quantity(self, quantity: int, *, read: bool) -> None:
        self.shop.edit(next(iter(self.shop.orders.values())), quantity, self.now_ms)
        self._then(read=read)

    @rule()
    def writes_are_applied(self) -> None:
        self.shop.settle_writes()

    # -- the shop -----------------------------------------------------------------------------------

    @rule(variant=st.sampled_from(SIZES), units=st.integers(-2, 3))
    def the_till_moves_stock(self, variant: PosVariantId, units: int) -> None:
        self.pos.move(variant, units)

    @precondition(lambda self: len(self.pos.history) > 1 and self.pos.epoch < 2)
    @rule(data=st.data())
    def the_pos_is_restored_and_adopted(self, data: st.DataObject) -> None:
        self.pos.restore(data.draw(st.integers(0, len(self.pos.history) - 1)))
        self.bridge.used = 0

    # -- orders are read, and told ------------------------------------------------------------------

    @rule()
    def orders_are_read(self) -> None:
        for order in self.shop.orders.values():
            self._find(order)
        self.bridge.orders_read_ms = self.now_ms

    @precondition(lambda self: self.shop.orders)
    @rule(data=st.data())
    def a_part_of_the_orders_is_read(self, data: st.DataObject) -> None:
        self._find(data.draw(st.sampled_from(list(self.shop.orders.values()))))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def the_same_order_is_read_late(self, data: st.DataObject) -> None:
        order = data.draw(st.sampled_from(self.shown))
        if order.modified_ms < self.known[order.id].modified_ms or order in self.known.values():
            self._enter(order)

    @precondition(lambda self: any(self._due()))
    @rule(data=st.data(), fate=st.sampled_from(["answered", "answer late", "lost", "call late"]))
    def the_pos_is_told(self, data: st.DataObject, fate: str) -> None:
        order = data.draw(st.sampled_from(self._due()))
        asked = self.rules_of_the_domain.ask(self.bridge.entries[order], self.pos.epoch)
        self.bridge.entries[order] = asked
        assert asked.sent is not None
        if fate == "call late":
            self.calls.append(asked.sent)
            self.bridge.entries[order] = unreachable(asked)
            return
        said = self.pos.put(asked.sent)
        if isinstance(said, int):
            self.bridge.entries[order] = overtaken(asked, said)
        elif fate == "answered":
            self._store(order, said)
        elif fate == "answer late":
            self.answers.append((order, said))

    @precondition(lambda self: self.calls)
    @rule(data=st.data(), again=st.booleans())
    def a_late_call_arrives(self, data: st.DataObject, *, again: bool) -> None:
        place = data.draw(st.integers(0, len(self.calls) - 1))
        told = self.calls[place] if again else self.calls.pop(place)
        said = self.pos.put(told)
        if not isinstance(said, int) and again:
            self.answers.append((told.order, said))

    @precondition(lambda self: self.answers)
    @rule(data=st.data(), again=st.booleans())
    def a_late_answer_is_stored(self, data: st.DataObject, *, again: bool) -> None:
        place = data.draw(st.integers(0, len(self.answers) - 1))
        order, said = self.answers[place] if again else self.answers.pop(place)
        self._store(order, said)

    @rule(seconds=st.sampled_from([1, 10, 31, 1_000]))
    def time_passes(self, seconds: int) -> None:
        self.now_ms += seconds * 1_000
        entries = self.bridge.entries.items()
        kept = {
            key: self.rules_of_the_domain.after_a_wait(each, self.now_ms) for key, each in entries
        }
        self.bridge.entries = {key: each for key, each in kept.items() if each is not None}

    # -- stock --------------------------------------------------------------------------------------

    @rule(back=st.integers(0, 2))
    def stock_is_written(self, back: int) -> None:
        if not orders_are_fresh(self.bridge.orders_read_ms, self.now_ms):
            self.orders_are_read()
        record, state = self._read(back)
        for variant, level in self._levels(record).items():
            expected = self.bridge.believed.get(variant)
            if must_write(level, expected):
                self._write(variant, level, state)

    @rule(variant=st.sampled_from(SIZES))
    def somebody_looks(self, variant: PosVariantId) -> None:
        record, state = self._read(0)
        level, online = self._levels(record)[variant], self.shop.online[variant]
        look = Looked(online, level, record.version, self.now_ms, self.bridge.orders_read_ms)
        decided = self.rules_of_the_domain.after_look(look, self.bridge.first.get(variant))
        assert (decided is AfterLook.LOWER) == (online > level), "too much is lowered at once"
        if decided is AfterLook.RAISE:
            self._judge_raise(variant, look)
        self.looks[variant].append(_Seen(self.now_ms, record.version, low=online < level))
        self._after(variant, decided, look, state)

    def _after(self, variant: PosVariantId, decided: AfterLook, look: Looked, state: State) -> None:
        first = self.bridge.first.get(variant)
        if decided is not AfterLook.LOOK_AGAIN:
            self.bridge.first.pop(variant, None)
        elif first is None or first.version != look.version:
            self.bridge.first[variant] = LowLook(look.at_ms, look.version)
        if decided in (AfterLook.LOWER, AfterLook.RAISE):
            self._write(variant, look.level, state)
        else:
            self.bridge.believed[variant] = look.online

    def _judge_raise(self, variant: PosVariantId, look: Looked) -> None:
        assert any(
            seen.low
            and seen.version == look.version
            and look.at_ms - seen.at_ms >= _SECOND_LOOK_MS
            and seen.at_ms < self.bridge.orders_read_ms
            for seen in self.looks[variant]
        ), "raised without two looks and the orders read between them"

    # -- what must hold -----------------------------------------------------------------------------

    @invariant()
    def no_level_promises_what_is_gone(self) -> None:
        for back in range(min(3, len(self.pos.history))):
            record, state = self._read(back, peek=True)
            for variant, level in self._levels(record).items():
                most = self._for_sale(variant, state, self.known)
                assert level <= max(0, most), f"{level} offered, {most} there"

    def _write(self, variant: PosVariantId, level: int, state: State) -> None:
        if orders_are_fresh(self.bridge.orders_read_ms, self.now_ms):
            assert level <= max(0, self._for_sale(variant, state, self.known)), "offered again"
        self.shop.under_way.append((variant, level))
        self.bridge.believed[variant] = level

    def _for_sale(
        self, variant: PosVariantId, state: State, orders: dict[WebOrderId, WebOrder]
    ) -> int:
        open_units = sum(
            max(0, gone(order)[variant] - state.booked_of(order.id, variant))
            for order in orders.values()
        )
        return state.on_hand[variant] - open_units - self.settings.safety_stock

    def teardown(self) -> None:
        if hasattr(self, "pos"):
            self.settled()

    def settled(self) -> None:
        """Let all that is under way arrive, and judge what is left."""
        while self.calls:
            self.pos.put(self.calls.pop())
        for _ in range(4):
            self.now_ms += _SECOND_LOOK_MS + 1_000
            self.orders_are_read()
            while due := self._due():
                self._tell(due[0])
            self.shop.settle_writes()
            for variant in SIZES:
                self.somebody_looks(variant)
            self.shop.settle_writes()
        for order in self.shop.orders.values():
            for variant in SIZES:
                booked = self.pos.state.booked_of(order.id, variant)
                assert booked == gone(order)[variant], "booked once, and whole"
        for variant in SIZES:
            right = max(0, self.pos.state.on_hand[variant] - self.settings.safety_stock)
            assert self.shop.online[variant] == right, "at rest both sides agree"

    # -- parts --------------------------------------------------------------------------------------

    def _read(self, back: int, *, peek: bool = False) -> tuple[Product, State]:
        # A drain never goes back behind a record that it used.
        place = max(0, len(self.pos.history) - 1 - back)
        place = place if peek else max(place, self.bridge.used)
        if not peek:
            self.bridge.used = place
        return self.pos.record(place)

    def _levels(self, record: Product) -> dict[PosVariantId, int]:
        units = self.rules_of_the_domain.web_units(record, self.bridge.accounts)
        found = levels(record, self.settings, units)
        return {variant: found[variant].level for variant in SIZES}

    def _due(self) -> list[WebOrderId]:
        entries = self.bridge.entries.items()
        return [key for key, entry in entries if is_due(entry, self.pos.epoch)]

    def _find(self, order: WebOrder) -> None:
        self.known[order.id] = order
        self.shown.append(order)
        self._enter(order)

    def _enter(self, order: WebOrder) -> None:
        sight = Sight(self.now_ms, HOLDERS, "web")
        self.bridge.entries[order.id] = found(self.bridge.entries.get(order.id), order, sight)

    def _then(self, *, read: bool) -> None:
        if read:
            self.orders_are_read()

    def _tell(self, order: WebOrderId) -> None:
        asked = self.rules_of_the_domain.ask(self.bridge.entries[order], self.pos.epoch)
        self.bridge.entries[order] = asked
        assert asked.sent is not None
        said = self.pos.put(asked.sent)
        if isinstance(said, int):
            self.bridge.entries[order] = overtaken(asked, said)
        else:
            self._store(order, said)

    def _store(self, order: WebOrderId, said: Answer) -> None:
        if order in self.bridge.entries:
            self.bridge.entries[order] = answered(self.bridge.entries[order], said)
