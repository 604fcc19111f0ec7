"""A BigCommerce store as reconcile reads it: whole records, nothing written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.slices import SliceRecord
from tillbridge.domain.web_product import WebProduct

BATCH = 250
"""Products one read by ids takes."""


@dataclass(frozen=True, slots=True)
class WebPage:
    """Products by ascending id; `last`: nothing follows it."""

    products: tuple[WebProduct, ...]
    last: bool


class StoreReader(Protocol):
    """One store. Every call may raise StoreThrottled, StoreDown, NeedsAttention, OutOfTime or
    Refused; none changes anything."""

    @property
    def record(self) -> SliceRecord:
        """Where calls are counted."""
        ...

    def wait_needed(self, *, urgent: bool) -> float:
        """Seconds to wait before the next call, so that 20 % of the quota stays for others."""
        ...

    def now_ms(self) -> int:
        """The store's own clock, epoch milliseconds: GET /v2/time."""
        ...

    def page(self, after: StoreProductId, changed_since_ms: int = 0) -> WebPage:
        """Up to 250 products with a higher id than `after`, with variants; only those changed at
        `changed_since_ms` (the store's clock) or later when it is not 0."""
        ...

    def products(self, ids: Sequence[StoreProductId]) -> Sequence[WebProduct]:
        """Up to 250 products by id; deleted ones are left out."""
        ...

    def brands(self, ids: Sequence[int] | None) -> Mapping[int, str]:
        """Brand names by id: of these, or of every brand (None)."""
        ...

    def levels(self, location: int, ids: Sequence[StoreProductId]) -> Mapping[StoreVariantId, int]:
        """Stock at a location of up to 250 products, by variant (a simple product's base variant).
        Needed only for a location other than the default one, which every record shows."""
        ...
