"""What the parts of one slice of a run share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import batched

from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import StoreThrottled
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.doubts import believed
from tillbridge.domain.run import Run
from tillbridge.domain.web_product import WebProduct, known
from tillbridge.ports.clock import Clock
from tillbridge.ports.link_list import LinkList
from tillbridge.ports.links import Links
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.pos import Pos
from tillbridge.ports.pos_feed import PosFeed
from tillbridge.ports.read_model import Views
from tillbridge.ports.reconcile_queue import ReconcileQueue
from tillbridge.ports.runs import Place, Runs
from tillbridge.ports.signals import Signals
from tillbridge.ports.store_reader import StoreReader
from tillbridge.ports.stores import Stores
from tillbridge.usecases.pos_records import pos_records
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
    queue: ReconcileQueue
    signals: Signals
    clock: Clock
    open_reader: Callable[[Connection, int], StoreReader]
    open_pos: Callable[[Connection, int], Pos]
    open_feed: Callable[[Connection, int], PosFeed]
    slice_ms: int = 540_000
    patience_ms: int = 30_000


@dataclass(slots=True)
class Session(Slice[ReconcileDeps]):
    """One slice of one run."""

    last_call_ms = 5_000

    reader: StoreReader
    pos: Pos
    feed: PosFeed
    run: Run
    accepted: Mapping[Place, str]
    brands: dict[int, str] = field(default_factory=dict)

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
        """Return the links of those products that have one, as far as they can be believed."""
        found = self.deps.links.get(self.store, products)
        return {product: believed(link) for product, link in found.items()}

    def records(self, products: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        """Return the POS's newest records, read 100 at a time, without those whose id the POS calls
        invalid. Raise OutOfTime."""
        return pos_records(self.pos, products, self.need_time)[0]

    def with_brands(self, products: Iterable[WebProduct]) -> list[WebProduct]:
        """Return the products with the names of their brands. Read each name once in a slice; a full
        walk reads the whole list at once. A brand that BigCommerce no longer names becomes `#12`,
        its number."""
        found = list(products)
        self._learn({known(product.brand_id) for product in found} - {0})
        return [replace(product, brand=self._brand(known(product.brand_id))) for product in found]

    def _brand(self, number: int) -> str:
        return self.brands.get(number, f"#{number}") if number else ""

    def _learn(self, brands: set[int]) -> None:
        missing = sorted(brands - self.brands.keys())
        if missing and self.run.full and not self.brands:
            self.brands.update(self.ask(partial(self.reader.brands, None)))
            missing = sorted(brands - self.brands.keys())
        for some in batched(missing, 250, strict=False):
            self.brands.update(self.ask(partial(self.reader.brands, some)))
