"""A house: real clients on a sandbox store and a sandbox POS, with tables in memory or real ones.

Events of the sandbox POS go straight into intake as the bus would deliver them, and the store is
drained until nothing is left to do. Time passes only while somebody waits."""

import json
from collections.abc import Sequence
from functools import partial
from itertools import count
from types import TracebackType
from typing import Any, Self

from cli.sides.compare import link_row, settings_row
from cli.sides.kept_orders import judged_by
from cli.verify.model import PosSide, StoreSide, Verdict
from cli.verify.order_model import OrdersSide
from cli.verify.owned import Snapshot
from cli.verify.verify import verify
from sandbox.bigcommerce.lab.web_staff import WebStaff
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import WEB_STAFF
from sandbox.pos.claim_check import MemoryObjects
from sandbox.pos.cloud import PosCloud as SandboxPos
from sandbox.pos.inputs import ProductInput
from sandbox.pos.publisher import Entry
from sandbox.pos.server import PosServer
from tests.builders import OWN_ACCOUNT, a_pos_account
from tests.fakes.before_images import FakeBeforeImages
from tests.fakes.console import FakeJobs
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.exact_plans import FakeExactPlans
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.order_events import FakeOrderEvents
from tests.fakes.order_list import FakeOrderList
from tests.fakes.replaced import FakeReplaced
from tests.fakes.signals import FakeSignals
from tests.house_clients import HouseClients
from tests.house_parts import HouseClock, HouseParts, HouseSignals, PosObjects, Tables
from tests.pushed import says_why
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.messages.claim_checks import read_claim
from tillbridge.adapters.messages.pos_events import read_message
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import PRODUCT_LANES
from tillbridge.domain.link import Link
from tillbridge.domain.view_rows import ViewRow
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.push.slice.history import Kept
from tillbridge.usecases.push.slice.session import PushDeps
from tillbridge.usecases.record_changes import IntakeDeps, record_changes
from tillbridge.usecases.store_work import StoreWorkDeps, work_on_store

STORE = StoreId("demo")
OURS = "tillbridge"
"""The name by which our calls go, unlike the web staff's."""

type Json = dict[str, Any]


