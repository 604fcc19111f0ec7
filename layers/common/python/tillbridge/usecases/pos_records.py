"""The POS's records by id: an id that the POS calls invalid hides no other product's record."""

from collections.abc import Callable, Mapping, Sequence
from itertools import batched

from tillbridge.domain.errors import PosRefused
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.product import Product
from tillbridge.ports.pos import BATCH, Pos
from tillbridge.usecases.bisect import bisect


def pos_records(
    pos: Pos, products: Sequence[PosProductId], before_each: Callable[[], None] = lambda: None
) -> tuple[Mapping[PosProductId, Product], set[PosProductId]]:
    """Return the newest records, read 100 at a time, and the ids that the POS refuses. `before_each`
    is called before each read. Raise PosDown and NeedsAttention."""
    records: dict[PosProductId, Product] = {}
    refused: set[PosProductId] = set()

    def read(ids: Sequence[PosProductId]) -> None:
        before_each()
        records.update(pos.products(ids))

    def refuse_id(product: PosProductId, _: PosRefused) -> None:
        refused.add(product)

    for ids in batched(products, BATCH, strict=False):
        bisect(ids, read, refuse_id, on=PosRefused)
    return records, refused


def pos_record(pos: Pos, product: PosProductId) -> Product | None:
    """Return the newest record of one product; None when the POS has none or calls its id
    invalid."""
    return pos_records(pos, [product])[0].get(product)
