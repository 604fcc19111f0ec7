"""What the console's use cases need, over fakes; tests give those that they look into."""

from typing import Any

from tests.builders import a_connection
from tests.fakes.before_images import FakeBeforeImages
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeJobs, FakeListing, FakeRequestPlans, FakeRequests
from tests.fakes.dead_letter_boxes import FakeDeadLetterBoxes
from tests.fakes.exact_plans import FakeExactPlans
from tests.fakes.history import FakeCallLines, FakeHistory, FakeLagHours, FakeOversold
from tests.fakes.links import FakeLinks
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.order_list import FakeOrderList
from tests.fakes.pending import FakePending
from tests.fakes.products_kept import FakeProductsKept
from tests.fakes.read_model import FakeReadModel
from tests.fakes.reconcile import FakeRuns
from tests.fakes.removals import FakeRemovals
from tests.fakes.replaced import FakeReplaced
from tests.fakes.settings_versions import FakeSettingsVersions
from tests.fakes.sides_at_first import FakeSides
from tests.fakes.signals import FakeSignals
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tests.fakes.token_box import FakeTokenBox
from tests.fakes.waiting_rows import FakeWaitingRows
from tillbridge.usecases.console.deps import ConsoleDeps


def console_deps(**given: Any) -> ConsoleDeps:
    """Return the ports of a console: those that are given, and fakes of the others with one connected
    store."""
    clock = given.get("clock") or FakeClock()
    rows = given.get("views") or FakeReadModel()
    stores = given.get("stores") or FakeStores([a_connection()])
    pending = given.get("pending") or FakePending()
    history, runs = given.get("history") or FakeHistory(), FakeRuns()
    sides = FakeSides()
    book = FakeOrderBook()
    links = given.get("links") or FakeLinks()
    kept: tuple[Any, ...] = links, rows, pending, given.get("runs") or runs
    fakes = {
        "stores": stores,
        "listing": FakeListing(rows) if isinstance(rows, FakeReadModel) else None,
        "views": rows,
        "links": links,
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
        "befores": FakeBeforeImages(clock),
        "orders": FakeOrderList(book),
        "oversold": FakeOversold(),
        "store_list": FakeStoreList(stores, runs) if isinstance(stores, FakeStores) else None,
        "settings": FakeSettingsVersions(stores) if isinstance(stores, FakeStores) else None,
        "waiting": FakeWaitingRows(pending),
        "signals": FakeSignals(),
        "connections": stores,
        "removals": FakeRemovals(stores) if isinstance(stores, FakeStores) else None,
        "scopes": sides,
        "pos_at_first": lambda _: sides,
        "tokens": FakeTokenBox(),
        "products": FakeProductsKept(*kept),
        "open_lines": book,
        "dead_letters": FakeDeadLetterBoxes(clock),
        "clock": clock,
        "bigcommerce": "https://api.bigcommerce.com",
    }
    return ConsoleDeps(**{**fakes, **given})
