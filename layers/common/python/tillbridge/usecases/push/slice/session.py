"""What the parts of one slice of a drain share."""

import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.exact_plan import Guard
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId, StoreVariantId
from tillbridge.domain.lag_histogram import LagPath
from tillbridge.domain.lanes import ENTRY, Lane
from tillbridge.domain.link import Link, Part
from tillbridge.domain.names import clean_name, folded
from tillbridge.domain.order_cursor import OrdersRead
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.doubts import doubted, sent_amid_late
from tillbridge.domain.slices import SliceRecord
from tillbridge.domain.turns import Turns
from tillbridge.domain.waiting import LATE_MS
from tillbridge.ports.before_images import BeforeImages
from tillbridge.ports.clock import Clock
from tillbridge.ports.exact_plans import Guards
from tillbridge.ports.links import Links
from tillbridge.ports.order_book import OrderBook
from tillbridge.ports.order_events import OrderEvents
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.pos import Pos
from tillbridge.ports.read_model import Views
from tillbridge.ports.signals import Signals
from tillbridge.ports.store_api import StoreApi
from tillbridge.ports.store_reader import StoreReader
from tillbridge.ports.stores import Stores
from tillbridge.usecases.push.slice.calls_made import SliceCalls
from tillbridge.usecases.push.slice.events import SliceEvents
from tillbridge.usecases.push.slice.history import Kept, SliceHistory
from tillbridge.usecases.push.slice.order_view import OrderView
from tillbridge.usecases.push.slice.right_of_way import RightOfWay
from tillbridge.usecases.push.slice.store_index import StoreIndex
from tillbridge.usecases.push.slice.store_rows import StoreRows
from tillbridge.usecases.push.slice.views import SliceLinks, SliceViews
from tillbridge.usecases.slice import Slice

MOST_REMEMBERED = 20
"""So many records of the POS are remembered from one lane to the next."""

LOOK_SECONDS = 0.5
"""How often a drain that waits for quota checks whether an earlier lane has work."""


@dataclass(frozen=True, slots=True)
class PushDeps:
    """What push needs. `befores`: what people's pushes replaced. `in_flight`: catalogue calls at a time. `orders`: the signals of what tells
    the POS of web orders; None where nothing does. `indexes`: the names and SKUs read of each store;
    they outlive slices."""

    pending: PendingRows
    links: Links
    stores: Stores
    read_model: Views
    order_book: OrderBook
    order_events: OrderEvents
    clock: Clock
    history: Kept
    befores: BeforeImages
    plans: Guards
    in_flight: int = 3
    orders: Signals | None = None
    indexes: dict[StoreId, StoreIndex] = field(default_factory=dict)


