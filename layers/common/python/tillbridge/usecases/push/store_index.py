"""The names and SKUs a store has, read before many creates: what is there already becomes a link
candidate instead of a refused POST."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tillbridge.domain.names import name_key, sku_key
from tillbridge.domain.ordering import Key
from tillbridge.ports.store_api import StoreProduct

MANY_CREATES = 20
"""Up to this many creates, a refused POST costs less than reading the store."""

KEEP_MS = 600_000
"""An index older than this is read again. A stale one only costs a refused POST."""


@dataclass(slots=True)
class StoreIndex:
    """Who holds which name and SKU; `read_ms` is when the walk ended."""

    read_ms: int
    holders: dict[Key, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    highest: int = 0

    def add(self, product: StoreProduct) -> None:
        """Notes a product's name and SKUs."""
        self.names[product.id] = product.name
        self.holders[("name", name_key(product.name))] = product.id
        for sku in (product.sku, *(variant.sku for variant in product.variants)):
            if sku.strip():
                self.holders[("sku", sku_key(sku))] = product.id
        self.highest = max(self.highest, product.id)

    def holder(self, keys: Iterable[Key]) -> tuple[Key, int] | None:
        """The first of `keys` that is taken, and by which product."""
        return next(((key, self.holders[key]) for key in keys if key in self.holders), None)
