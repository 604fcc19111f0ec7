"""A BigCommerce store in memory that implements ports.store_api.StoreApi.

It keeps the rules that a connector can break (unique names and SKUs, who tracks stock, limits of a
call), fails on request, and shows the calls it received: `log`, `record.calls`, `violations`."""

import copy
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from tests.fakes.heard import counted
from tests.fakes.scripting import Called
from tests.fakes.store_records import ProductRecord, StoreRecords, VariantRecord, shown_variant
from tests.fakes.store_stock import Stock
from tests.fakes.store_structure import FakeStructure
from tests.fakes.web_orders import FakeWebOrders
from tillbridge.domain.call_sizes import PRODUCTS_A_CALL, STOCK_A_CALL, VARIANTS_A_CALL
from tillbridge.domain.errors import Gone, Refused, TooLarge
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.mapping import Json
from tillbridge.domain.names import name_key
from tillbridge.domain.web_product import WebProduct, WebVariant
from tillbridge.ports.store_api import StockItem

WALKED_AT_ONCE = 250


class FakeStoreApi(FakeStructure):
    """One store. `waits` are the answers to come of `wait_needed` (0 when it is empty).

    `refuses[id]` refuses every write that touches that product; `warns[id]` makes its next write a
    207. A batch of variants takes no `batch_ignores`, and no call for a variant that exists takes
    `every_call_ignores`; both answer 200. With `stock_is_slow`, levels show only after `settle()`.
    """

    def __init__(self, *, stock_is_slow: bool = False) -> None:
        super().__init__()
        self.stock = Stock(self.records, slow=stock_is_slow)
        self.waits: deque[float] = deque()
        self.web_orders = FakeWebOrders()
        self.wait_asked: list[bool] = []
        self.warns: dict[StoreProductId, str] = {}
        self.batch_ignores: frozenset[str] = frozenset()
        self.every_call_ignores: frozenset[str] = frozenset()

    # --- for tests ---------------------------------------------------------------------------

    @property
    def log(self) -> list[Called]:
        """Every call so far, failed ones included."""
        return self.script.log

    @property
    def violations(self) -> list[str]:
        """The calls that ran side by side and must not."""
        return self.script.violations

    def fail_next(
        self,
        method: str,
        error: BaseException | None,
        *,
        applied: bool = False,
        after: int = 0,
        late_s: float | None = None,
    ) -> None:
        """Make the next call of `method` raise `error`; `applied`: after it was carried out;
        `after`: let so many calls of it through first; `late_s`: it is carried out so many seconds
        later. Without an error, it was repeated and then answered."""
        self.script.fail_next(method, error, applied=applied, after=after, late_s=late_s)

    def seed(self, name: str = "A product", sku: str = "", **fields: Any) -> ProductRecord:
        """Make a product as somebody does in the control panel; no call is counted."""
        payload = {"name": name, "sku": sku, "type": "physical", "weight": 0, "price": 1}
        return self.records.create(payload | fields)

    def remove(self, product: StoreProductId) -> None:
        """Delete a product as somebody does in the control panel."""
        del self.records.products[product]

    def settle(self) -> None:
        """Apply the stock writes under way."""
        self.stock.settle()

    def __getitem__(self, product: StoreProductId) -> ProductRecord:
        return self.records.products[product]

    # --- the port ------------------------------------------------------------------------------

    def wait_needed(self, *, urgent: bool) -> float:
        """See StoreApi."""
        self.wait_asked.append(urgent)
        return self.waits.popleft() if self.waits else 0.0

    def unanswered(self) -> int:
        """See StoreApi."""
        return self.script.unanswered()

    def ping(self) -> None:
        """See StoreApi."""
        self._do("ping", "GET /v2/time", (), None, lambda: None)

    def highest_id(self) -> StoreProductId:
        """See StoreApi."""
        return self._do(
            "highest_id",
            "GET /catalog/products",
            (),
            None,
            lambda: max(self.records.products, default=StoreProductId(0)),
        )

    def create(self, payload: Json) -> WebProduct:
        """See StoreApi."""

        def work() -> WebProduct:
            product = self.records.create(payload)
            return product.shown(self.warns.pop(StoreProductId(0), ""))

        return self._do("create", "POST /catalog/products", (), payload, work)

    def update_products(self, items: Sequence[Json]) -> Mapping[StoreProductId, str]:
        """See StoreApi."""
        ids = [StoreProductId(item["id"]) for item in items]

        def work() -> Mapping[StoreProductId, str]:
            _at_most(PRODUCTS_A_CALL, items)
            with _AllOrNothing(self.records, ids):
                for product, item in zip(ids, items, strict=True):
                    self.records.write(self.records.product(product), item)
            return self._warnings(ids)

        return self._do("update_products", "PUT /catalog/products", ids, items, work)

    def update_variants(self, items: Sequence[Json]) -> Sequence[WebVariant]:
        """See StoreApi."""
        ids = [self._owner_of(item) for item in items]

        def work() -> Sequence[WebVariant]:
            _at_most(VARIANTS_A_CALL, items)
            with _AllOrNothing(self.records, ids):
                written = [self._write_variant(item) for item in items]
            return [shown_variant(variant) for variant in written]

        return self._do("update_variants", "PUT /catalog/variants", ids, items, work)

    def update_variant(
        self, product: StoreProductId, variant: StoreVariantId, values: Json
    ) -> WebVariant:
        """See StoreApi."""

        def work() -> WebVariant:
            record = self.records.product(product).variants.get(variant)
            if record is None:
                raise Gone(404, f"Variant {variant} does not exist")
            with _AllOrNothing(self.records, [product]):
                taken = {k: v for k, v in values.items() if k not in self.every_call_ignores}
                self.records.write_variant(record, taken)
            return shown_variant(record)

        template = "PUT /catalog/products/{product_id}/variants/{variant_id}"
        return self._do("update_variant", template, [product], values, work)

    def set_stock(self, items: Sequence[StockItem]) -> None:
        """See StoreApi."""
        ids = [
            item.product or self._owner_of({"id": item.variant})
            for item in items
            if item.product is not None or item.variant is not None
        ]

        def work() -> None:
            _at_most(STOCK_A_CALL, items)
            self.stock.set(items)

        self._do("set_stock", "PUT /inventory/adjustments/absolute", ids, items, work)

    def assign_channel(self, products: Sequence[StoreProductId], channel: int) -> None:
        """See StoreApi."""

        def work() -> None:
            for product in products:
                if product not in self.records.products:
                    raise Refused(422, f"Product {product} does not exist")
            for product in products:
                self.records.product(product).channels.add(channel)

        template = "PUT /catalog/products/channel-assignments"
        self._do("assign_channel", template, products, channel, work)

    def find_by_name(self, name: str) -> Sequence[WebProduct]:
        """See StoreApi."""

        def work() -> Sequence[WebProduct]:
            found = self.records.products.values()
            return [p.listed() for p in found if name_key(p.name) == name_key(name)]

        return self._do("find_by_name", "GET /catalog/products", (), name, work)

    def find_by_sku(self, sku: str) -> Sequence[StoreProductId]:
        """See StoreApi."""
        counted(self.record, "GET /catalog/variants")
        return self._do(
            "find_by_sku",
            "GET /catalog/products",
            (),
            sku,
            lambda: sorted(self.records.holders_of(sku)),
        )

    def find(self, product: StoreProductId) -> WebProduct | None:
        """See StoreApi."""

        def work() -> WebProduct | None:
            found = self.records.products.get(product)
            return found.shown() if found else None

        return self._do("find", "GET /catalog/products/{product_id}", (), product, work)

    def is_listed(self, product: StoreProductId) -> bool:
        """See StoreApi."""
        return self._do(
            "is_listed",
            "GET /catalog/products",
            (),
            product,
            lambda: product in self.records.products,
        )

    def walk(self, after: int = 0) -> Iterator[WebProduct]:
        """See StoreApi; one call for every 250 products."""
        last, more = after, True
        while more:
            found = self._do(
                "walk", "GET /catalog/products", (), last, partial(self._page_after, last)
            )
            yield from found
            more = len(found) == WALKED_AT_ONCE
            last = found[-1].id if found else last

    def _page_after(self, last: int) -> list[WebProduct]:
        rest = sorted(number for number in self.records.products if number > last)
        return [self.records.products[number].listed() for number in rest[:WALKED_AT_ONCE]]

    # --- how it is done -----------------------------------------------------------------------

    def _warnings(self, ids: Iterable[StoreProductId]) -> Mapping[StoreProductId, str]:
        return {product: self.warns.pop(product) for product in ids if product in self.warns}

    def _owner_of(self, item: Json) -> StoreProductId:
        if "product_id" in item:
            return StoreProductId(item["product_id"])
        owners = self.records.products.values()
        return next((p.id for p in owners if item["id"] in p.variants), StoreProductId(0))

    def _write_variant(self, item: Json) -> VariantRecord:
        if item.get("cost_price", 0) is None:
            raise Refused(422, "The cost price is invalid", {"cost_price": "must be a number"})
        if "id" in item:
            variant = self.records.owner(item["id"]).variants[item["id"]]
            ignored = _NOT_IN_BATCH | self.batch_ignores | self.every_call_ignores
            listed = {name: value for name, value in item.items() if name not in ignored}
            self.records.write_variant(variant, listed)
            return variant
        ignored = _NOT_CREATED | self.batch_ignores
        item = {name: value for name, value in item.items() if name not in ignored}
        product = self.records.product(StoreProductId(item["product_id"]))
        return self.records.add_variant(product, item, self._labels(product, item))

    def _labels(self, product: ProductRecord, item: Json) -> tuple[tuple[str, str], ...]:
        pairs: list[tuple[str, str]] = []
        for value in item.get("option_values", []):
            option = product.options.get(value["option_id"])
            labels = {number: label for label, number in option.values.items()} if option else {}
            if option is None or value["id"] not in labels:
                raise Refused(422, "The option values are invalid", {"option_values": "unknown id"})
            pairs.append((option.name, labels[value["id"]]))
        return tuple(pairs)


_NOT_CREATED = frozenset({"mpn", "gtin"})
_NOT_IN_BATCH = _NOT_CREATED | {"sku"}
"""Return what BigCommerce's file of the batch does not list, and therefore is ignored in
silence."""


def _at_most(limit: int, items: Sequence[object]) -> None:
    if len(items) > limit:
        raise TooLarge(413, f"The maximum items allowed in the array is {limit}.")


class _AllOrNothing:
    """Put the products back as they were when a batch is refused."""

    def __init__(self, records: StoreRecords, ids: Iterable[StoreProductId]) -> None:
        self._products = records.products
        self._before = {p: copy.deepcopy(self._products[p]) for p in ids if p in self._products}

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self._products.update(self._before)
