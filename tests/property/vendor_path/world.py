"""The whole path of a vendor's POS in one process and in virtual time: a shop on X-Series, its webhooks, polls, mirror and
events; intake and pushes; a strict BigCommerce store."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, override

from sandbox.bigcommerce.server.in_process import ADDRESS
from sandbox.pos.model import Level, Product
from tests.builders import OWN_ACCOUNT
from tests.fakes.counters import FakeCounters
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.import_queue import FakeImportQueue
from tests.fakes.imports import FakeImports
from tests.fakes.links import FakeLinks
from tests.fakes.stores import FakeStores
from tests.house_parts import Tables
from tests.knife.knife import Kill, Knife, under
from tests.lightspeed_imports import Killed, dies_after
from tests.poll_world import KEY
from tests.property.vendor_path.queues import Bus, Signals
from tests.property.vendor_path.vendor import STORE, Vendor
from tests.property.vendor_path.web import Web, in_virtual_time
from tests.property.vendor_path.wiring import Wired
from tillbridge.adapters.messages.pos_news import BusPosNews
from tillbridge.domain.connection import Connection, Settings
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.import_messages import Ask, PageMessage
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link
from tillbridge.domain.link_requests import LinkEvent, LinkRequestKind
from tillbridge.usecases.import_products.import_message import import_message
from tillbridge.usecases.record_changes import record_changes
from tillbridge.usecases.store_work import work_on_store

REDELIVERED_S = 130
"""So long after a kill the queue hands a store's signal out again."""


def stock_of(product: Product) -> dict[str, tuple[Level, ...]]:
    """Return the levels of each unit that a shop's product has, by the unit's id."""
    return {each.id: each.stock for each in product.variants} or {product.id: product.stock}


