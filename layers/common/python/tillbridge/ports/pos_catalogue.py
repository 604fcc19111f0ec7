"""The POS's catalogue, where imports make products."""

from collections.abc import Iterator
from typing import Protocol

from tillbridge.domain.errors import Refused
from tillbridge.domain.new_product import CreatedRecord, NewProduct
from tillbridge.domain.product import Product
from tillbridge.ports.pos import Pos


class Taken(Refused):
    """Another product of the POS has this SKU or came from this BigCommerce product.

    `what` is sku_taken or external_id_taken, `holder` the POS id of the product that has it."""

    def __init__(self, what: str, holder: str) -> None:
        super().__init__(409, what)
        self.what = what
        self.holder = holder


class PosCatalogue(Pos, Protocol):
    """Every call may raise PosDown or NeedsAttention; every call may be repeated."""

    def changed(self, since: int) -> Iterator[Product]:
        """Every record that is newer than version `since`, tombstones too, ascending; 500 a call."""
        ...

    def ensure_department(self, name: str) -> str:
        """The id of the department of this name, made if it is missing: one per name, however many
        ask at once."""
        ...

    def ensure_vendor(self, name: str) -> str:
        """The same for a vendor."""
        ...

    def create(self, product: NewProduct) -> CreatedRecord:
        """Makes a product, once: for the very same product it answers as it did before.

        Raises Taken, or Refused with what is wrong with each field."""
        ...
