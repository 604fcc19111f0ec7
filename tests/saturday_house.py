"""A house on a Saturday: people, hooks, the bus, drains and bookings, each in its own time."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

import pytest

from cli.demo.saturday_autopsies import Autopsies, autopsies
from sandbox.bigcommerce.lab.shop_client import Shop
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state import clock as store_clock
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.pos import clock as pos_clock
from sandbox.pos.publisher import Entry
from sandbox.saturday.goods import Pairs, Unit, goods
from sandbox.saturday.judge import Day, Verdict, judge
from sandbox.saturday.notes import Notes
from sandbox.saturday.people import People
from sandbox.saturday.plan import Moment, Size, What, plan
from tests.builders import OWN_ACCOUNT
from tests.fakes.listed_orders import FakeListedOrders
from tests.harness import STORE, House
from tests.house_parts import HouseSignals
from tests.virtual_time import Calls, Killed, VirtualClock
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.web_orders import PosCloudWebOrders
from tillbridge.adapters.pos_epochs import WebOrdersInEpoch
from tillbridge.domain.autopsy.assembling import WINDOW_MS
from tillbridge.domain.autopsy.verdict import Verdict as AutopsyVerdict
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.hooks.message import HookMessage, marks
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.oversold import Oversold
from tillbridge.ports.pos_web_orders import PosWebOrders
from tillbridge.usecases.booking.book_orders import book_orders
from tillbridge.usecases.booking.session import BookingDeps
from tillbridge.usecases.console.oversold import orders_of, verdicts_of
from tillbridge.usecases.store_work import work_on_store

SWEEP_S = 300.0
REFUNDS_S = 3_600.0
"""Within which time refunds are read: some are told by nothing else."""
HIDDEN_S = 130.0
"""How long a signal stays hidden whose function was killed, and all of its group behind it."""
STOCK_DELAY_MS = 800


@dataclass(frozen=True, slots=True)
class Hooks:
    """How calls of hooks fare: each comes after some seconds, some twice, some late or never."""

    lost: float = 0.1
    doubled: float = 0.2
    late: float = 0.1


NONE = Hooks(lost=1.0)


class SaturdaySignals(HouseSignals):
    """A queue whose messages are worked on one at a time, a moment after they were sent."""

    def __init__(self, clock: VirtualClock, dice: random.Random, work: Callable[[], None]) -> None:
        super().__init__(clock)
        self.virtual, self.dice, self.work = clock, dice, work
        self.busy = self.coming = False

    def signal(self, store: StoreId) -> None:
        if not self.coming:
            self.coming = True
            self.virtual.after(self.dice.uniform(0.3, 1.5), self._run)

    def signal_all(self, stores: Sequence[StoreId]) -> Sequence[StoreId]:
        self.signal(STORE)
        return []

    def wake(self, store: StoreId, seconds: float) -> None:
        self.virtual.after(seconds, lambda: self.signal(store))

    def _run(self) -> None:
        if self.busy:  # the group's message under way ends first
            self.virtual.after(0.5, self._run)
            return
        self.busy, self.coming = True, False
        try:
            self.work()
        except Killed:
            self.virtual.after(HIDDEN_S, self._seen_again)
        else:
            self.busy = False

    def _seen_again(self) -> None:
        self.busy = False
        self.signal(STORE)


class SaturdayHouse(House):
    """Plays a plan, and has it judged. Everything that waits, waits on `clock`."""

    def __init__(
        self,
        seed: int,
        size: Size,
        patch: pytest.MonkeyPatch,
        *,
        mode: WebOrderMode = WebOrderMode.POS,
        hooks: Hooks | None = None,
        safety: int = 0,
        kills: bool = True,
    ) -> None:
        self.kills = kills
        self.virtual = VirtualClock()
        self.dice = random.Random(seed)
        self.seed, self.size, self.hooks = seed, size, hooks or Hooks()
        self.calls_slow = Calls(self.virtual, self.dice)
        patch.setattr(store_clock, "now", self.now_s)
        patch.setattr(pos_clock, "now", self.now_s)
        settings = Settings(safety_stock=safety, web_orders=mode, web_outlet="o-main")
        config = StoreConfig(quota="none", stock_delay_ms=STOCK_DELAY_MS)
        store = StoreServer(config=config)
        super().__init__(settings=settings, in_flight=1, store=store, clock=self.virtual)
        self.signals = SaturdaySignals(self.virtual, self.dice, self._drain)
        self.order_signals = SaturdaySignals(self.virtual, self.dice, self._book)
        self.listed_orders = FakeListedOrders()
        self.hooks_on = self.begun = True

    def now_s(self) -> float:
        """Return the time as the store and the judge count it."""
        return self.virtual.now_ms() / 1_000

    def __enter__(self) -> Self:
        self.begun = False
        super().__enter__()
        self.intake = replace(self.intake, order_signals=self.order_signals)
        self.deps = replace(self.deps, push=replace(self.deps.push, orders=self.order_signals))
        self.booking = BookingDeps(
            pending=self.tables.pending,
            book=self.tables.order_book,
            listed=self.listed_orders,
            stores=self.tables.stores,
            events=self.order_events,
            history=self.tables.history,
            hours=self.tables.hours,
            signals=self.order_signals,
            store_signals=self.signals,
            clock=self.virtual,
            open_pos=self._open_web_orders,
        )
        self.shop = Shop(self.store.api_url)
        self.pos.load(goods(self.seed, self.size.products))
        self.push(*(product.id for product in self.pos.catalogue.live()))
        self._run_for(120.0)
        self.control.settle()
        self.pairs, self.products = self._pairs()
        self.notes = Notes(self.now_s)
        self.notes.watch(self.pos)
        self.moves_before = len(self.shop.stock_moves())
        self.levels_before = self._levels()
        self.control.mark_owned()
        self.control.reset_counts()
        for session, most in ((self.clients.web, 0.25), (self.clients.pos, 0.15)):
            self.calls_slow.slow(session, most)
        self.people = People(self.shop, self.pos, self.pairs, self.notes)
        self.begun = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.shop.close()
        super().__exit__(kind, error, trace)

    # --- the day -----------------------------------------------------------------------------------

    def play(self) -> Verdict:
        """Play the day, wait until nothing is left to do, and return the verdict."""
        for moment in plan(self.seed, self.size):
            self.virtual.after(moment.at_s, lambda moment=moment: self._happens(moment))  # type: ignore[misc] # the moment of this turn
        self._sweep()
        self._run_for(self.size.seconds)
        self._run_for(REFUNDS_S + 2 * SWEEP_S)
        self.control.settle()
        return self.judged()

    def _run_for(self, seconds: float) -> None:
        self.virtual.sleep(seconds)

    def _happens(self, moment: Moment) -> None:
        if moment.what is What.KILLED:
            if self.kills:
                self.calls_slow.dies_after = self.dice.randint(1, 12)
        elif moment.what in (What.OFF, What.ON):
            self.hooks_on = moment.what is What.ON
        else:
            before = dict(self._orders())
            self.people.do(moment)
            for order, state in self._orders().items():
                if before.get(order) != state:
                    self._tells(order)

    def _orders(self) -> dict[int, str]:
        return {order["id"]: json.dumps(order) for order in self.shop.orders()}

    def _sweep(self) -> None:
        if self.settings.web_orders is not WebOrderMode.OFF:
            self.signals.signal(STORE)
            self.order_signals.signal(STORE)
        self.virtual.after(SWEEP_S, self._sweep)

    # --- hooks and bus -----------------------------------------------------------------------------

    def _tells(self, order: int) -> None:
        if not self.hooks_on or self.dice.random() < self.hooks.lost:
            return
        times = 2 if self.dice.random() < self.hooks.doubled else 1
        for _ in range(times):
            late = 40.0 if self.dice.random() < self.hooks.late else 0.0
            self.virtual.after(self.dice.expovariate(0.5) + late, lambda: self._hook(order))

    def _hook(self, order: int) -> None:
        """Mark what a hook about an order marks."""
        message = HookMessage("", "store/order/updated", order=order)
        marked = marks(message, STORE, self.settings, self.virtual.now_ms())
        self.tables.pending.mark(list(marked))
        self.signals.signal(STORE)

    def publish(self, entries: list[Entry]) -> None:
        if not self.begun:
            super().publish(entries)
            return
        self.events += entries
        bodies = [
            json.dumps({"version": "0", "id": "bus-1", "account": OWN_ACCOUNT, **entry})
            for entry in entries
        ]
        self.virtual.after(self.dice.expovariate(2.0), lambda: self.deliver(bodies))

    def _drain(self) -> None:
        work_on_store(STORE, self.deps)

    def _book(self) -> None:
        book_orders(STORE, self.booking)

    def _open_web_orders(self, connection: Connection, deadline_ms: int) -> PosWebOrders:
        address = connection.pos_account.address
        token: Callable[[bool], str] = lambda _: self.pos_server.token  # noqa: E731
        calls = PosCalls(address, token, self.clock, deadline_ms, self.clients.pos)
        return WebOrdersInEpoch(PosCloudWebOrders(calls), connection.pos_account.epoch)

    # --- what is judged ----------------------------------------------------------------------------

    def judged(self) -> Verdict:
        """Return the verdict on what both sides hold now."""
        return judge(
            Day(
                notes=self.notes,
                pairs=self.pairs,
                products=self.products,
                orders=self.shop.orders(),
                moves=self.shop.stock_moves(self.moves_before),
                readings=[each for each in self.shop.readings() if each["agent"] == "tillbridge"],
                begun=self.levels_before,
                ended=self._levels(),
                calls=self.calls_slow.set_levels,
                safety=self.settings.safety_stock,
            )
        )

    def autopsies(self, verdict: Verdict) -> Autopsies:
        """Return what the autopsies say of the units that were sold twice."""

        def explain(debt: Oversold) -> tuple[AutopsyVerdict, ...]:
            at_ms, product = debt.at_ms, debt.holder.product
            lines = self.tables.history.of(STORE, product, at_ms - WINDOW_MS, at_ms + WINDOW_MS)
            kept = self.tables.order_book.kept(STORE, orders_of(debt, lines))
            entries = [each.entry for each in kept.values()]
            return verdicts_of(debt, self.settings, lines, entries)

        debts = self.tables.oversold.latest(STORE, 1_000)
        return autopsies(verdict.sold_twice, debts, explain)

    def everything_kept(self) -> Iterator[str]:
        """Yield all that Tillbridge keeps and tells, as text."""
        tables = self.tables
        for kept in (tables.pending, tables.links, tables.stores, tables.read_model):
            yield repr(vars(kept))
        yield repr(vars(tables.order_book))
        yield repr([(each, each.detail()) for each in self.order_events.told])
        yield repr(self.events)
        yield repr(self.dead_letters.letters)

    def _pairs(self) -> tuple[Pairs, dict[int, int]]:
        pairs: dict[tuple[int, int], Unit] = {}
        products: dict[int, int] = {}
        ids = [PosProductId(product.id) for product in self.pos.catalogue.live()]
        for link in self.tables.links.get(STORE, ids).values():
            assert link.id is not None, link
            if not link.variants:
                pairs[int(link.id), 0] = (str(link.product), None)
            for variant, linked in link.variants.items():
                pairs[int(link.id), int(linked.id)] = (str(link.product), str(variant))
                products[int(linked.id)] = int(link.id)
        return pairs, products

    def _levels(self) -> dict[Unit, int]:
        found = {}
        for (product, variant), unit in self.pairs.items():
            level = self.shop.level(product, variant or None)
            assert level is not None
            found[unit] = level
        return found
