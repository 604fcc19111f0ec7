"""A POS in which products can be made; it keeps the promises of
`tillbridge.ports.pos_catalogue`."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import batched
from threading import RLock
from typing import Any

from tests.fakes.pos import FakePos
from tillbridge.domain.errors import Refused, TillbridgeError
from tillbridge.domain.ids import PosProductId, PosVariantId
from tillbridge.domain.importing import as_recorded
from tillbridge.domain.names import sku_key
from tillbridge.domain.new_product import ADOPTED, CreatedRecord, NewProduct
from tillbridge.domain.product import Product
from tillbridge.ports.pos_catalogue import ReadBack, Taken
from tillbridge.ports.pos_feed import PosPage


class FakePosCatalogue(FakePos):
    """`made` holds products in order, `calls` counts by method; `refused_creates` makes creates
    fail for good. `keeps_images_at`: where the POS keeps copies of images, '' when it keeps
    none. Versions from `unsettled_from` on are so young that a lower one may still appear.
    `names_once`: it takes each name once. `knows_no_key`: it cannot tell a create that comes again from a
    new one. `again` has what each create said of that. `put_to_others`: products that it says it put to one that
    it had."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: Counter[str] = Counter()
        self.departments: dict[str, str] = {}
        self.vendors: dict[str, str] = {}
        self.made: list[NewProduct] = []
        self.refused_creates: dict[str, Refused] = {}
        self.taken_skus: set[str] = set()
        self.keeps_images_at = ""
        self.names_the_sku_first = False
        self.names_once = False
        self.knows_no_key = False
        self.again: list[bool] = []
        self.put_to_others: set[PosProductId] = set()
        self.page_size = 500
        self.unsettled_from = 2**62
        self.after_create: Callable[[PosProductId], None] = lambda _: None
        self.trouble: dict[str, list[tuple[TillbridgeError, bool]]] = {}
        self._answers: dict[NewProduct, CreatedRecord] = {}
        self._external: dict[str, PosProductId] = {}
        self._version = 1_000
        self._lock = RLock()

    def fail(self, call: str, error: TillbridgeError, *, applied: bool = False) -> None:
        """Make the next such call raise, before or after it was carried out."""
        self.trouble.setdefault(call, []).append((error, applied))

    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        self.calls["products"] += 1
        return super().products(ids)

    def changed(self, since: int) -> Iterator[PosPage]:
        self.calls["changed"] += 1
        newer = [record for record in self.records.values() if record.version > since]
        newer.sort(key=lambda record: record.version)
        for some in batched(newer, self.page_size, strict=False):
            settled = [r.version for r in some if r.version < self.unsettled_from]
            at_end = some[-1] is newer[-1]
            yield PosPage(some, some[-1].version, not at_end, settled[-1] if settled else since)
            since = some[-1].version

    def ensure_department(self, name: str) -> str:
        return self._ensure("department", self.departments, name)

    def ensure_vendor(self, name: str) -> str:
        return self._ensure("vendor", self.vendors, name)

    def create(self, product: NewProduct, *, again: bool) -> CreatedRecord:
        with self._lock:
            self.calls["create"] += 1
            self.again.append(again)
            error, applied = self._trouble("create")
            if error is not None and not applied:
                raise error
            made = (self._made_before(product) if again else None) or self._create(product)
            if error is not None:
                raise error
        self.after_create(PosProductId(made.id))
        return made

    def read_back(self, made: Sequence[CreatedRecord]) -> Mapping[str, ReadBack]:
        versions = {PosProductId(each.id): each.version for each in made}
        records = self.products(list(versions))
        return {
            product: ReadBack(records[product], versions[product], product in self.put_to_others)
            for product in records
        }

    def edit(self, product: str, **changes: Any) -> Product:
        """Edit a product in the POS, as a person does."""
        with self._lock:
            self._version += 1
            record = replace(self.records[PosProductId(product)], version=self._version, **changes)
            self.save(record)
            return record

    def _made_before(self, product: NewProduct) -> CreatedRecord | None:
        holder = self._external.get(product.external_id) if self.knows_no_key else None
        return CreatedRecord(holder, ADOPTED) if holder else None

    def _create(self, product: NewProduct) -> CreatedRecord:
        if product in self._answers and not self.knows_no_key:
            return self._answers[product]
        names = {record.name: record.id for record in self.records.values()}
        if self.names_once and product.name in names:
            raise Taken("name_taken", names[product.name])
        there = {sku_key(s): r.id for r in self.records.values() for s in _skus(r)}
        if self.names_the_sku_first and sku_key(product.sku) in there:
            raise Taken("sku_taken", there[sku_key(product.sku)])
        if product.external_id in self._external and not self.knows_no_key:
            raise Taken("external_id_taken", self._external[product.external_id])
        for sku in product.skus:
            if sku in self.taken_skus or sku_key(sku) in there:
                raise Taken("sku_taken", there.get(sku_key(sku), "p-other"))
        if product.department_id not in self.departments.values():
            raise Refused(422, "department_not_found")
        if product.product_number in self.refused_creates:
            raise self.refused_creates[product.product_number]
        self._version += 1
        made = CreatedRecord(f"p-{self._version}", self._version)
        record = as_recorded(product, PosProductId(made.id), made.version)
        variants = tuple(
            replace(variant, id=PosVariantId(f"{made.id}~{place}"))
            for place, variant in enumerate(record.variants, 1)
        )
        departments = {number: name for name, number in self.departments.items()}
        department = departments[product.department_id]
        record = replace(record, variants=variants, department=department, vendor="No Vendor")
        if self.keeps_images_at:
            copies = (f"{self.keeps_images_at}{n}" for n, _ in enumerate(record.images, 1))
            record = replace(record, images=tuple(copies))
        self.save(record)
        self.made.append(product)
        self._answers[product] = made
        self._external[product.external_id] = PosProductId(made.id)
        return made

    def _ensure(self, kind: str, book: dict[str, str], name: str) -> str:
        with self._lock:
            self.calls[kind] += 1
            error, _ = self._trouble(kind)
            if error is not None:
                raise error
            return book.setdefault(name.strip(), f"{kind}-{self.calls[kind]}")

    def _trouble(self, call: str) -> tuple[TillbridgeError | None, bool]:
        waiting = self.trouble.get(call)
        return waiting.pop(0) if waiting else (None, False)


def _skus(record: Product) -> list[str]:
    return [record.sku, *(variant.sku for variant in record.variants)]
