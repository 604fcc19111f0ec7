"""What keeps the two sides of a sell-out in step, by the rule of `domain/web_orders/` itself."""

from collections.abc import Generator
from dataclasses import dataclass

from benches.helpers.sell_out import ONLINE, PRODUCT, SellOut, Steps
from tillbridge.domain.connection import Settings
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.product import Product
from tillbridge.domain.stock_levels import levels
from tillbridge.domain.web_orders.accounts import Holder, web_units
from tillbridge.domain.web_orders.booking import Answer, answered, ask
from tillbridge.domain.web_orders.effects import Effect
from tillbridge.domain.web_orders.entry import OrderEntry, is_settled
from tillbridge.domain.web_orders.finding import Sight, found
from tillbridge.domain.web_orders.looking import (
    AfterLook,
    Looked,
    LowLook,
    after_look,
    expected_online,
    must_write,
)

SWEEP_S = 300.0
AFTER_WRITE_S = 10.0
SECOND_LOOK_S = 30.5


@dataclass(frozen=True, slots=True)
class Policy:
    """`web_orders`: off (none is read), ledger (subtracted, never booked in the POS) or pos. Without
    `hooks`, orders are read before stock calls and by the sweep only."""

    web_orders: str
    hooks: bool = True
    safety: int = 0


class InStep:
    """A drain of one product: one slice at a time, begun a second or two after its signal."""

    def __init__(self, world: SellOut, policy: Policy) -> None:
        self.world, self.policy = world, policy
        self.settings = Settings(safety_stock=policy.safety)
        self.entries: dict[WebOrderId, OrderEntry] = {}
        self.read, self.read_ms, self.used = 0, 0, 0
        self.believed: int | None = world.demand.units
        self.first: LowLook | None = None
        self.stock_due = self.look_due = self.busy = False
        world.told = self._stock_moved
        if policy.web_orders != "off":
            if policy.hooks:
                world.noticed = self._hook
            world.after(SWEEP_S, self._sweep)
        if policy.safety:
            self._stock_moved()

    def _stock_moved(self) -> None:
        self.stock_due = True
        self._signal()

    def _look_due(self) -> None:
        self.look_due = True
        self._signal()

    def _hook(self) -> None:
        self.world.after(self.world.dice.expovariate(1 / 2.0), self._signal)

    def _sweep(self) -> None:
        self._signal()
        self.world.after(SWEEP_S, self._sweep)

    def _signal(self) -> None:
        if not self.busy:
            self.busy = True
            wait = self.world.dice.uniform(0.75, 2.25)
            self.world.after(wait, lambda: self.world.start(self._slice()))

    def _slice(self) -> Steps:
        stock, look = self.stock_due, self.look_due
        self.stock_due = self.look_due = False
        record = self.world.record()
        yield self.world.call()
        if self.policy.web_orders != "off":
            look = (yield from self._read_orders()) or look
        level = self._level(record)
        if stock:
            if must_write(level, self.believed):
                yield from self._write(level, record)
                look = False
            else:
                self.world.seen(record.version)
        if look:
            yield from self._look(level, record)
        self._forget(record.version)
        self.busy = False
        if self.stock_due or self.look_due:
            self._signal()

    def _read_orders(self) -> Generator[float, None, bool]:
        yield self.world.call() / 2
        orders = self.world.orders[self.read :]
        self.read_ms = round(self.world.now * 1_000)
        yield self.world.call() / 2
        self.read += len(orders)
        self.believed = expected_online(self.believed, len(orders))
        sight = Sight(self.read_ms, {(ONLINE, None): Holder(PRODUCT)}, "shop")
        for order in orders:
            self.entries[order.id] = found(None, order, sight)
            if self.policy.web_orders == "pos":
                self.world.start(self._book(order.id))
        return bool(orders)

    def _book(self, order: WebOrderId) -> Steps:
        self.entries[order] = ask(self.entries[order], 0)
        yield 0.2 + self.world.dice.expovariate(1.0)
        version = self.world.book(1)
        placed = self.entries[order].order.placed_ms
        self.world.outcome.web_lags.append(self.world.now - placed / 1_000)
        yield 0.2
        said = Answer(1, 0, (Effect(PRODUCT, version, 1),))
        self.entries[order] = answered(self.entries[order], said)

    def _level(self, record: Product) -> int:
        accounts = [account for entry in self.entries.values() for account in entry.accounts]
        return levels(record, self.settings, web_units(record, accounts))[None].level

    def _write(self, level: int, record: Product) -> Steps:
        self.believed, self.first = level, None
        steps = self.world.write(level, record.version)
        yield next(steps)  # the call; it is applied later, and nobody waits for that
        self.world.start(steps)
        if self.world.orders and self.policy.web_orders != "off":
            self.world.after(AFTER_WRITE_S, self._look_due)

    def _look(self, level: int, record: Product) -> Steps:
        yield self.world.call() / 2
        online, now_ms = self.world.online, round(self.world.now * 1_000)
        yield self.world.call() / 2
        look = Looked(online, level, record.version, now_ms, self.read_ms)
        decided = after_look(look, self.first)
        if decided in (AfterLook.LOWER, AfterLook.RAISE):
            yield from self._write(level, record)
            return
        self.believed = online
        if decided is AfterLook.DONE:
            self.first = None
            self.world.seen(record.version)
        elif self.first is None or self.first.version != record.version:
            self.first = LowLook(now_ms, record.version)
            self.world.after(SECOND_LOOK_S, self._look_due)

    def _forget(self, version: int) -> None:
        # A unit that is booked in the record used stays booked in every later one.
        self.entries = {
            key: entry
            for key, entry in self.entries.items()
            if not all(is_settled(account, version) for account in entry.accounts)
        }
