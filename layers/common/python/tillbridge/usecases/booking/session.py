"""What the parts of one slice of telling the POS share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tillbridge.domain.connection import Connection
from tillbridge.domain.history.product_line import Did, OrderUnits, ProductLine
from tillbridge.domain.ids import PosProductId, WebOrderId
from tillbridge.domain.lag_histogram import Histogram, LagPath
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.waiting import backoff_ms
from tillbridge.domain.web_orders.accounts import Holder, booked
from tillbridge.domain.web_orders.book_rows import book_mark
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.domain.web_orders.order_events import OrderEvent, OrderEventType
from tillbridge.ports.clock import Clock
from tillbridge.ports.history import History
from tillbridge.ports.lag_hours import LagHours
from tillbridge.ports.listed_orders import ListedOrders
from tillbridge.ports.order_book import Kept, OrderBook
from tillbridge.ports.order_events import OrderEvents
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.pos_web_orders import PosWebOrders
from tillbridge.ports.signals import Signals
from tillbridge.ports.stores import Stores
from tillbridge.usecases.fence import best_effort
from tillbridge.usecases.slice import Slice
from tillbridge.usecases.telling import tell_others


@dataclass(frozen=True, slots=True)
class BookingDeps:
    """What telling the POS needs. `signals` starts this work, `store_signals` the store's drain.
    `open_pos` makes a client whose calls end by a deadline (epoch ms)."""

    pending: PendingRows
    book: OrderBook
    listed: ListedOrders
    stores: Stores
    events: OrderEvents
    history: History
    hours: LagHours
    signals: Signals
    store_signals: Signals
    clock: Clock
    open_pos: Callable[[Connection, int], PosWebOrders]
    slice_ms: int = 60_000


@dataclass(slots=True)
class BookingRecord:
    """What a slice did; figures count orders. `overdue`: those that the POS has not booked in time, None
    when nobody looked. `untold`: events that the bus did not take. `lags`: how long orders took that were
    booked for the first time."""

    told: int = 0
    booked: int = 0
    received: int = 0
    refused: int = 0
    unanswered: int = 0
    overdue: int | None = None
    untold: int = 0
    lags: dict[LagPath, Histogram] = field(default_factory=dict)

    @property
    def did_something(self) -> bool:
        """Return whether there is anything to say of the slice."""
        return bool(self.told or self.refused or self.untold or self.overdue is not None)


@dataclass(slots=True)
class Session(Slice[BookingDeps]):
    """One slice of one store. `fails`: calls in a row without a usable answer; `lacking`: the POS was
    found to take no web orders; `troubled`: how often in a row before nothing could be told to it;
    `due_later_ms`: when postponed rows are due."""

    last_call_ms = 2_000

    pos: PosWebOrders
    record: BookingRecord = field(default_factory=BookingRecord)
    fails: int = 0
    lacking: bool = False
    troubled: int = 0
    due_later_ms: list[int] = field(default_factory=list)
    _moved: bool = False

    @property
    def epoch(self) -> int:
        """Return the epoch of the POS account."""
        return self.connection.pos_account.epoch

    def read(self, order: WebOrderId) -> Kept | None:
        """Return an order as the book has it now, None when it has none that can be read."""
        return self.deps.book.kept(self.store, [order]).get(order)

    def mark(self, *rows: PosProductId) -> None:
        """Mark rows of the lane."""
        now = self.now_ms()
        if rows:
            self.deps.pending.mark(book_mark(self.store, row, now) for row in rows)

    def clear(self, rows: Sequence[PendingRow]) -> None:
        """Delete rows that nobody marked anew."""
        self.deps.pending.clear(rows)

    def postpone(self, row: PendingRow, until_ms: int) -> None:
        """Have a row wait until then (epoch ms)."""
        self.deps.pending.postpone([replace(row, not_before_ms=until_ms)])
        self.due_later_ms.append(until_ms)

    def try_later(self, row: PendingRow, wait: float = 0.0) -> int:
        """Have a row wait longer each time, and at least `wait` seconds. Return until when (epoch ms)."""
        tried = replace(row, attempts=row.attempts + 1)
        until = self.now_ms() + max(int(wait * 1_000), backoff_ms(tried.attempts))
        self.postpone(tried, until)
        return until

    def tell(self, kind: OrderEventType, *entries: OrderEntry) -> None:
        """Tell others of orders, as far as that works."""
        now = self.now_ms()
        events = [OrderEvent(kind, self.store, each, now) for each in entries]
        self.record.untold += tell_others(self.deps.events, self.store, events)

    def booked(self, before: OrderEntry, entry: OrderEntry) -> None:
        """Note in the history what the POS has booked anew of an order, as far as that works."""
        with best_effort("noting a booking", self.store):
            now, booked_now = self.now_ms(), _bookings(before, entry)
            if booked_now:
                lines = [
                    ProductLine(
                        now,
                        holder.product,
                        Did.BOOKED,
                        version=version,
                        order=OrderUnits(entry.order.id, holder.variant, units),
                    )
                    for (holder, version), units in booked_now.items()
                ]
                self.deps.history.write(self.store, lines)

    def moves_stock(self, entry: OrderEntry) -> None:
        """Have the drain compute the levels of an order's products from a record that contains what the
        POS has booked. It writes none that is online already. The POS may send no event of its own, and
        one that came before the answer was stored made the level too low."""
        now = self.now_ms()
        newest: dict[PosProductId, int] = {}
        for account in entry.accounts:
            if account.holder is None:
                continue
            product = account.holder.product
            for booking in account.bookings:
                newest[product] = max(newest.get(product, 0), booking.version)
        marks = [
            replace(book_mark(self.store, product, now), lane=Lane.STOCK, version=version)
            for product, version in newest.items()
        ]
        if marks:
            self.deps.pending.mark(marks)
        self._moved = self._moved or bool(marks)

    def signal_drain(self) -> None:
        """Start the store's drain when stock was marked."""
        if self._moved:
            with best_effort("signalling the drain", self.store):  # the sweep signals it, too
                self.deps.store_signals.signal(self.store)
            self._moved = False


def _bookings(before: OrderEntry, entry: OrderEntry) -> dict[tuple[Holder, int], int]:
    """Return the units that records hold which have bookings that were not kept before: by holder and
    version, all lines of the holder together."""
    known = {(each.line, booking) for each in before.accounts for booking in each.bookings}
    found: dict[tuple[Holder, int], int] = {}
    for account in entry.accounts:
        for booking in account.bookings:
            if account.holder is not None and (account.line, booking) not in known:
                found[account.holder, booking.version] = 0
    for holder, version in found:
        mine = [replace(a, asked=None) for a in entry.accounts if a.holder == holder]
        found[holder, version] = sum(booked(a, version) for a in mine if a.bookings)
    return found
