"""A store whose web orders are told to a POS, with tables and queues in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.builders import STORE, a_connection
from tests.fakes.clock import FakeClock
from tests.fakes.history import FakeHistory, FakeLagHours
from tests.fakes.listed_orders import FakeListedOrders
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.order_events import FakeOrderEvents
from tests.fakes.pending import FakePending
from tests.fakes.pos_web_orders import FakePosWebOrders
from tests.fakes.signals import FakeSignals
from tests.fakes.stores import FakeStores
from tillbridge.adapters.pos_epochs import WebOrdersInEpoch
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId, WebLineId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.book_rows import book_mark, row_of
from tillbridge.domain.web_orders.booking import is_due
from tillbridge.domain.web_orders.entry import LaneState, OrderEntry
from tillbridge.domain.web_orders.finding import Holders, Sight, found
from tillbridge.domain.web_orders.order_events import OrderEvent
from tillbridge.domain.web_orders.shown import WebLine, WebOrder
from tillbridge.domain.web_orders.told import external_id
from tillbridge.ports.listed_orders import ListedOrders
from tillbridge.ports.order_book import OrderBook
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.pos_web_orders import PosWebOrders
from tillbridge.usecases.booking.book_orders import book_orders
from tillbridge.usecases.booking.session import BookingDeps, BookingRecord

MUG, PEN = PosProductId("p-mug"), PosProductId("p-pen")
ONLINE = {MUG: StoreProductId(11), PEN: StoreProductId(12)}
LINKED: Holders = {(number, None): Holder(product) for product, number in ONLINE.items()}
FIRST = WebOrderId(1041)
SWEEP_MS = 300_000
FOR_EVER_MS, MANY = 2**53, 5_000


@dataclass
class Tables:
    """What is kept, in memory unless others are given."""

    pending: PendingRows = field(default_factory=FakePending)
    book: OrderBook = field(default_factory=FakeOrderBook)
    listed: ListedOrders = field(default_factory=FakeListedOrders)


class BookingWorld:
    """The drain is played: `order` finds an order as the store's drain does."""

    def __init__(
        self,
        pos: PosWebOrders | None = None,
        *,
        store: StoreId = STORE,
        tables: Tables | None = None,
        **settings: Any,
    ) -> None:
        self.clock = FakeClock()
        self.store = store
        self.pos = FakePosWebOrders({MUG: 1_000, PEN: 1_000})
        self.told: PosWebOrders = pos or self.pos
        tables = tables or Tables()
        self.pending, self.book = tables.pending, tables.book
        self.stores = FakeStores()
        self.settings = Settings(
            **{"web_orders": WebOrderMode.POS, "web_outlet": "o-main", **settings}
        )
        self.stores.save_connection(a_connection(store, settings=self.settings))
        self.signals, self.store_signals = FakeSignals(), FakeSignals()
        self.events = FakeOrderEvents()
        self.history = FakeHistory()
        self.hours = FakeLagHours()
        self.holders = dict(LINKED)
        self._woken_ms: list[int] = []
        self.deps = BookingDeps(
            pending=self.pending,
            book=self.book,
            listed=tables.listed,
            stores=self.stores,
            events=self.events,
            history=self.history,
            hours=self.hours,
            signals=self.signals,
            store_signals=self.store_signals,
            clock=self.clock,
            open_pos=self._open,
        )

    def _open(self, connection: Connection, _deadline_ms: int) -> PosWebOrders:
        return WebOrdersInEpoch(self.told, connection.pos_account.epoch)

    # --- what happens ----------------------------------------------------------------------------------

    def order(
        self,
        units: int = 2,
        number: WebOrderId = FIRST,
        *,
        product: PosProductId = MUG,
        mark: bool = True,
        **shown: Any,
    ) -> None:
        """Have the drain find an order of these units, or find it again with others."""
        kept = self.book.kept(self.store, [number]).get(number)
        now = self.clock.now_ms()
        line = WebLine(WebLineId(1), ONLINE[product], units, name="Mug, blue")
        placed = kept.entry.order.placed_ms if kept else now
        order = WebOrder(number, 11, placed, now, (line,), currency="USD")
        order = replace(order, **shown)
        sight = Sight(now, self.holders, self.connection.settings.orders_outlet)
        entry = found(kept.entry if kept else None, order, sight)
        assert not self.book.write(self.store, [(kept, entry)])
        if mark and is_due(entry, self.connection.pos_account.epoch):
            self.mark(row_of(number))

    def mark(self, *rows: PosProductId, force: bool = False) -> None:
        """Mark rows of the lane."""
        now = self.clock.now_ms()
        self.pending.mark(book_mark(self.store, row, now, force=force) for row in rows)

    def run(self) -> BookingRecord:
        """Work for one slice."""
        before = len(self.signals.wakes)
        record = book_orders(self.store, self.deps)
        now = self.clock.now_ms()
        self._woken_ms += [now + round(s * 1_000) for _, s in self.signals.wakes[before:]]
        return record

    def seconds_to_wake(self) -> float:
        """Return when the next wake that was asked for comes, or else the sweep."""
        now = self.clock.now_ms()
        self._woken_ms = [at for at in self._woken_ms if at > now]
        return (min(self._woken_ms, default=now + SWEEP_MS) - now) / 1_000

    def set(self, **settings: Any) -> None:
        """Change settings of the store."""
        self.settings = replace(self.settings, **settings)
        self.stores.save_connection(replace(self.connection, settings=self.settings))

    def adopt(self) -> None:
        """Begin the next epoch of the POS account."""
        self.stores.begin_epoch(self.connection.pos_account)

    def later(self, seconds: float) -> BookingRecord:
        """Let time pass, and work as a wake would have it."""
        self.clock.advance(seconds)
        return self.run()

    def until_quiet(self, most: int = 100) -> None:
        """Work, waking as it is asked to, until nothing waits."""
        for _ in range(most):
            self.run()
            if not self.rows:
                return
            self.clock.advance(self.seconds_to_wake())
        raise AssertionError(f"still waits: {self.rows}")

    # --- what is there -----------------------------------------------------------------------------------

    @property
    def connection(self) -> Connection:
        """The store's connection."""
        found = self.stores.find(self.store)
        assert found is not None
        return found

    @property
    def rows(self) -> dict[str, PendingRow]:
        """The rows of the lane, due or not, by name."""
        return {row.product: row for row in self._rows(Lane.BOOK)}

    @property
    def moved(self) -> dict[str, int]:
        """The products whose levels are to be looked at, with the version awaited."""
        return {row.product: row.version for row in self._rows(Lane.STOCK)}

    def _rows(self, lane: Lane) -> Sequence[PendingRow]:
        return self.pending.due(self.store, lane, FOR_EVER_MS, MANY)

    def forget_rows(self) -> None:
        """Delete every row, as if they had been worked on."""
        self.pending.clear([*self._rows(Lane.BOOK), *self._rows(Lane.STOCK)])

    def entry(self, number: WebOrderId = FIRST) -> OrderEntry:
        """Return an order as the book has it."""
        return self.book.kept(self.store, [number])[number].entry

    def state(self, number: WebOrderId = FIRST) -> LaneState:
        """Return how far the POS is with an order."""
        return self.entry(number).state

    def off(self, number: WebOrderId = FIRST) -> int:
        """Return the units that the POS has off the stock for an order."""
        return self.pos.booked_of(external_id(self.connection.store_hash, number))

    def told_of(self, kind: str) -> list[WebOrderId]:
        """Return the orders that others were told this of."""
        events = (each for each in self.events.told if isinstance(each, OrderEvent))
        return [event.entry.order.id for event in events if event.type == kind]
