"""A world of fakes in which BigCommerce products come into the POS, and are pushed afterwards."""

from collections.abc import Callable
from typing import Any

from tests.arrivals import arrivals
from tests.builders import STORE
from tests.fakes.counters import FakeCounters
from tests.fakes.import_queue import FakeImportQueue
from tests.fakes.imports import FakeImports
from tests.fakes.pos_catalogue import FakePosCatalogue
from tests.fakes.store_catalogue import FakeStoreCatalogue
from tests.fakes.store_records import ProductRecord
from tests.world import World
from tillbridge.adapters.pos_epochs import CatalogueInEpoch
from tillbridge.domain.events import Event, changes
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.import_messages import Ask, PageMessage
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.usecases.import_products.import_message import import_message
from tillbridge.usecases.import_products.session import ImportDeps, Warm

SOCK_SIZES = [
    {"sku": "SOCK-S", "option_values": [{"option_display_name": "Size", "label": "S"}]},
    {"sku": "SOCK-M", "option_values": [{"option_display_name": "Size", "label": "M"}]},
]


class ImportWorld(World):
    """The world of pushes, with a POS in which products can be made."""

    def __post_init__(self) -> None:
        self.pos: FakePosCatalogue = FakePosCatalogue()
        super().__post_init__()
        self.catalogue = FakeStoreCatalogue(self.web)
        self.counters = FakeCounters()
        self.imports = FakeImports()
        self.queue = FakeImportQueue()
        self.import_deps = self.deps_with(lambda port: port)
        self.pos.after_create = self._after_create

    def deps_with(self, wrap: Callable[[Any], Any]) -> ImportDeps:
        """Return the dependencies of a cold function `import`, with every port wrapped."""
        return ImportDeps(
            links=wrap(self.links),
            imports=wrap(self.imports),
            counters=wrap(self.counters),
            link_requests=wrap(self.link_requests),
            stores=wrap(self.stores),
            pending=wrap(self.pending),
            signals=wrap(self.signals),
            queue=wrap(self.queue),
            read_model=wrap(self.read_model),
            history=wrap(self.history),
            clock=self.clock,
            open_store=lambda *_: wrap(self.catalogue),
            open_pos=lambda connection, _: CatalogueInEpoch(
                wrap(self.pos), connection.pos_account.epoch
            ),
            warm=Warm(),
        )

    def sells(self, name: str, sku: str = "", **fields: Any) -> ProductRecord:
        """Put a product into BigCommerce alone."""
        return self.web.seed(name, sku, **fields)

    def ask_for(self, *products: ProductRecord, request: str = "r", **narrowed: str) -> None:
        """Ask for an import, by products, by filter or for all."""
        ask = Ask(tuple(product.id for product in products), **narrowed)
        self.queue.put(PageMessage(request, STORE, ask))

    def import_until_quiet(self) -> None:
        """Work on everything that waits."""
        for _ in range(500):
            while self.queue.waiting:
                import_message(self.queue.waiting.popleft(), self.import_deps)
            if not self.queue.delayed:
                return
            self.queue.time_passes()
        raise AssertionError("the import never ends")

    def imports_all(self, **narrowed: str) -> None:
        """Import what is asked for, then drain until nothing is left to do."""
        self.ask_for(**narrowed)
        self.import_until_quiet()
        self.push_until_quiet()
        self.web.log.clear()

    def link_of(self, record: ProductRecord) -> Link:
        """Return the link of a BigCommerce product."""
        return self.link(self.links.holders(STORE, [record.id])[record.id])

    def in_pos(self, record: ProductRecord) -> Product:
        """Return the POS product that a BigCommerce product became."""
        return self.pos.records[self.link_of(record).product]

    def edits(self, record: ProductRecord, **changes_: Any) -> None:
        """Edit an imported product in the POS, which sends its event."""
        self.says_saved(self.pos.edit(self.link_of(record).product, **changes_))

    def _after_create(self, product: PosProductId) -> None:
        # The POS sends an event of our own create too, before we can link it.
        self.says_saved(self.pos.records[product])

    def says_saved(self, record: Product) -> None:
        """Have the POS send its event of a record."""
        at = self.clock.now_ms()
        event = Event("e", STORE, "product.saved", at, ((record.id, record.version),))
        self.pending.mark(changes(event, arrivals(self.clock)))
