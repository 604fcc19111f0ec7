"""A house in which reconcile runs too, with its real clients on the sandbox store and the sandbox
POS."""

from collections.abc import Sequence
from typing import Any, Self

from tests.fakes.links import FakeLinks
from tests.fakes.read_model import FakeReadModel
from tests.fakes.reconcile import FakeLinkList, FakeQueue, FakeRuns
from tests.fakes.settings_versions import FakeSettingsVersions
from tests.fakes.stores import FakeStores
from tests.harness import STORE, House
from tillbridge.adapters.pos_cloud.feed import PosCloudFeed
from tillbridge.domain.connection import Connection
from tillbridge.domain.findings import Finding
from tillbridge.domain.run import Request, Run
from tillbridge.usecases.reconcile.reconcile_store import reconcile_store
from tillbridge.usecases.reconcile.session import ReconcileDeps

FULL = Request(full=True)
DRY = Request(full=True, dry_run=True)
INCREMENTAL = Request()


class ReconcileHouse(House):
    """Tables in memory; `runs` keeps what was found."""

    def __enter__(self) -> Self:
        super().__enter__()
        links, read_model = self.tables.links, self.tables.read_model
        assert isinstance(links, FakeLinks)
        assert isinstance(read_model, FakeReadModel)
        stores = self.tables.stores
        assert isinstance(stores, FakeStores)
        self.runs, self.queue = FakeRuns(), FakeQueue()
        self.reconcile_deps = ReconcileDeps(
            stores=self.tables.stores,
            links=links,
            link_list=FakeLinkList(links),
            pending=self.tables.pending,
            read_model=read_model,
            runs=self.runs,
            settings=FakeSettingsVersions(stores),
            order_book=self.tables.order_book,
            history=self.tables.history,
            queue=self.queue,
            signals=self.signals,
            clock=self.clock,
            open_reader=self.clients.open_reader,
            open_pos=self.clients.open_pos,
            open_feed=self.open_feed,
        )
        return self

    def reconcile(self, request: Request = FULL) -> Run:
        """Run to the end, then drain, and return the run."""
        run = reconcile_store(STORE, request, self.reconcile_deps)
        while self.queue.sent:
            run = reconcile_store(*self.queue.sent.pop(0), self.reconcile_deps) or run
        assert run is not None
        self.settle()
        return run

    def findings(self, run: Run) -> Sequence[Finding]:
        """Return what a run found."""
        return list(self.runs.findings(STORE, run))

    def drift(self, run: Run) -> dict[str, Any]:
        """Return the fields that differ, by product; an empty list where the product itself is
        wrong."""
        return {
            each.product: [d.place for d in each.differences]
            for each in self.findings(run)
            if each.drift
        }

    def open_feed(self, connection: Connection, deadline_ms: int) -> PosCloudFeed:
        """Return the POS's feed, read by the real client."""
        return PosCloudFeed(
            connection.pos_account.address,
            lambda _: self.pos_server.token,
            self.clock,
            deadline_ms,
            self.clients.pos,
        )