@dataclass(slots=True)
class Session(Slice[PushDeps]):
    """One slice of one store's drain. Tasks in flight share it: what they count and note goes
    through its methods, which hold the lock.

    `lane`: the lane whose work is under way, None between two. `way`: who may call the store now.
    `turns`: which lane goes next. `requests_wait`: whether a request about links waits;
    `requests_name`: the products that those name. `stocked`: the products whose levels went while other
    work was read.
    `unsure`: an earlier slice, or this one, may have sent what it did not record; what the links say
    of products whose rows are due may be wrong. `killed_ms`: until when an earlier slice that never
    ended may have sent it (epoch ms; 0: none). `settled_ms`: when the look began after which this one
    left nothing to do (epoch ms; 0: it left something). `after_ms`: when a slice last began with the lane
    `after`; `gave_way`: whether this one ended for the sake of other stores. `hooks_checked_ms`:
    when the store's webhooks were checked last (epoch ms; 0: none is known to be there), `hooks_rearmed_ms`: when some last told nothing. `open_reader` makes a reader that ends with the slice.
    `highest_id`: the store's highest product id, None until it is read. `brands`: the brands,
    casefolded, that this slice has sent.
    `due_later_ms`: when postponed rows are due. `narrow`: so many products are taken at once, until
    the one at fault stands alone; 0 is as many as fit. `unfound`: the fault that has none yet.
    `read`: the last records that the POS showed, where they were few. `orders`: the web orders.
    `history`: what is told later of its products, `calls`: of its calls. `events`: what others are told
    of its orders.
    `views`: the rows of the views that its work changes; they are told of each link that is written through
    `deps`.
    `rows`: the store's pending rows; whatever the slice marks, clears or postpones goes through it."""

    last_call_ms = 2_000

    api: StoreApi
    pos: Pos
    open_reader: Callable[[], StoreReader]
    way: RightOfWay
    turns: Turns
    requests_wait: Callable[[], bool] = lambda: False
    requests_name: Callable[[], Collection[PosProductId]] = lambda: ()
    lane: Lane | None = None
    stocked: set[PosProductId] = field(default_factory=set)
    unsure: bool = False
    killed_ms: int = 0
    settled_ms: int = 0
    after_ms: int = 0
    gave_way: bool = False
    hooks_checked_ms: int = 0
    hooks_rearmed_ms: int = 0
    highest_id: int | None = None
    brands: set[str] = field(default_factory=set)
    due_later_ms: set[int] = field(default_factory=set)
    narrow: int = 0
    unfound: Exception | None = None
    read: Mapping[PosProductId, Product] = field(default_factory=dict)
    orders: OrderView = field(default_factory=lambda: OrderView(OrdersRead()))
    rows: StoreRows = field(init=False)
    calls: SliceCalls = field(init=False)
    history: SliceHistory = field(init=False)
    events: SliceEvents = field(init=False)
    views: SliceViews = field(init=False)
    _kept: dict[PosProductId, dict[StoreVariantId, frozenset[str]]] = field(default_factory=dict)
    _ignored: frozenset[str] = frozenset()
    _unanswered: int = 0
    _refused: set[PosProductId] = field(default_factory=set)
    _named: dict[str, Guard | None] = field(default_factory=dict)
    _late: dict[PosProductId, tuple[set[Part], int]] = field(default_factory=dict)
    _forbidden: int = 0
    _swaps: Counter[PosProductId] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        deps = self.deps
        kept = deps.history
        self.calls = SliceCalls(self.store, kept.calls, deps.clock, deps.clock.now_ms())
        self.events = SliceEvents(self.store, deps.order_events)
        self.history = SliceHistory(
            self.store, kept, deps.clock, self.settings.outlets, self.events, self.calls
        )
        self.record.heard = self.calls.note
        self.views = SliceViews(self.store, self.settings, deps.read_model, deps.links, deps.clock)
        self.deps = replace(deps, links=SliceLinks(deps.links, self.views))
        self.rows = StoreRows(
            self.store, deps.pending, deps.clock, deps.in_flight, self.history.outcomes.write
        )

    @property
    def record(self) -> SliceRecord:
        """What this slice did; the API counts its calls there."""
        return self.api.record

    @property
    def takes_orders(self) -> bool:
        """Return whether the store's web orders are read."""
        return self.settings.web_orders is not WebOrderMode.OFF

    @property
    def late_until_ms(self) -> int:
        """Until when a write of a slice that never ended may still come (epoch ms; 0: none may)."""
        until = self.killed_ms + LATE_MS if self.killed_ms else 0
        return until if until > self.now_ms() else 0

    @property
    def ignored(self) -> frozenset[str]:
        """What this store's batch of variants ignores."""
        return self.connection.ignored | self._ignored

    def reader(self) -> StoreReader:
        """Return a reader that ends with the slice, whose calls are noted with the others."""
        reader = self.open_reader()
        reader.record.heard = self.calls.note
        return reader

    def named_by(self, plans: Collection[str]) -> Mapping[str, Guard]:
        """Return what these plans named as lost; those that were not compared are missing. Each is asked for once
        a slice. Raise RetryLater."""
        new = [plan for plan in plans if plan not in self._named]
        if new:
            found = self.deps.plans.guards(self.store, new)
            self._named |= {plan: found.get(plan) for plan in new}
        named = {plan: self._named[plan] for plan in plans}
        return {plan: guard for plan, guard in named.items() if guard is not None}

    def note_ignored(self, fields: Collection[str]) -> None:
        """Note that the store's batch of variants ignores these, for later slices too."""
        new = set(fields) - self.ignored
        if new:
            self.deps.stores.remember_ignored(self.store, new)
            with self._lock:
                self._ignored |= new

    def keep_canary(self, canary: Canary) -> None:
        """Keep how far the round of the store's canary is."""
        self.deps.stores.keep_canary(self.store, canary)
        self.connection = replace(self.connection, canary=canary)

    def remember_read(self, records: Mapping[PosProductId, Product]) -> None:
        """Remember what the POS showed last, for the content that follows stock. Many records are not:
        they are heavy, and read in full pages anyway."""
        self.read = {**self.read, **records} if len(records) <= MOST_REMEMBERED else {}
        if len(self.read) > MOST_REMEMBERED:
            self.read = records

    def note_kept(
        self, product: PosProductId, variant: StoreVariantId, fields: frozenset[str]
    ) -> None:
        """Note the fields of a variant that BigCommerce shows otherwise than they were sent last."""
        with self._lock:
            self._kept.setdefault(product, {})[variant] = fields

    def kept_online(self, product: PosProductId) -> frozenset[str] | None:
        """Return the fields that `note_kept` noted of any variant; None when it noted none."""
        with self._lock:
            kept = self._kept.get(product)
            return None if kept is None else frozenset[str]().union(*kept.values())

    def note_late(self, product: PosProductId, parts: Iterable[Part], now_ms: int) -> None:
        """Note that a write of these parts got no answer, and may come late."""
        with self._lock:
            known, _ = self._late.get(product, (set(), 0))
            self._late[product] = known | set(parts), now_ms + LATE_MS

    def with_late(self, link: Link, *, sent: bool) -> Link:
        """Return the link with the doubts of this slice's writes that may come late. `sent`: what
        the link says was sent after them."""
        parts, until = self._late.get(link.product, (set(), 0))
        if sent:
            return sent_amid_late(link, parts, until)
        return doubted(link, parts, since_ms=until - LATE_MS, late_until_ms=until)

    @property
    def urgent(self) -> bool:
        """Return whether the caller's work may spend the reserve of the quota that is left to other
        apps: stock may, even in the midst of content that may not."""
        return self.way.is_mine() or (self.lane is not None and ENTRY[self.lane].reserve)

    def wait_for_quota(self) -> None:
        """Wait until the next call may go out; stock that may go earlier does. Raise OutOfTime when
        the slice ends before that."""
        while (wait := self.api.wait_needed(urgent=self.urgent)) > 0:
            if self.way.let_stock_go():
                continue
            self.calls.keep()
            self.need_time(wait)
            self.deps.clock.sleep(min(wait, LOOK_SECONDS))

    def wake_by(self, at_ms: int) -> None:
        """Have the store woken at `at_ms`, when rows that were postponed are due."""
        with self._lock:
            self.due_later_ms.add(at_ms)

    def count(self, *, updated: int = 0, stocked: int = 0, failed: int = 0) -> None:
        """Add to what this slice did: products updated and failed, stock levels set."""
        with self._lock:
            self.record.updated += updated
            self.record.stocked += stocked
            self.record.failed += failed

    def count_created(self, product: StoreProductId, brand: str) -> None:
        """Count a created product, and note its id and brand for the next creates."""
        with self._lock:
            self.record.created += 1
            self.highest_id = max(self.highest_id or 0, product)
        self.note_brands([brand])

    def note_brands(self, brands: Iterable[str]) -> None:
        """Note brands that BigCommerce has now."""
        with self._lock:
            self.brands.update(folded(clean_name(brand)) for brand in brands)

    def count_written(self, rows: Iterable[PendingRow]) -> None:
        """Note that calls got through. Record how long each row took that an event, a person or a repair
        named."""
        with self._lock:
            self._unanswered = 0
        for row in rows:
            if (path := ENTRY[row.lane].lag) is not None:
                self.took(path, row.queued_ms)

    def took(self, path: LagPath, since_ms: int) -> None:
        """Record how long something took (epoch ms; 0: nobody knows since when)."""
        if since_ms:
            with self._lock:
                self.record.add_lag(path, max(0, self.now_ms() - since_ms))

    def count_forbidden(self) -> int:
        """Count a product whose call got a 403. Return how many there were, or 0 when others got
        through in this slice."""
        with self._lock:
            self._forbidden += 1
            done = self.record
            return 0 if done.created or done.updated or done.stocked else self._forbidden

    def count_unanswered(self) -> int:
        """Count a failed call. Return how many have failed since one last got through."""
        with self._lock:
            self._unanswered += 1
            return self._unanswered

    def count_refused(self, product: PosProductId) -> int:
        """Count a product as refused. Return how many were in this slice."""
        with self._lock:
            self._refused.add(product)
            return len(self._refused)

    def count_swap(self, product: PosProductId) -> int:
        """Count one more attempt to swap a product's name with its holder's. Return the count."""
        with self._lock:
            self._swaps[product] += 1
            return self._swaps[product]
