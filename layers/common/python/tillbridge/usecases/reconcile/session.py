"""What the parts of one slice of a run share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import batched

from tillbridge.domain.connection import Connection, Settings
from tillbridge.domain.errors import OutOfTime, StoreThrottled
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.product import Product
from tillbridge.domain.run import Run
from tillbridge.ports.clock import Clock
from tillbridge.ports.link_list import LinkList
from tillbridge.ports.links import Links
from tillbridge.ports.local_copy import Views
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.pos import BATCH, Pos
from tillbridge.ports.pos_feed import PosFeed
from tillbridge.ports.reconcile_queue import ReconcileQueue
from tillbridge.ports.runs import Place, Runs
from tillbridge.ports.signals import Signals
from tillbridge.ports.store_reader import StoreReader
from tillbridge.ports.stores import Stores

LAST_CALL_MS = 5_000
"""With less time than this left, nothing more is read."""


@dataclass(frozen=True, slots=True)
class ReconcileDeps:
    """What reconcile needs. The clients end their calls by a deadline (epoch ms).

    `patience_ms`: so long lies between the two looks at a suspect. An event that is under way, and
    a stock write that was answered and does not show yet, have arrived by then."""

    stores: Stores
    links: Links
    link_list: LinkList
    pending: PendingRows
    local_copy: Views
    runs: Runs
    queue: ReconcileQueue
    signals: Signals
    clock: Clock
    open_reader: Callable[[Connection, int], StoreReader]
    open_pos: Callable[[Connection, int], Pos]
    open_feed: Callable[[Connection, int], PosFeed]
    slice_ms: int = 540_000
    patience_ms: int = 30_000


@dataclass(slots=True)
class Session:
    """One slice of one run."""

    connection: Connection
    deps: ReconcileDeps
    reader: StoreReader
    pos: Pos
    feed: PosFeed
    run: Run
    deadline_ms: int
    accepted: Mapping[Place, str]
    brands: dict[int, str] = field(default_factory=dict)

    @property
    def store(self) -> StoreId:
        """The store."""
        return self.connection.store

    @property
    def settings(self) -> Settings:
        """Its settings."""
        return self.connection.settings

    def now_ms(self) -> int:
        """Epoch milliseconds."""
        return self.deps.clock.now_ms()

    def time_left_ms(self) -> int:
        """Milliseconds until this slice must have ended."""
        return self.deadline_ms - self.now_ms()

    def need_time(self, wait: float = 0.0) -> None:
        """Raises OutOfTime when nothing fits any more after `wait` seconds."""
        if self.time_left_ms() < LAST_CALL_MS + wait * 1_000:
            raise OutOfTime("This slice has ended; the run goes on in the next.")

    def ask[T](self, call: Callable[[], T]) -> T:
        """One call to the store, when a fifth of its quota stays free for others."""
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

    def records(self, products: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        """The POS's newest records, 100 a read."""
        found: dict[PosProductId, Product] = {}
        for ids in batched(products, BATCH, strict=False):
            self.need_time()
            found.update(self.pos.products(ids))
        return found

    def know_brands(self, ids: set[int]) -> Mapping[int, str]:
        """Brand names, each read once in a slice; a full walk reads the whole list at once."""
        missing = sorted(ids - self.brands.keys() - {0})
        if missing and self.run.full and not self.brands:
            self.brands.update(self.ask(partial(self.reader.brands, None)))
            missing = sorted(ids - self.brands.keys() - {0})
        for some in batched(missing, 250, strict=False):
            self.brands.update(self.ask(partial(self.reader.brands, some)))
        return self.brands
