"""A house in which BigCommerce's products also come into the POS, with real clients on both
sandboxes."""

from itertools import count
from types import TracebackType
from typing import Any, Self

from tests.fakes.counters import FakeCounters
from tests.fakes.import_queue import FakeImportQueue
from tests.fakes.imports import FakeImports
from tests.harness import STORE, House
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_cloud.catalogue import PosCloudCatalogue
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.import_messages import Ask, PageMessage
from tillbridge.domain.link_requests import LinkAnswer, LinkEvent, LinkRequestKind
from tillbridge.ports.counters import Counters
from tillbridge.ports.imports import Imports
from tillbridge.usecases.import_products.import_message import import_message
from tillbridge.usecases.import_products.session import ImportDeps, Warm

type Json = dict[str, Any]


class ImportHouse(House):
    """`imports.outcomes` holds the outcome of each product."""

    def __enter__(self) -> Self:
        super().__enter__()
        self._maker = new_http_session()
        self.imports = FakeImports()
        self.queue = FakeImportQueue()
        self.pos_calls = 0
        self.import_deps = self.importer(FakeCounters(), self.imports)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._maker.close()
        super().__exit__(kind, error, trace)

    def importer(self, counters: Counters, imports: Imports) -> ImportDeps:
        """Return the dependencies of a cold function `import`."""
        return ImportDeps(
            links=self.tables.links,
            imports=imports,
            counters=counters,
            link_requests=self.link_requests,
            stores=self.tables.stores,
            pending=self.tables.pending,
            signals=self.signals,
            queue=self.queue,
            read_model=self.tables.read_model,
            history=self.tables.history,
            clock=self.clock,
            open_store=self.clients.catalogue_at,
            open_pos=self._catalogue_of_pos,
            warm=Warm(),
        )

    def only_online(self, *products: Json) -> list[int]:
        """Put products into BigCommerce alone, and return their ids."""
        plain = {"type": "physical", "weight": 1, "price": 10, "inventory_tracking": "product"}
        return self.control.seed(products=[plain | product for product in products])

    def import_all(self, request: str = "r") -> None:
        """Import everything that is not linked, as a person does."""
        self.queue.put(PageMessage(request, STORE, Ask()))
        self.work_on_imports()

    def work_on_imports(self) -> None:
        """Run the function `import` until its queue is empty."""
        while self.queue.waiting or self.queue.delayed:
            self.queue.time_passes()
            import_message(self.queue.waiting.popleft(), self.import_deps)

    def people_ask(self, kind: LinkRequestKind, *pairs: tuple[str, int | None]) -> list[LinkAnswer]:
        """Ask for links by hand in one request, let the drain answer it, and return the answers."""
        request = f"request-{len(self.link_requests.answered)}"
        products = tuple(
            (PosProductId(p), None if w is None else StoreProductId(w)) for p, w in pairs
        )
        event = LinkEvent(request, STORE, kind, products)
        self.link_requests.put(event.requests(count()))
        self.signals.signal(STORE)
        self.settle(most=200)
        return self.link_requests.answers_to(request)

    def came_in_as(self, web: int) -> str:
        """Return the POS product that a BigCommerce product became."""
        return self.tables.links.holders(STORE, [StoreProductId(web)])[StoreProductId(web)]

    def in_pos(self, web: int) -> Any:
        """Return the POS's record of a BigCommerce product."""
        return self.pos.catalogue.get(self.came_in_as(web))

    def pos_catalogue(self) -> PosCloudCatalogue:
        """Return the POS as imports and suggestions read it."""
        connection = self.tables.stores.find(STORE)
        assert connection is not None
        return self._catalogue_of_pos(connection, 2**53)

    def _catalogue_of_pos(self, connection: Connection, deadline_ms: int) -> PosCloudCatalogue:
        house = self

        class Counted(PosCalls):
            """Counts the calls it sends."""

            def send(self, call: Any) -> Any:
                house.pos_calls += 1
                return super().send(call)

        token = self.pos_server.token
        calls = Counted(
            connection.pos_account.address, lambda _: token, self.clock, deadline_ms, self._maker
        )
        return PosCloudCatalogue(calls)
