"""The POS's SKUs and product numbers: what is there already is not imported but offered as a link."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tillbridge.domain.ids import PosProductId
from tillbridge.domain.names import sku_key
from tillbridge.domain.product import Product
from tillbridge.domain.sku import counter_of
from tillbridge.ports.pos_catalogue import PosCatalogue


@dataclass(slots=True)
class PosIndex:
    """Read whole once, then only what changed: 500 products a call."""

    since: int = 0
    highest: int = -1
    """The highest counter among SKUs of our own pattern."""
    _holders: dict[str, set[PosProductId]] = field(default_factory=dict)
    _codes: dict[PosProductId, frozenset[str]] = field(default_factory=dict)

    def refresh(self, pos: PosCatalogue) -> None:
        """Brings it up to the POS's newest version."""
        for record in pos.changed(self.since):
            self._forget(record.id)
            if not record.deleted:
                self._note(record)
            self.since = max(self.since, record.version)

    def holders(self, skus: Iterable[str]) -> set[PosProductId]:
        """POS products that have one of these as SKU or product number, themselves or on a
        variant."""
        found: set[PosProductId] = set()
        for sku in skus:
            if sku.strip():
                found |= self._holders.get(sku_key(sku), set())
        return found

    def _note(self, record: Product) -> None:
        codes = {record.sku, record.product_number}
        for variant in record.variants:
            codes |= {variant.sku, variant.product_number}
        keys = frozenset(sku_key(code) for code in codes if code.strip())
        self._codes[record.id] = keys
        for key in keys:
            self._holders.setdefault(key, set()).add(record.id)
        self.highest = max(
            [self.highest, *(c for key in keys if (c := counter_of(key)) is not None)]
        )

    def _forget(self, product: PosProductId) -> None:
        for key in self._codes.pop(product, ()):
            self._holders[key].discard(product)
