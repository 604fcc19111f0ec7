"""The sweep over fakes."""

from collections.abc import Mapping

from tests.builders import STORE, a_change, a_connection
from tests.fakes.canary_bus import FakeCanaryBus
from tests.fakes.clock import FakeClock
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.pending import FakePending
from tests.fakes.pending_scan import FakePendingScan
from tests.fakes.reconcile import FakeRuns
from tests.fakes.removals import FakeLeftovers, FakeRemovals
from tests.fakes.signals import FakeSignals
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tillbridge.domain.backlog import LaneBacklog
from tillbridge.domain.connection import StoreState
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.usecases.delete_leftovers import LeftoverDeps
from tillbridge.usecases.sweep import SweepDeps, sweep

OTHER = StoreId("market")
DAMAGED = StoreId("damaged")
GONE = StoreId("gone")
DOWN = {"failures": 3, "state": StoreState.NEEDS_ATTENTION}


class Net:
    """The sweep over fakes, with these stores connected."""

    def __init__(self, *stores: str) -> None:
        self.clock = FakeClock()
        self.stores = FakeStores([a_connection(store) for store in stores or (STORE,)])
        self.pending, self.requests = FakePending(), FakeLinkRequests()
        self.scan = FakePendingScan(self.pending, self.requests)
        self.runs, self.signals = FakeRuns(), FakeSignals()
        self.list = FakeStoreList(self.stores, self.runs)
        self.order_signals = FakeSignals()
        self.canaries = FakeCanaryBus()
        self.removals, self.leftovers = FakeRemovals(self.stores), FakeLeftovers(self.stores)
        self.deps = SweepDeps(
            self.scan,
            self.list,
            self.signals,
            self.order_signals,
            self.clock,
            self.canaries,
            LeftoverDeps(self.removals, self.leftovers, self.list, self.clock),
        )

    def sweeps(self) -> list[StoreId]:
        """Sweep, and return the stores that this signalled."""
        before = len(self.signals.signalled)
        sweep(self.deps)
        return sorted(self.signals.signalled[before:])

    def marks(self, store: StoreId, *products: str, lane: Lane = Lane.CONTENT) -> None:
        self.pending.mark(
            a_change(store=store, lane=lane, product=PosProductId(product)) for product in products
        )

    def backlog(self, store: StoreId = STORE) -> Mapping[str, LaneBacklog] | None:
        (entry,) = [entry for entry in self.list.entries() if entry.store == store]
        return entry.backlog
