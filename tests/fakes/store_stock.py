"""Stock of the fake store: absolute levels under the id that tracks them, possibly applied
later."""

from collections.abc import Sequence

from tests.fakes.store_records import ProductRecord, StoreRecords
from tillbridge.domain.errors import Refused
from tillbridge.domain.stock import LARGEST
from tillbridge.ports.store_api import StockItem


class Stock:
    """`waiting` holds the levels that were accepted and do not show yet."""

    def __init__(self, records: StoreRecords, *, slow: bool) -> None:
        self._records = records
        self._slow = slow
        self.waiting: list[StockItem] = []

    def set(self, items: Sequence[StockItem]) -> None:
        """Raise Refused, and change nothing, when any item names the wrong id."""
        for item in items:
            self._check(item)
        self.waiting.extend(items)
        if not self._slow:
            self.settle()

    def settle(self) -> None:
        """Apply what waits; levels above the largest, and of what is not tracked, are dropped in
        silence."""
        for item in self.waiting:
            try:
                product = self._product(item)
            except Refused:
                continue  # deleted since
            if product.fields["inventory_tracking"] == "none" or item.level > LARGEST:
                continue
            levels = product.variants[item.variant].levels if item.variant else product.levels
            levels[item.location] = item.level
        self.waiting.clear()

    def _check(self, item: StockItem) -> None:
        if (item.product is None) == (item.variant is None):
            raise Refused(422, "Exactly one of product_id and variant_id must be given")
        if item.level < 0:
            raise Refused(422, "The quantity must not be negative")
        tracking = self._product(item).fields["inventory_tracking"]
        if item.variant is not None and tracking == "product":
            raise Refused(
                422,
                f"Item with variant_id {item.variant} is tracked by product, "
                "please update stock by product id",
            )
        if item.product is not None and tracking == "variant":
            raise Refused(
                422,
                f"Item with product_id {item.product} is tracked by variant, "
                "please update stock by variant id",
            )

    def _product(self, item: StockItem) -> ProductRecord:
        if item.variant is not None:
            return self._records.owner(item.variant)
        if item.product is None or item.product not in self._records.products:
            raise Refused(422, f"Item with product_id {item.product} was not found")
        return self._records.products[item.product]
