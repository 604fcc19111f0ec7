"""The POS's SKUs and product numbers: a product that is there already is offered as a link instead of
being imported."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tillbridge.domain.generated_skus import counter_of
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.names import sku_key
from tillbridge.domain.product import Product
from tillbridge.ports.pos_catalogue import PosCatalogue


@dataclass(slots=True)
class PosIndex:
    """Read whole once, then only what changed: 500 products a call. A read that is cut off goes on
    where it stopped. What is not settled yet is read again each time, because a record of a lower
    version may still appear there (`PosPage.settled`). Keeps hashes, about 100 bytes a code, so that a
    hundred thousand products fit into a function's memory."""

    epoch: int = 0
    """Of the POS account, in which all of it was read."""
    since: int = 0
    """Below this version everything was read."""
    reached: int = 0
    """How far a read came that was cut off; `since` when none was."""
    highest: int = -1
    """The highest counter among SKUs of our own pattern."""
    counted: bool = False
    """Whether the counter was raised above `highest` once."""
    _holders: dict[int, tuple[PosProductId, ...]] = field(default_factory=dict)
    _codes: dict[PosProductId, tuple[int, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of codes it keeps."""
        return len(self._holders)

    def refresh(self, pos: PosCatalogue) -> None:
        """Read what changed, up to the POS's newest version."""
        for page in pos.changed(self.reached):
            for record in page.products:
                if record.unreadable:
                    continue  # what its record said before still holds
                self._forget(record.id)
                if not record.deleted:
                    self._note(record)
            if self.since == self.reached:
                self.since = page.settled
            self.reached = max(self.reached, page.next_version)
        self.reached = self.since

    def holders(self, skus: Iterable[str]) -> set[PosProductId]:
        """Return the POS products that have one of these as SKU or product number, themselves or on
        a variant."""
        found: set[PosProductId] = set()
        for sku in skus:
            if sku.strip():
                found.update(self._holders.get(hash(sku_key(sku)), ()))
        return found

    def _note(self, record: Product) -> None:
        keys = {sku_key(code) for code in record.codes}
        hashes = tuple({hash(key) for key in keys})
        self._codes[record.id] = hashes
        mine = (record.id,)  # one tuple for all its codes: nearly every code has one holder
        for code in hashes:
            others = self._holders.get(code)
            self._holders[code] = (*others, record.id) if others else mine
        self.highest = max(
            [self.highest, *(c for key in keys if (c := counter_of(key)) is not None)]
        )

    def _forget(self, product: PosProductId) -> None:
        for code in self._codes.pop(product, ()):
            left = tuple(each for each in self._holders[code] if each != product)
            if left:
                self._holders[code] = left
            else:
                del self._holders[code]
