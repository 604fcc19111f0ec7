"""All that the tables have of one product, for its page: never read for a decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.details.detail import Detail
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import Link
from tillbridge.domain.pending import PendingRow
from tillbridge.domain.view_rows import ViewRow


@dataclass(frozen=True, slots=True)
class ProductKept:
    """What is kept of a product: its link, its rows in both views with their details, the rows of it that wait,
    and the drift that was accepted, by `Difference.place`. `product` is None of a product
    that is in BigCommerce alone, `number` of one that is in the POS alone."""

    product: PosProductId | None
    number: StoreProductId | None
    link: Link | None = None
    pos: ViewRow | None = None
    web: ViewRow | None = None
    pos_detail: Detail | None = None
    web_detail: Detail | None = None
    pending: Sequence[PendingRow] = ()
    accepted: Mapping[str, Accepted] = field(default_factory=dict)


class ProductsKept(Protocol):
    """What is kept of products, two requests for each. May raise RetryLater. What can be no id of a product has
    nothing."""

    def of(self, store: StoreId, product: PosProductId) -> ProductKept:
        """Return what is kept of a product of the POS, and of the one that it is linked to."""
        ...

    def of_number(self, store: StoreId, number: StoreProductId) -> ProductKept:
        """Return what is kept of a product of BigCommerce, and of the one that it is linked to."""
        ...
