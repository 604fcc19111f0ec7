"""The POS's catalogue, in which imports create products."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from tillbridge.domain.errors import Refused
from tillbridge.domain.new_product import CreatedRecord, NewProduct
from tillbridge.domain.product import Product
from tillbridge.ports.pos import Pos
from tillbridge.ports.pos_feed import PosPage

type TakenMark = Literal["sku_taken", "external_id_taken", "name_taken"]
"""`name_taken`: of a POS that takes each name once."""


class Taken(Refused):
    """Another product of the POS has this SKU or this name, or came from this BigCommerce product.
    `holder`: the POS id of the product that has it, '' when the POS does not say."""

    def __init__(self, what: TakenMark, holder: str) -> None:
        super().__init__(409, what)
        self.what = what
        self.holder = holder


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A new product as the POS shows it. `version`: that of the record as it was created, ADOPTED when somebody may have
    edited it since. `with_others`: it has variants that we did not create, for the POS put it to a product that
    it had already."""

    record: Product
    version: int
    with_others: bool = False


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

    def create(self, product: NewProduct, *, again: bool) -> CreatedRecord:
        """Create a product, once: for the very same product, return what the first call returned.

        `again`: an earlier try may have gone through, its answer lost. Who has no key that makes a call
        safe to repeat looks for the product's own marks first, its SKU and where it came from, and returns
        what it finds as ADOPTED. Raise Taken, or Refused with what is wrong with each field."""
        ...

    def read_back(self, made: Sequence[CreatedRecord]) -> Mapping[str, ReadBack]:
        """Return new products by the ids that `create` returned, up to 100; not at all those that the POS
        does not show yet. A POS that shows them some seconds later is waited for, once for all of them."""
        ...
