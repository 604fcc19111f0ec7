"""How the functions of the path are wired: their real use cases and clients, over tables in memory and both sandboxes."""

from collections.abc import Callable, Sequence
from functools import partial

from sandbox.bigcommerce.server.in_process import ADDRESS
from tests.builders import OWN_ACCOUNT
from tests.fakes.before_images import FakeBeforeImages
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeJobs
from tests.fakes.counters import FakeCounters
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.exact_plans import FakeExactPlans
from tests.fakes.import_queue import FakeImportQueue
from tests.fakes.imports import FakeImports
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.order_events import FakeOrderEvents
from tests.fakes.replaced import FakeReplaced
from tests.fakes.signals import FakeSignals
from tests.house_parts import HouseParts, PosObjects, Tables
from tests.poll_world import KEY
from tests.property.vendor_path.queues import Bus, Signals
from tests.property.vendor_path.vendor import Vendor
from tests.property.vendor_path.web import Web
from tillbridge.adapters.bigcommerce.catalogue import BigCommerceCatalogue
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.adapters.bigcommerce.reader import BigCommerceReader
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.messages.claim_checks import read_claim
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.adapters.pos_epochs import CatalogueInEpoch, PosInEpoch
from tillbridge.adapters.pos_mirror.pos import MirrorPos
from tillbridge.domain.connection import Connection
from tillbridge.usecases.import_products.session import ImportDeps, Warm
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.push.slice.history import Kept
from tillbridge.usecases.push.slice.session import PushDeps
from tillbridge.usecases.record_changes import IntakeDeps
from tillbridge.usecases.store_work import StoreWorkDeps


class Wired:
    """What the functions need. A `World` has its parts."""

    vendor: Vendor
    web: Web
    tables: Tables
    bus: Bus
    signals: Signals
    clock: FakeClock
    dead_letters: FakeDeadLetters
    link_requests: FakeLinkRequests
    imports: FakeImports
    import_queue: FakeImportQueue
    _counters: FakeCounters

    def deliver(self, bodies: Sequence[str]) -> None:
        """Hand messages to intake."""
        raise NotImplementedError

    def _intake(self) -> IntakeDeps:
        claims = partial(read_claim, PosObjects(self.bus.objects), {"memory"})
        return IntakeDeps(
            parts=HouseParts(self.deliver),
            read=lambda body: read_message(body, claims, OWN_ACCOUNT),
            pending=self.tables.pending,
            link_requests=self.link_requests,
            jobs=FakeJobs(),
            stores=self.tables.stores,
            signals=self.signals,
            order_signals=FakeSignals(),
            dead_letters=self.dead_letters,
            clock=self.clock,
        )

    def _push_deps(self) -> StoreWorkDeps:
        tables = self.tables
        return StoreWorkDeps(
            push=PushDeps(
                plans=FakeExactPlans(self.clock),
                pending=tables.pending,
                links=tables.links,
                stores=tables.stores,
                read_model=tables.read_model,
                order_book=tables.order_book,
                order_events=FakeOrderEvents(),
                clock=self.clock,
                history=Kept(tables.history, tables.call_lines, tables.oversold, tables.hours),
                befores=FakeBeforeImages(self.clock),
                in_flight=1,  # - or chance decides which call comes first
            ),
            linking=LinkingDeps(self.link_requests, FakeReplaced(), self._catalogue),
            signals=self.signals,
            open_store=self._opened(BigCommerceStore),
            open_reader=self._opened(BigCommerceReader),
            open_pos=lambda connection, _: PosInEpoch(
                MirrorPos(self.vendor.polls.mirror, KEY), connection.pos_account.epoch
            ),
        )

    def _import_deps(self, answered: Callable[[], None]) -> ImportDeps:
        tables = self.tables
        return ImportDeps(
            links=tables.links,
            imports=self.imports,
            counters=self._counters,
            link_requests=self.link_requests,
            stores=tables.stores,
            pending=tables.pending,
            signals=self.signals,
            queue=self.import_queue,
            read_model=tables.read_model,
            history=tables.history,
            clock=self.clock,
            open_store=self._catalogue,
            open_pos=lambda connection, deadline_ms: CatalogueInEpoch(
                self.vendor.catalogue(deadline_ms, answered), connection.pos_account.epoch
            ),
            warm=Warm(),
        )

    def _opened[T](self, client: Callable[..., T]) -> Callable[[Connection, int], T]:
        def opened(connection: Connection, deadline_ms: int) -> T:
            token = self.web.store.config.token
            return client(
                connection.api_url,
                connection.store_hash,
                lambda _: token,
                self.clock,
                deadline_ms,
                self.web.http,
            )

        return opened

    def _catalogue(self, connection: Connection, deadline_ms: int) -> BigCommerceCatalogue:
        base, token = f"{ADDRESS}/stores/{connection.store_hash}", self.web.store.config.token
        return BigCommerceCatalogue(
            Transport(base, lambda _: token, self.clock, deadline_ms, self.web.http)
        )
