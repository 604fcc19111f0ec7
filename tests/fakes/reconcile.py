"""Fakes of what only reconcile needs, over the fakes that push uses."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace

from tests.fakes.heard import counted
from tests.fakes.links import FakeLinks
from tests.fakes.pos import FakePos
from tests.fakes.store_api import FakeStoreApi
from tests.fakes.store_records import ProductRecord
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.ended_run import EndedRun
from tillbridge.domain.findings import Finding
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.run import Cursors, Request, Run, ended_run
from tillbridge.domain.slices import SliceRecord
from tillbridge.domain.store_facts import StoreFacts
from tillbridge.domain.web_product import NOT_READ, WebProduct
from tillbridge.ports.pos_feed import PosPage
from tillbridge.ports.runs import Place
from tillbridge.ports.store_reader import WebLevels, WebPage


class FakeReader:
    """Reads the records of a FakeStoreApi. `modified[id]`: when a product was last changed; one
    without an entry was changed just now. `page_size` cuts pages; `on_page` runs after each."""

    def __init__(self, web: FakeStoreApi, page_size: int = 250) -> None:
        self._web = web
        self.page_size = page_size
        self.record = SliceRecord()
        self.server_ms = 1_795_262_400_000
        self.told = StoreFacts(currency="USD", money=MoneyFormat("USD", "$"))
        self.facts_refused: Exception | None = None
        self.modified: dict[StoreProductId, int] = {}

    def wait_needed(self, *, urgent: bool) -> float:
        return 0.0

    def now_ms(self) -> int:
        counted(self.record, "GET /v2/time")
        return self.server_ms

    def facts(self) -> StoreFacts:
        counted(self.record, "GET /v2/store")
        if self.facts_refused:
            raise self.facts_refused
        return self.told

    def page(self, after: StoreProductId, changed_since_ms: int = 0) -> WebPage:
        counted(self.record, "GET /catalog/products")
        found = [
            product
            for number, product in sorted(self._web.records.products.items())
            if number > after and self.modified.get(number, self.server_ms) >= changed_since_ms
        ]
        shown = tuple(self._shown(product) for product in found[: self.page_size])
        return WebPage(shown, len(found) <= self.page_size)

    def products(
        self, ids: Sequence[StoreProductId], *, with_images: bool = False
    ) -> Sequence[WebProduct]:
        counted(self.record, "GET /catalog/products")
        self._web.script.carry_out_due()
        products = self._web.records.products
        found = [products[number] for number in ids if number in products]
        if with_images:
            return [product.shown_whole(self._brands()) for product in found]
        return [self._shown(product) for product in found]

    def brands(self, ids: Sequence[int] | None) -> Mapping[int, str]:
        counted(self.record, "GET /catalog/brands")
        return dict(enumerate(self._brands(), start=1))

    def levels(self, location: int, ids: Sequence[StoreProductId]) -> WebLevels:
        counted(self.record, "GET /inventory/locations/{location_id}/items")
        there = self._web.records.products
        return {
            number: {
                variant.id: (product.levels if variant.id == product.base else variant.levels).get(
                    location, 0
                )
                for variant in product.variants.values()
            }
            for number in ids
            if (product := there.get(number)) is not None
        }

    def _shown(self, product: ProductRecord) -> WebProduct:
        # Reconcile does not ask for images.
        whole = product.shown_whole(self._brands())
        return replace(whole, images=NOT_READ)

    def _brands(self) -> list[str]:
        return list(self._web.records.brands.values())


class FakeFeed:
    """The records of a FakePos by version; `settled` as a test sets it, otherwise all of them."""

    def __init__(self, pos: FakePos, page_size: int = 500) -> None:
        self._pos = pos
        self.page_size = page_size
        self.unsettled_from = 2**62
        self.asked: list[int] = []

    def changes(self, since: int) -> PosPage:
        self.asked.append(since)
        newer = sorted(
            (p for p in self._pos.records.values() if p.version > since),
            key=lambda product: product.version,
        )
        page = newer[: self.page_size]
        settled = [p.version for p in page if p.version < self.unsettled_from]
        return PosPage(
            tuple(page),
            page[-1].version if page else since,
            len(newer) > len(page),
            settled[-1] if settled else since,
        )


class FakeLinkList:
    """The POS product that each BigCommerce product of a FakeLinks belongs to."""

    def __init__(self, links: FakeLinks) -> None:
        self._links = links

    def holders_of(self, store: StoreId) -> Iterator[tuple[StoreProductId, PosProductId]]:
        for (of_store, number), product in list(self._links._holders.items()):
            if of_store == store:
                yield number, product


class FakeRuns:
    """Runs, findings, accepted drift and cursors in dicts; `writes` names every write."""

    def __init__(self) -> None:
        self._runs: dict[tuple[StoreId, str], Run] = {}
        self._pages: dict[tuple[StoreId, str, int], Sequence[Finding]] = {}
        self._cursors: dict[StoreId, Cursors] = {}
        self._accepted: dict[StoreId, dict[Place, Accepted]] = {}
        self.compared: dict[StoreId, int] = {}
        self.last: dict[StoreId, EndedRun] = {}
        self.last_full: dict[StoreId, EndedRun] = {}
        self.writes: list[str] = []

    def note_begun(self, store: StoreId, at_ms: int) -> None:
        self.compared.setdefault(store, at_ms)

    def note_ended(self, store: StoreId, run: Run) -> None:
        self.compared[store] = run.ended_ms
        self.last[store] = ended_run(run)
        if run.full:
            self.last_full[store] = ended_run(run)

    def find(self, store: StoreId, run: str) -> Run | None:
        return deepcopy(self._runs.get((store, run)))

    def under_way(self, store: StoreId) -> Run | None:
        return next((run for run in self.recent(store, 1) if not run.ended), None)

    def save(self, store: StoreId, run: Run) -> None:
        self.writes.append("run")
        self._runs[store, run.id] = deepcopy(run)

    def add_page(self, store: StoreId, run: str, page: int, findings: Sequence[Finding]) -> None:
        self.writes.append("findings")
        self._pages[store, run, page] = tuple(findings)

    def page(self, store: StoreId, run: str, page: int) -> Sequence[Finding]:
        return self._pages.get((store, run, page), ())

    def findings(self, store: StoreId, run: Run) -> Iterator[Finding]:
        for page in range(run.pages):
            yield from self.page(store, run.repairs or run.id, page)

    def recent(self, store: StoreId, limit: int) -> Sequence[Run]:
        of_store = [run for (held_by, _), run in self._runs.items() if held_by == store]
        newest = sorted(of_store, key=lambda run: run.id, reverse=True)
        return [deepcopy(run) for run in newest[:limit]]

    def cursors(self, store: StoreId) -> Cursors:
        return self._cursors.get(store, Cursors())

    def save_cursors(self, store: StoreId, cursors: Cursors) -> None:
        self.writes.append("cursors")
        self._cursors[store] = cursors

    def accepted(self, store: StoreId, now_ms: int = 0) -> Mapping[Place, str]:
        known = self._accepted.get(store, {})
        return {place: each.digest for place, each in known.items() if each.holds(now_ms)}

    def all_accepted(self, store: StoreId, product: str) -> Mapping[str, Accepted]:
        """What was accepted of a product, as its row has it: also before people were kept."""
        known = self._accepted.get(store, {}).items()
        return {at: each for (of, at), each in known if of == product}

    def accepted_of(self, store: StoreId, product: str) -> Mapping[str, Accepted]:
        known = self._accepted.get(store, {}).items()
        return {at: each for (of, at), each in known if of == product and (each.by or each.at_ms)}

    def accept(self, store: StoreId, product: str, said: Mapping[str, Accepted]) -> None:
        known = self._accepted.setdefault(store, {})
        known.update({(product, place): each for place, each in said.items()})

    def forget(self, store: StoreId, product: str, places: Sequence[str]) -> None:
        for place in places:
            self._accepted.get(store, {}).pop((product, place), None)


class FakeQueue:
    """Messages in the order they were sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[StoreId, Request]] = []

    def send(self, store: StoreId, request: Request) -> None:
        self.sent.append((store, request))

    def send_all(self, stores: Sequence[StoreId], request: Request) -> Sequence[StoreId]:
        for store in stores:
            self.send(store, request)
        return []