class House:
    """A POS and a store that are connected, from entry to exit."""

    def __init__(
        self,
        tables: Tables | None = None,
        settings: Settings | None = None,
        in_flight: int = 3,
        store: StoreServer | None = None,
        clock: HouseClock | None = None,
    ) -> None:
        self.tables = tables or Tables()
        self.settings = settings or Settings()
        self.clock = clock or HouseClock()
        self.signals = HouseSignals(self.clock)
        self.dead_letters = FakeDeadLetters()
        self.link_requests = self.tables.pending.link_requests
        self.replaced = FakeReplaced()
        self.befores = FakeBeforeImages(self.clock)
        self.order_events = FakeOrderEvents()
        self.events: list[Entry] = []
        self.held_back: list[str] | None = None
        self._in_flight = in_flight
        self._given = store
        self._numbers = count(1)
        self._pushed: dict[PosProductId, int] = {}
        self._writes_seen = 0

    def __enter__(self) -> Self:
        objects = MemoryObjects()
        self.store = (self._given or StoreServer(quota="none", stock_delay_ms=20)).start()
        self.pos_server = PosServer(publisher=self, store_ids=(STORE,), objects=objects)
        self.pos_server.start()
        self._owner = new_http_session()
        self._owner.headers.update({"User-Agent": WEB_STAFF, "X-Auth-Token": self.store.token})
        self.clients = HouseClients(self.store, self.pos_server, self.clock)
        self.control = self.store.control
        self.connect(self.settings)
        claims = partial(read_claim, PosObjects(objects), {"memory"})
        self.intake = IntakeDeps(
            parts=HouseParts(self.deliver),
            read=lambda body: read_message(body, claims, OWN_ACCOUNT),
            pending=self.tables.pending,
            link_requests=FakeLinkRequests(),
            jobs=FakeJobs(),
            stores=self.tables.stores,
            signals=self.signals,
            order_signals=FakeSignals(),
            dead_letters=self.dead_letters,
            clock=self.clock,
        )
        self.deps = StoreWorkDeps(
            push=PushDeps(
                plans=FakeExactPlans(self.clock),
                pending=self.tables.pending,
                links=self.tables.links,
                stores=self.tables.stores,
                read_model=self.tables.read_model,
                order_book=self.tables.order_book,
                order_events=self.order_events,
                clock=self.clock,
                history=Kept(
                    self.tables.history,
                    self.tables.call_lines,
                    self.tables.oversold,
                    self.tables.hours,
                ),
                befores=self.befores,
                in_flight=self._in_flight,
            ),
            linking=LinkingDeps(self.link_requests, self.replaced, self.clients.catalogue_at),
            signals=self.signals,
            open_store=self.clients.open_store,
            open_reader=self.clients.open_reader,
            open_pos=self.clients.open_pos,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        silent = self.silent_pushes() if kind is None else []
        self._owner.close()
        self.clients.close()
        self.control.close()
        self.pos_server.stop()
        self.store.stop()
        assert not silent, f"pushed by a person, then neither written nor explained: {silent}"

    # --- what happens ------------------------------------------------------------------------------

    @property
    def pos(self) -> SandboxPos:
        """The POS, with its nine actions."""
        return self.pos_server.cloud

    def connect(self, settings: Settings) -> None:
        """Connect the store, or replace its settings."""
        self.tables.stores.save_connection(
            Connection(
                store=STORE,
                store_hash=self.store.store_hash,
                api_url=self.store.api_url,
                pos_account=a_pos_account(STORE, address=self.pos_server.base_url),
                settings=settings,
            )
        )

    def silent_pushes(self) -> list[str]:
        """Return the products whose last Push by a person ended without a write and without
        words."""
        pushed = list(self._pushed)
        pending = self.tables.pending
        waits = {row.product for lane in PRODUCT_LANES for row in pending.of(STORE, lane, pushed)}
        links = self.tables.links.get(STORE, pushed)
        last = {touch["product_id"]: touch["seq"] for touch in self.control.touches(agent=OURS)}
        return [
            product
            for product, since in self._pushed.items()
            if product not in waits
            and not says_why(links.get(product))
            and not (product not in links and self.link_requests.answered)
            and not (product in links and last.get(links[product].id, -1) >= since)
        ]

    def stocks(self, *products: Json) -> None:
        """Put products into the POS before the test begins, without an event."""
        self.pos.load([ProductInput.model_validate(product) for product in products])

    def has_linked(self, *products: Json) -> None:
        """Put products into the POS and online, linked, before the test begins."""
        self.stocks(*products)
        self.push(*(product["id"] for product in products))
        self.settle()
        for product in products:
            assert self.link(product["id"]).problem is None, self.link(product["id"])
        self.control.reset_counts()

    def push(self, *products: str) -> None:
        """Push products as a person does with the button; a long list goes in parts."""
        self._writes_seen += len(self.control.touches(since=self._writes_seen))
        self._pushed |= dict.fromkeys(map(PosProductId, products), self._writes_seen)
        parts = [products[at : at + 100] for at in range(0, len(products), 100)]
        for number, part in enumerate(parts):
            metadata = {
                "event_id": f"asked-{next(self._numbers):020}",
                "schema_version": "1.0",
                "store_id": STORE,
                "occurred_at": "2026-11-21T12:00:00Z",
                "requested_by": "a person",
            }
            data = {"product_ids": list(part), "total": len(products), "offset": number * 100}
            detail = {"metadata": metadata, "data": data}
            entry = {"source": "tillbridge.cli", "detail-type": "push.requested", "detail": detail}
            self.publish([entry])

    def publish(self, entries: list[Entry]) -> None:
        """Act as the bus: every event reaches intake at once, unless `held_back` collects them."""
        self.events += entries
        bodies = [
            json.dumps({"version": "0", "id": "bus-1", "account": OWN_ACCOUNT, **entry})
            for entry in entries
        ]
        if self.held_back is not None:
            self.held_back += bodies
        else:
            self.deliver(bodies)

    def deliver(self, bodies: Sequence[str]) -> None:
        """Hand messages to intake."""
        record_changes(bodies, self.intake)

    def settle(self, most: int = 60) -> None:
        """Drain until nothing is left to do, wakes included."""
        for _ in range(most):
            if self.signals.signalled:
                self.signals.signalled = False
                work_on_store(STORE, self.deps)
            elif self.signals.wake_at:
                self.control.settle()  # what BigCommerce applies late, it applies while we wait
                self.signals.wake_at.sort()
                wait = (self.signals.wake_at.pop(0) - self.clock.now_ms()) / 1_000
                self.clock.sleep(wait)
                self.deliver([json.dumps({"store_id": STORE})])
            else:
                self.control.settle()
                return
        raise AssertionError(f"not quiet after {most} turns")

    # --- what is seen ------------------------------------------------------------------------------

    def link(self, product: str) -> Link:
        """Return the link of a POS product."""
        id_ = PosProductId(product)
        return self.tables.links.get(STORE, [id_])[id_]

    def is_linked(self, product: str) -> bool:
        """Return whether a POS product has a link that works."""
        found = self.tables.links.get(STORE, [PosProductId(product)])
        return any(link.is_linked and link.problem is None for link in found.values())

    def online(self, product: str) -> Json:
        """Return what BigCommerce shows of a linked product: every field, variants, images,
        channels."""
        number = self.link(product).id
        include = "include=variants,images,custom_fields,modifiers,options"
        found: Json = self.call("GET", f"/catalog/products/{number}?{include}")["data"]
        found["channels"] = [
            row["channel_id"]
            for row in self.call(
                "GET", f"/catalog/products/channel-assignments?product_id:in={number}"
            )["data"]
        ]
        brand = found["brand_id"]
        found["brand"] = (
            self.call("GET", f"/catalog/brands/{brand}")["data"]["name"] if brand else ""
        )
        return found

    def names_online(self) -> list[str]:
        """Return the names of all products of the store."""
        found = self.call("GET", "/catalog/products?limit=250&sort=id")["data"]
        return [product["name"] for product in found]

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Make a call (v3) as somebody who works in BigCommerce, and return its body."""
        url = f"{self.store.api_url}/stores/{self.store.store_hash}/v3{path}"
        answer = self._owner.request(method, url, json=body, timeout=10)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def edits_online(self, product: str, **fields: Any) -> None:
        """Edit a linked product in BigCommerce, as somebody who works there."""
        self.call("PUT", f"/catalog/products/{self.link(product).id}", fields)

    def staff(self, seed: int = 1) -> WebStaff:
        """Return web staff, who fill in what belongs to them."""
        return WebStaff(self.store.api_url, self.store.store_hash, self.store.token, seed)

    def calls(self) -> dict[str, int]:
        """Return the number of our calls by 'METHOD /path/template'."""
        found: dict[str, int] = self.control.counts()["by_agent"].get(OURS, {})
        return found

    def verdict(self, before: Snapshot | None = None) -> Verdict:
        """Return the verdict of `tillbridge verify`, which judges both sides by the articles
        alone."""
        pos = PosSide(self.pos_server.base_url, self.pos_server.token)
        known, _ = self.pos.catalogue.page(0, 1_000_000, include_deleted=True)
        ids = [PosProductId(product.id) for product in known]
        links = self.tables.links.get(STORE, ids).values()
        told = [link_row(link) for link in links]
        connection = self.tables.stores.find(STORE)
        assert connection is not None
        return verify(
            pos,
            self.store_side,
            told,
            settings_row(connection.settings),
            before=before,
            orders=self._orders_side(connection),
            settle_seconds=2,
        )

    def _orders_side(self, connection: Connection) -> OrdersSide | None:
        if connection.settings.web_orders is WebOrderMode.OFF:
            return None
        book = self.tables.order_book
        assert isinstance(book, FakeOrderBook)
        return judged_by(FakeOrderList(book), connection, self.clock.now_ms, patience_ms=0)

    @property
    def store_side(self) -> StoreSide:
        """The store as verify takes it."""
        return StoreSide(self.store.api_url, self.store.store_hash, self.store.token)

    def assert_in_step(self) -> None:
        """Assert that verify finds both sides equal, that nothing is pending, and that no message
        is dead."""
        verdict = self.verdict()
        assert verdict.ok, verdict
        for lane in PRODUCT_LANES:
            assert not self.tables.pending.due(STORE, lane, 2**53, 1)
        assert self.dead_letters.letters == []

    def listed(self, side: str) -> list[ViewRow]:
        """Return the rows of one view: 'pos' or 'web'."""
        return list(self.tables.read_model.every(STORE, side))
