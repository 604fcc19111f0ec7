"""A POS in memory: it returns the records it was given, notes which were read, and fails on
request."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from tillbridge.domain.errors import PosRefused, TillbridgeError
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.product import Product
from tillbridge.ports.pos import BATCH


class FakePos:
    """Keeps the newest record of each product.

    `reads` holds the ids of each read; `stale` answers once per entry instead of the newest record (None: not at all).
    `finds_invalid` holds ids: a read with one of them is refused whole.
    """

    def __init__(self, products: Iterable[Product] = ()) -> None:
        self.records: dict[PosProductId, Product] = {}
        self.finds_invalid: set[PosProductId] = set()
        self.reads: list[tuple[PosProductId, ...]] = []
        self.stale: dict[PosProductId, deque[Product | None]] = {}
        self._failures: deque[TillbridgeError] = deque()
        for product in products:
            self.save(product)

    def save(self, product: Product) -> None:
        """Make this the newest record of its product."""
        self.records[product.id] = product

    def forget(self, product: PosProductId) -> None:
        """Make a product unknown, as if it had never been there."""
        del self.records[product]

    def read_stale(self, product: Product) -> None:
        """Return `product` from the next read of it, instead of the newest record."""
        self.stale.setdefault(product.id, deque()).append(product)

    def leave_out(self, product: PosProductId, times: int = 1) -> None:
        """Leave a product out of the next reads that ask for it, though it is there."""
        self.stale.setdefault(product, deque()).extend([None] * times)

    def fail_next(self, error: TillbridgeError, times: int = 1) -> None:
        """Raise `error` from the next reads."""
        self._failures.extend([error] * times)

    @property
    def read_ids(self) -> list[PosProductId]:
        """Every id read so far, in order, repeats included."""
        return [product for read in self.reads for product in read]

    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        """See ports.pos.Pos."""
        assert len(ids) <= BATCH, f"{len(ids)} ids in one read; the port takes {BATCH}"
        self.reads.append(tuple(ids))
        if self._failures:
            raise self._failures.popleft()
        if self.finds_invalid & set(ids):
            raise PosRefused("The POS refuses to return these products (status 422).")
        known = [product for product in dict.fromkeys(ids) if product in self.records]
        shown = {product: self._shown(product) for product in known}
        return {product: record for product, record in shown.items() if record is not None}

    def _shown(self, product: PosProductId) -> Product | None:
        # None leaves it out of the answer.
        stale = self.stale.get(product)
        return stale.popleft() if stale else self.records[product]
