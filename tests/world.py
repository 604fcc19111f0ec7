"""A world of fakes in which a store is drained, for tests of push."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.arrivals import arrivals
from tests.builders import STORE, a_connection
from tests.fakes.before_images import FakeBeforeImages
from tests.fakes.clock import FakeClock
from tests.fakes.exact_plans import FakeExactPlans
from tests.fakes.history import FakeCallLines, FakeHistory, FakeLagHours, FakeOversold
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.links import FakeLinks
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.order_events import FakeOrderEvents
from tests.fakes.pending import FakePending
from tests.fakes.pos import FakePos
from tests.fakes.read_model import FakeReadModel
from tests.fakes.reconcile import FakeReader
from tests.fakes.replaced import FakeReplaced
from tests.fakes.signals import FakeSignals
from tests.fakes.store_api import FakeStoreApi
from tests.fakes.store_catalogue import FakeStoreCatalogue
from tests.fakes.stores import FakeStores
from tests.pushed import says_why, watch
from tillbridge.adapters.pos_epochs import PosInEpoch
from tillbridge.domain.connection import Connection
from tillbridge.domain.events import Event, changes
from tillbridge.domain.history.call_line import CallLine
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.lanes import PRODUCT_LANES
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.domain.slices import SliceRecord
from tillbridge.ports.store_api import StoreApi
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.push.slice.history import Kept
from tillbridge.usecases.push.slice.session import PushDeps
from tillbridge.usecases.store_work import StoreWorkDeps, work_on_store

SENDERS_CLOCK_OFF_MS = 0
"""How far the clock of whoever sends events is off ours; tests set it."""


@dataclass
class World:
    """One POS, one BigCommerce store, and the tables between them."""

    connection: Connection = field(default_factory=a_connection)
    pos: FakePos = field(default_factory=FakePos)
    web: FakeStoreApi = field(default_factory=FakeStoreApi)
    clock: FakeClock = field(default_factory=FakeClock)
    in_flight: int = 1
    job: str = ""
    """Of which request pushes by people are part; "" of none."""

    def __post_init__(self) -> None:
        watch(self)
        self.web.script.clock = self.clock
        self._pushed: dict[PosProductId, tuple[int, bool]] = {}
        self.events = 0
        """How many events happened; the mark of each is followed by a signal."""
        self.history = FakeHistory()
        self.link_requests = FakeLinkRequests(self.history)
        self.pending = FakePending(self.link_requests)
        self.links = FakeLinks()
        self.stores = FakeStores([self.connection])
        self.signals = FakeSignals()
        self.order_signals = FakeSignals()
        self.read_model = FakeReadModel()
        self.order_book = FakeOrderBook()
        self.order_events = FakeOrderEvents()
        self.call_lines = FakeCallLines()
        self.oversold = FakeOversold()
        self.hours = FakeLagHours()
        self.replaced = FakeReplaced()
        self.befores = FakeBeforeImages(self.clock)
        self.exact = FakeExactPlans(self.clock)
        self.deps = StoreWorkDeps(
            push=PushDeps(
                plans=self.exact,
                pending=self.pending,
                links=self.links,
                stores=self.stores,
                read_model=self.read_model,
                order_book=self.order_book,
                order_events=self.order_events,
                clock=self.clock,
                history=Kept(self.history, self.call_lines, self.oversold, self.hours),
                befores=self.befores,
                in_flight=self.in_flight,
            ),
            linking=LinkingDeps(
                self.link_requests, self.replaced, lambda *_: FakeStoreCatalogue(self.web)
            ),
            signals=self.signals,
            open_store=lambda *_: self._open(),
            open_reader=lambda *_: FakeReader(self.web),
            open_pos=lambda connection, _: PosInEpoch(self.pos, connection.pos_account.epoch),
        )

    def _open(self) -> StoreApi:
        self.web.record = SliceRecord()
        return self.web

    def ask(self, *products: Product, job: str = "") -> None:
        """Push products as a person does."""
        for product in products:
            self.pos.save(product)
        self.happens("push.requested", *products, job=job or self.job)

    def happens(self, trigger: str, *products: Product, job: str = "") -> None:
        """Change products in the POS, which sends its event."""
        for product in products:
            self.pos.save(product)
        if trigger == "push.requested":
            for product in products:
                there = self.links.get(STORE, [product.id]).get(product.id)
                self._pushed[product.id] = len(self.web.log), there is not None and bool(there.id)
        event = Event(
            id="e",
            store=STORE,
            trigger=trigger,
            occurred_ms=self.clock.now_ms() + SENDERS_CLOCK_OFF_MS,
            products=tuple(
                (p.id, 0 if trigger == "push.requested" else p.version) for p in products
            ),
            by="mina" if job else "",
            job=job,
        )
        self.marks(event)

    def marks(self, event: Event) -> None:
        """Mark what an event names, as intake does."""
        self.pending.mark(changes(event, arrivals(self.clock), self.epoch))
        self.events += 1

    def silent_pushes(self) -> list[str]:
        """Return the products whose last Push by a person ended without a write and without
        words."""
        pending, pushed = self.deps.push.pending, list(self._pushed)
        waits = {row.product for lane in PRODUCT_LANES for row in pending.of(STORE, lane, pushed)}
        return [each for each in self._pushed if each not in waits and self._ended_silently(each)]

    def _ended_silently(self, product: PosProductId) -> bool:
        since, had_id = self._pushed[product]
        link = self.deps.push.links.get(STORE, [product]).get(product)
        if link is None:
            return not self.link_requests.answered  # unlinked since, and told so
        if says_why(link):
            return False
        created = link.id is not None and not had_id
        written = any(
            call.method in WRITES and link.id in call.touches for call in self.web.log[since:]
        )
        return not created and not written

    @property
    def epoch(self) -> int:
        """The epoch of the POS account."""
        connection = self.stores.find(STORE)
        return connection.pos_account.epoch if connection else 0

    def lines(self) -> Sequence[CallLine]:
        """Return every call line."""
        return self.call_lines.of(STORE, 0, 10**13)

    def push(self) -> SliceRecord:
        """Run one slice."""
        return work_on_store(STORE, self.deps)

    def push_until_quiet(self, most: int = 50) -> SliceRecord:
        """Drain until nothing is left to do; time passes to whatever the last drain asked to be
        woken for."""
        total = SliceRecord()
        for _ in range(most):
            wakes, signals = len(self.signals.wakes), len(self.signals.signalled)
            events = self.events
            done = self.push()
            total.calls.update(done.calls)
            total.created += done.created
            total.updated += done.updated
            total.failed += done.failed
            if len(self.signals.wakes) > wakes:
                self.clock.advance(self.signals.wakes[-1][1] + 1)
            elif len(self.signals.signalled) == signals and self.events == events:
                return total
        raise AssertionError(f"not quiet after {most} drains")

    def link(self, product: Product | str) -> Link:
        """Return the link of a product."""
        id_ = PosProductId(product) if isinstance(product, str) else product.id
        return self.links.get(STORE, [id_])[id_]

    def linked(self, *products: Product) -> None:
        """Push products before the test begins."""
        self.ask(*products)
        self.push_until_quiet()
        self.web.log.clear()

    def writes(self) -> list[str]:
        """Return the write calls so far, in order."""
        return [called.method for called in self.web.log if called.method in WRITES]


WRITES: frozenset[str] = frozenset(
    {
        "create",
        "update_products",
        "update_variants",
        "update_variant",
        "set_stock",
        "assign_channel",
        "create_categories",
        "create_option",
        "add_option_value",
        "delete_option",
        "delete_variant",
        "add_image",
        "delete_image",
    }
)


def ids(products: Iterable[Product]) -> list[PosProductId]:
    """Return their ids."""
    return [product.id for product in products]
