"""The rows of the views that a slice's work changes: gathered, and written when a product's work has ended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, override

from tillbridge.domain.connection import Settings
from tillbridge.domain.details.composing import pos_detail, sent_content
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.domain.row_composing import pos_row
from tillbridge.domain.web_orders.accounts import WebUnits
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.clock import Clock
from tillbridge.ports.links import Blocked, Links
from tillbridge.ports.read_model import ReadModel
from tillbridge.usecases.fence import best_effort
from tillbridge.usecases.views import Seen, write_rows

WAIT_MS = 2_000
"""So long rows wait for more: a sale's stock and its content are one row, and a kill loses no more."""

MOST = 250
"""Rows of so many products go at once."""


@dataclass(slots=True)
class SliceViews:
    """What a slice saw and did, as far as the views show it. Tasks in flight share it."""

    store: StoreId
    settings: Settings
    views: ReadModel
    links: Links
    clock: Clock
    _seen: Seen = field(default_factory=Seen)
    _since_ms: int = 0
    _lock: Lock = field(default_factory=Lock)

    def saw(self, record: Product, web_units: WebUnits) -> None:
        """Note a record that the POS showed. Of one that cannot be read, the list keeps what it showed."""
        if record.unreadable:
            return
        with best_effort("listing", self.store, record.id):
            row = pos_row(record, self.settings, web_units)
            with self._lock:
                self._seen.pos[record.id] = row
                self._seen.versions[record.id] = record.version

    def saw_content(self, record: Product) -> None:
        """Note the content of a record that the POS showed; after a sale it is as it was."""
        if record.unreadable:
            return
        with best_effort("listing", self.store, record.id):
            detail = pos_detail(record, self.clock.now_ms())
            with self._lock:
                self._seen.details[record.id] = detail

    def saw_online(self, webs: Iterable[WebProduct]) -> None:
        """Note BigCommerce products that were read."""
        with self._lock:
            self._since_ms = self._since_ms or self.clock.now_ms()
            self._seen.webs |= {web.id: web for web in webs if not web.unreadable}

    def took(self, products: Iterable[PosProductId]) -> None:
        """Note that BigCommerce took something of products."""
        now = self.clock.now_ms()
        with self._lock:
            self._seen.took_ms |= dict.fromkeys(products, now)

    def sent(self, product: PosProductId, values: Mapping[str, Any], *, moved: bool) -> None:
        """Note which content BigCommerce took of a product, named as in `SentContent`; `moved`: other than
        before."""
        with best_effort("listing", self.store, product):
            content = sent_content(values, moved=moved)
            with self._lock:
                self._seen.sent[product] = content

    def link_written(self, link: Link) -> None:
        """Note that a link may say something else now."""
        with self._lock:
            self._since_ms = self._since_ms or self.clock.now_ms()
            self._seen.products.add(link.product)
            if link.id is not None:
                self._seen.numbers.add(link.id)

    def flush_done(self) -> None:
        """Write the rows of products whose links were written, once there are many or they wait for long."""
        with self._lock:
            late = self._since_ms and self.clock.now_ms() - self._since_ms >= WAIT_MS
            if not late and max(len(self._seen.products), len(self._seen.webs)) < MOST:
                return
            done = self._seen
            self._seen = Seen(done.pos, done.versions, details=done.details)
            self._since_ms = 0
            products = done.products | done.took_ms.keys()
            # What other tasks see from now on goes into the same records.
            pos = {each: row for each, row in done.pos.items() if each in products}
            versions = {each: done.versions[each] for each in pos}
            details = {each: found for each, found in done.details.items() if each in products}
        self._write(replace(done, pos=pos, versions=versions, products=products, details=details))

    def flush(self) -> None:
        """Write the rows of everything that was seen or done."""
        with self._lock:
            seen, self._seen, self._since_ms = self._seen, Seen(), 0
        self._write(seen)

    def _write(self, seen: Seen) -> None:
        seen.now_ms = self.clock.now_ms()
        with best_effort("listing", self.store):
            write_rows(self.views, self.links, self.store, self.settings, seen)


@dataclass(frozen=True, slots=True)
class SliceLinks(Links):
    """The links as a slice writes them: the views are told of each that it writes."""

    links: Links
    views: SliceViews

    @override
    def get(self, store: StoreId, products: Sequence[PosProductId]) -> Mapping[PosProductId, Link]:
        return self.links.get(store, products)

    @override
    def holders(
        self, store: StoreId, ids: Sequence[StoreProductId]
    ) -> Mapping[StoreProductId, PosProductId]:
        return self.links.holders(store, ids)

    @override
    def begin(self, store: StoreId, link: Link) -> None:
        self.links.begin(store, link)
        self.views.link_written(link)

    @override
    def linked(self, store: StoreId, link: Link, *, reserved: bool = False) -> None:
        self.links.linked(store, link, reserved=reserved)
        self.views.link_written(link)

    @override
    def reserve(self, store: StoreId, product: StoreProductId) -> None:
        self.links.reserve(store, product)

    @override
    def free(self, store: StoreId, product: StoreProductId) -> None:
        self.links.free(store, product)

    @override
    def unlink(self, store: StoreId, link: Link) -> None:
        self.links.unlink(store, link)
        self.views.link_written(link)

    @override
    def pushed(self, store: StoreId, links: Iterable[Link]) -> Sequence[PosProductId]:
        done = list(links)
        newer = self.links.pushed(store, done)
        self._written(done)
        return newer

    @override
    def stocked(self, store: StoreId, links: Iterable[Link]) -> Sequence[PosProductId]:
        done = list(links)
        newer = self.links.stocked(store, done)
        self._written(done)
        return newer

    @override
    def begin_images(self, store: StoreId, link: Link) -> bool:
        return self.links.begin_images(store, link)

    @override
    def note_images(self, store: StoreId, link: Link) -> None:
        self.links.note_images(store, link)
        self.views.link_written(link)

    @override
    def note_doubts(self, store: StoreId, link: Link) -> None:
        self.links.note_doubts(store, link)

    @override
    def failed(self, store: StoreId, link: Link) -> None:
        self.links.failed(store, link)
        self.views.link_written(link)

    @override
    def fall(self, store: StoreId, before: Link, link: Link) -> None:
        self.links.fall(store, before, link)

    @override
    def blocked_by(self, store: StoreId, holder: str) -> Sequence[Blocked]:
        return self.links.blocked_by(store, holder)

    @override
    def blocked_online(self, store: StoreId) -> Sequence[Blocked]:
        return self.links.blocked_online(store)

    @override
    def unblock(self, store: StoreId, blocked: Iterable[Blocked]) -> None:
        self.links.unblock(store, blocked)

    def _written(self, links: Iterable[Link]) -> None:
        for link in links:
            self.views.link_written(link)
