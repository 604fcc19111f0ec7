"""A world of fakes in which a store is pushed to and reconciled, for tests of reconcile."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.builders import STORE
from tests.fakes.reconcile import FakeFeed, FakeLinkList, FakeQueue, FakeReader, FakeRuns
from tests.fakes.settings_versions import FakeSettingsVersions
from tests.fakes.store_records import ProductRecord
from tests.world import World
from tillbridge.adapters.pos_epochs import FeedInEpoch, PosInEpoch
from tillbridge.domain.findings import Code, Finding
from tillbridge.domain.run import Request, Run
from tillbridge.domain.slices import SliceRecord
from tillbridge.ports.store_reader import StoreReader
from tillbridge.usecases.reconcile.reconcile_store import reconcile_store
from tillbridge.usecases.reconcile.session import ReconcileDeps

FULL = Request(full=True)
DRY = Request(full=True, dry_run=True)
INCREMENTAL = Request()


@dataclass
class ReconcileWorld(World):
    """`reader` reads what `web` holds; `runs` keeps what was found."""

    page_size: int = 250
    patience_ms: int = 30_000
    reader: FakeReader = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.reader = FakeReader(self.web, self.page_size)
        self.feed = FakeFeed(self.pos)
        self.runs = FakeRuns()
        self.queue = FakeQueue()
        self.reconcile_deps = ReconcileDeps(
            stores=self.stores,
            links=self.links,
            link_list=FakeLinkList(self.links),
            pending=self.pending,
            read_model=self.read_model,
            runs=self.runs,
            settings=FakeSettingsVersions(self.stores),
            order_book=self.order_book,
            history=self.history,
            queue=self.queue,
            signals=self.signals,
            clock=self.clock,
            open_reader=lambda *_: self._reader(),
            open_pos=lambda connection, _: PosInEpoch(self.pos, connection.pos_account.epoch),
            open_feed=lambda connection, _: FeedInEpoch(self.feed, connection.pos_account.epoch),
            patience_ms=self.patience_ms,
        )

    def _reader(self) -> StoreReader:
        self.reader.record = SliceRecord()
        return self.reader

    def reconcile(self, request: Request = FULL) -> Run:
        """Run to the end, slice after slice, and return the run. What it asks of push is still to
        be done."""
        run = reconcile_store(STORE, request, self.reconcile_deps)
        while self.queue.sent:
            store, message = self.queue.sent.pop(0)
            run = reconcile_store(store, message, self.reconcile_deps) or run
        assert run is not None
        return run

    def approve(self, run: Run) -> Run:
        """Approve a run, and let push do what follows."""
        done = self.reconcile(Request(approve=run.id, by="anna"))
        self.push_until_quiet()
        return done

    def online(self, product: str) -> ProductRecord:
        """Return what the store has of a linked product."""
        number = self.link(product).id
        assert number is not None
        return self.web[number]

    def findings(self, run: Run) -> Sequence[Finding]:
        """Return everything a run found."""
        return list(self.runs.findings(STORE, run))

    def drift(self, run: Run) -> dict[str, Code]:
        """Return what is wrong, by product."""
        return {each.product: each.code for each in self.findings(run) if each.drift}
