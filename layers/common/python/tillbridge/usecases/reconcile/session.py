"""What the parts of one slice of a run share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tillbridge.domain.connection import Connection, WebOrderMode
from tillbridge.domain.errors import StoreThrottled
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link
from tillbridge.domain.pending import Change, because_of_request, of_our_own
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.doubts import to_compare
from tillbridge.domain.run import Run
from tillbridge.domain.waiting import SECOND_LOOK_MS
from tillbridge.domain.web_orders.accounts import (
    NO_WEB_UNITS,
    LineAccount,
    WebUnits,
    web_units,
)
from tillbridge.ports.clock import Clock
from tillbridge.ports.history import History
from tillbridge.ports.link_list import LinkList
from tillbridge.ports.links import Links
from tillbridge.ports.open_lines import OpenLines
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.pos import Pos
from tillbridge.ports.pos_feed import PosFeed
from tillbridge.ports.read_model import Views
from tillbridge.ports.reconcile_queue import ReconcileQueue
from tillbridge.ports.runs import Place, Runs
from tillbridge.ports.settings_versions import SettingsVersions
from tillbridge.ports.signals import Signals
from tillbridge.ports.store_reader import StoreReader
from tillbridge.ports.stores import Stores
from tillbridge.usecases.looking.reading import Eyes
from tillbridge.usecases.pos_records import pos_records
from tillbridge.usecases.readable_links import readable_links
from tillbridge.usecases.slice import Slice


@dataclass(frozen=True, slots=True)
class ReconcileDeps:
    """What reconcile needs. The clients end their calls by a deadline (epoch ms).

    `patience_ms`: the time between the two looks at a suspect. By then an event that was under way
    has arrived, and a stock write that was answered shows."""

    stores: Stores
    links: Links
    link_list: LinkList
    pending: PendingRows
    read_model: Views
    runs: Runs
    settings: SettingsVersions
    order_book: OpenLines
    history: History
    queue: ReconcileQueue
    signals: Signals
    clock: Clock
    open_reader: Callable[[Connection, int], StoreReader]
    open_pos: Callable[[Connection, int], Pos]
    open_feed: Callable[[Connection, int], PosFeed]
    slice_ms: int = 540_000
    patience_ms: int = SECOND_LOOK_MS


@dataclass(slots=True)
class Session(Slice[ReconcileDeps]):
    """One slice of one run."""

    last_call_ms = 5_000

    reader: StoreReader
    pos: Pos
    feed: PosFeed
    run: Run
    accepted: Mapping[Place, str]
    eyes: Eyes = field(init=False)
    unread: dict[PosProductId, Exception] = field(default_factory=dict)
    _owed: Mapping[PosProductId, Sequence[LineAccount]] | None = None

    def __post_init__(self) -> None:
        location = self.connection.location_id
        self.eyes = Eyes(self.reader, self.ask, location, every_brand=self.run.full)

    def ask[T](self, call: Callable[[], T]) -> T:
        """Make a call to the store as soon as it leaves a fifth of the quota free for others, and
        repeat it after each 429. Raise OutOfTime when the slice ends before that."""
        while True:
            wait = self.reader.wait_needed(urgent=False)
            self.need_time(wait)
            if wait > 0:
                self.deps.clock.sleep(wait)
                continue
            try:
                return call()
            except StoreThrottled as throttled:
                self.need_time(throttled.wait)
                self.deps.clock.sleep(throttled.wait)

    def links(self, products: Sequence[PosProductId]) -> Mapping[PosProductId, Link]:
        """Return the links of those products that have one, as far as they can be believed. `refuse_unread`
        knows those that cannot be read."""
        found, unread = readable_links(self.deps.links, self.store, products)
        self.unread |= unread
        return {product: to_compare(link) for product, link in found.items()}

    def refuse_unread(self, product: PosProductId) -> None:
        """Raise why the link of a product cannot be read, where it cannot."""
        if product in self.unread:
            raise self.unread[product]

    def records(self, products: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        """Return the POS's newest records, read 100 at a time, without those whose id the POS calls
        invalid. Raise OutOfTime."""
        return pos_records(self.pos, products, self.need_time)[0]

    def web_units(self, record: Product) -> WebUnits:
        """Return what web orders owe of a product and its record does not contain; nothing where none are
        read."""
        if self.settings.web_orders is WebOrderMode.OFF:
            return NO_WEB_UNITS
        if self._owed is None:
            owed: dict[PosProductId, list[LineAccount]] = {}
            for account in self.deps.order_book.of(self.store):
                if account.holder is not None:
                    owed.setdefault(account.holder.product, []).append(account)
            self._owed = owed
        return web_units(record, self._owed.get(record.id, ()))

    def looks_anew(self) -> None:
        """Note that both sides are read again: what web orders owe is, too."""
        self._owed = None

    def forced(self, product: PosProductId, lane: Lane, trigger: str) -> Change:
        """Return the mark that has a product pushed whatever was pushed of it before."""
        change = of_our_own(self.store, lane, product, self.now_ms(), trigger, force=True)
        return because_of_request(change, self.run.id, self.run.approved_by)
