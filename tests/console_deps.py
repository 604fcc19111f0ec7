"""What the console's use cases need, over fakes; tests give those that they look into."""

from typing import Any

from tests.builders import a_connection
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeJobs, FakeListing, FakeRequestPlans, FakeRequests
from tests.fakes.exact_plans import FakeExactPlans
from tests.fakes.history import FakeCallLines, FakeHistory, FakeLagHours, FakeOversold
from tests.fakes.links import FakeLinks
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.order_list import FakeOrderList
from tests.fakes.pending import FakePending
from tests.fakes.read_model import FakeReadModel
from tests.fakes.reconcile import FakeRuns
from tests.fakes.replaced import FakeReplaced
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tillbridge.usecases.console.deps import ConsoleDeps


def console_deps(**given: Any) -> ConsoleDeps:
    """Return the ports of a console: those that are given, and fakes of the others with one connected
    store."""
    clock = given.get("clock") or FakeClock()
    rows = given.get("views") or FakeReadModel()
    stores = given.get("stores") or FakeStores([a_connection()])
    pending, history, runs = FakePending(), given.get("history") or FakeHistory(), FakeRuns()
    fakes = {
        "stores": stores,
        "listing": FakeListing(rows) if isinstance(rows, FakeReadModel) else None,
        "views": rows,
        "links": FakeLinks(),
        "pending": pending,
        "jobs": FakeJobs(),
        "plans": FakeRequestPlans(clock),
        "exact": FakeExactPlans(clock),
        "requests": FakeRequests(),
        "history": history,
        "calls": FakeCallLines(),
        "hours": FakeLagHours(),
        "runs": runs,
        "replaced": FakeReplaced(),
        "orders": FakeOrderList(FakeOrderBook()),
        "oversold": FakeOversold(),
        "store_list": FakeStoreList(stores, runs) if isinstance(stores, FakeStores) else None,
        "clock": clock,
    }
    return ConsoleDeps(**{**fakes, **given})