class World(Wired):
    """Open it before anything happens. `saves`, `made` and `renamed` count what the shop did, `refused` what it would not
    do; `vanished`: products that are gone without a tombstone.
    Of BigCommerce's products, `edited` are those of which people there edited what the POS owns, `foreign` those that people
    made, `unlinked` those whose link a person ended. `others_spent`: somebody else spent our app's quota.
    `short_pages`: the vendor gave shorter pages than before, so that a poll may end within a family.
    `opened`: the levels with which the shop's products began that imports made, by unit."""

    def __init__(self, settings: Settings, **config: Any) -> None:
        self.saves = self.made = self.renamed = self.refused = 0
        self.vanished: set[str] = set()
        self.others_spent = self.short_pages = False
        self.edited: set[int] = set()
        self.foreign: set[int] = set()
        self.unlinked: set[int] = set()
        self.opened: dict[str, dict[str, tuple[Level, ...]]] = {}
        self.backups = self.web_made = 0
        self.before_staff: Callable[[], None] = lambda: None
        self.after_staff: Callable[[], None] = lambda: None
        self.settings = settings
        self.bus = Bus()
        news = BusPosNews(lambda: self.bus, "bus", lambda: self.bus, "memory")  # type: ignore[arg-type,return-value]  # - the two calls of AWS that it makes
        self.vendor = Vendor(news, **config)
        self.clock = self.vendor.clock
        self.web = Web(self.clock)
        self.tables = Tables()
        self.links = self.tables.links
        assert isinstance(self.links, FakeLinks)
        self.signals = self.vendor.polls.signals = Signals(self.clock)  # type: ignore[assignment]  # - the port's
        self.dead_letters = FakeDeadLetters()
        self.link_requests = self.tables.pending.link_requests
        self._numbers = count(1)
        self.tables.stores.save_connection(
            Connection(
                STORE,
                self.web.store.config.store_hash,
                ADDRESS,
                self.vendor.polls.accounts.accounts[KEY],
                settings=settings,
            )
        )
        self.intake = self._intake()
        self.imports, self.import_queue, self._counters = (
            FakeImports(),
            FakeImportQueue(),
            FakeCounters(),
        )
        self.push_deps = self._push_deps()

    @contextmanager
    def open(self) -> Iterator["World"]:
        """Run both sandboxes by the world's clock, and close what is open at the end."""
        with in_virtual_time(self.clock):
            yield self
        self.vendor.http.close()
        self.web.http.close()
        self.web.store.close()

    # --- what happens by itself --------------------------------------------------------------------

    def minutes(self, number: int = 1) -> None:
        """Let minutes pass: webhooks come, the sweep starts polls, events reach intake, the store is drained."""
        for _ in range(number):
            self.clock.advance(60)
            self.goes_on()
            self.vendor.sweep()
            self.signals.signalled |= bool(
                self.tables.pending.look(STORE, self.clock.now_ms()).oldest
            )  # - the sweep signals stores of which rows are due, too
            self.goes_on()

    def goes_on(self) -> None:
        """Do what waits now."""
        self.vendor.deliver_hooks()
        self.vendor.answer_signals()
        self.take_in()
        self.drain()

    def take_in(self) -> None:
        """Hand the events that wait to intake."""
        waiting, self.bus.waiting = self.bus.waiting, []
        for body in waiting:
            self._note(body)
            self.deliver([body])

    def _note(self, body: str) -> None:
        products = self.intake.read(body)
        for product, version in products.products:  # type: ignore[union-attr]  # - polls tell of products
            told = self.bus.told
            told[product] = max(told.get(product, 0), version or 0)

    @override
    def deliver(self, bodies: Sequence[str]) -> None:
        """Hand messages to intake."""
        record_changes(bodies, self.intake)

    def drain(self, most: int = 100) -> None:
        """Drain the store while it is signalled."""
        for _ in range(most):
            self.signals.wake_due()
            if not self.signals.signalled:
                return
            self.signals.signalled = False
            work_on_store(STORE, self.push_deps)
        raise AssertionError("the store is signalled without an end")

    def die_draining(self, after: int) -> None:
        """Drain the store, and have the function killed after so many port calls."""
        if not self.signals.signalled:
            return
        self.signals.signalled = False
        try:
            work_on_store(STORE, under(Knife(after), self.push_deps))
        except Kill:
            self.signals.wake(STORE, REDELIVERED_S)

    def is_quiet(self) -> bool:
        """Return whether nothing waits, but another try at a picture in some hours."""
        signals, rows = self.signals, self.tables.pending.look(STORE, 2**53).oldest
        waits = signals.signalled or signals.wake_at or self.bus.waiting
        return not (waits or self.vendor.polls.pokes.marks or rows.keys() - {Lane.PICTURES})

    # --- people ------------------------------------------------------------------------------------

    def push(self, *products: str) -> None:
        """Push products as a person does with the button."""
        metadata = {
            "event_id": f"asked-{next(self._numbers):020}",
            "schema_version": "1.0",
            "store_id": STORE,
            "occurred_at": "2026-11-21T12:00:00Z",
            "requested_by": "a person",
        }
        data = {"product_ids": list(products), "total": len(products), "offset": 0}
        event = {"source": "tillbridge.cli", "detail-type": "push.requested"}
        envelope = {"version": "0", "id": "bus-1", "account": OWN_ACCOUNT}
        detail = {"detail": {"metadata": metadata, "data": data}}
        self.deliver([json.dumps(envelope | event | detail)])

    def ask(self, kind: LinkRequestKind, product: str, web: int | None = None) -> None:
        """Ask for a link by hand, or for its end."""
        pair = PosProductId(product), None if web is None else StoreProductId(web)
        event = LinkEvent(f"links-{next(self._numbers)}", STORE, kind, (pair,))
        self.link_requests.put(event.requests(count()))
        self.signals.signal(STORE)

    def import_some(self, webs: tuple[StoreProductId, ...], most: int = 0) -> None:
        """Import products of BigCommerce, or all; `most`: the function is killed after so many vendor calls, and the
        message comes again."""
        queue, calls = self.import_queue, dies_after(most)
        queue.put(PageMessage(f"import-{next(self._numbers)}", STORE, Ask(webs)))
        for _ in range(200):
            if not queue.waiting:
                if not queue.delayed:
                    self._note_opened()
                    return
                self.clock.advance(60)
                self.vendor.sweep()
                self.vendor.answer_signals()
                queue.time_passes()
            try:
                import_message(queue.waiting[0], self._import_deps(calls))
            except Killed:
                calls = dies_after(0)
                self.clock.advance(REDELIVERED_S)
                continue
            queue.waiting.popleft()
        raise AssertionError("the import never ends")

    def _note_opened(self) -> None:
        for product in self.vendor.cloud.catalogue.live():
            if product.external_ids:
                self.opened.setdefault(product.id, stock_of(product))

    def adopt(self) -> None:
        """Have a person say that a POS which went back is right, or a token be read anew that sees more."""
        stores = self.tables.stores
        assert isinstance(stores, FakeStores)
        connection = stores.find(STORE)
        assert connection is not None
        stores.begin_epoch(connection.pos_account)
        self.vendor.begin_epoch()
        stores.settle_went_back(STORE)
        self.vendor.polls.pokes.poke(KEY)
        self.vendor.polls.accounts.notes.pop(KEY, None)

    def staff(self, act: Callable[[], object]) -> None:
        """Have people in BigCommerce do something, whose own values change by it."""
        self.before_staff()
        act()
        self.after_staff()

    # --- what is seen ------------------------------------------------------------------------------

    def every_link(self) -> list[Link]:
        """Return every link."""
        assert isinstance(self.links, FakeLinks)
        return [link for (store, _), link in self.links._links.items() if store == STORE]

    def shop_id(self, member: str) -> str:
        """Return what the shop calls the product of a member, be it gone."""
        self.vendor.note_homes()
        return self.vendor.homes[member]
