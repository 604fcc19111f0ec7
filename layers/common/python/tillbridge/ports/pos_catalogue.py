"""The POS's catalogue, in which imports create products."""

from collections.abc import Iterator
from typing import Protocol

from tillbridge.domain.errors import Refused
from tillbridge.domain.new_product import CreatedRecord, NewProduct
from tillbridge.ports.pos import Pos
from tillbridge.ports.pos_feed import PosPage


class Taken(Refused):
    """Another product of the POS has this SKU or came from this BigCommerce product.

    `what` is sku_taken or external_id_taken, `holder` the POS id of the product that has it."""

    def __init__(self, what: str, holder: str) -> None:
        super().__init__(409, what)
        self.what = what
        self.holder = holder


class PosCatalogue(Pos, Protocol):
    """Every call may raise PosDown or NeedsAttention; every call may be repeated."""

    def changed(self, since: int) -> Iterator[PosPage]:
        """Yield every page of records newer than version `since`, tombstones too, by ascending
        version."""
        ...

    def ensure_department(self, name: str) -> str:
        """Return the id of the department of this name, and create it if it is missing. There is
        one per name, however many callers ask at once."""
        ...

    def ensure_vendor(self, name: str) -> str:
        """Return the id of the vendor of this name, and create it if it is missing; one per
        name."""
        ...

    def create(self, product: NewProduct) -> CreatedRecord:
        """Create a product, once: for the very same product, return what the first call returned.

        Raise Taken, or Refused with what is wrong with each field."""
        ...
