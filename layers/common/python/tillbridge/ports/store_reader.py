"""A BigCommerce store as reconcile reads it: whole records, and no writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.slices import SliceRecord
from tillbridge.domain.store_facts import StoreFacts
from tillbridge.domain.web_product import WebProduct

BATCH = 250
"""The most ids that one read takes."""


type WebLevels = Mapping[StoreProductId, Mapping[StoreVariantId, int]]
"""The units of products by variant; of a simple product, under its base variant."""


@dataclass(frozen=True, slots=True)
class WebPage:
    """Products by ascending id; `last`: no page follows."""

    products: tuple[WebProduct, ...]
    last: bool


class StoreReader(Protocol):
    """One store. Every call may raise StoreThrottled, StoreDown, NeedsAttention, OutOfTime or
    Refused; none changes anything."""

    @property
    def record(self) -> SliceRecord:
        """Return the record in which calls are counted."""
        ...

    def wait_needed(self, *, urgent: bool) -> float:
        """Return the seconds to wait before the next call. Work that is not urgent leaves 20 % of
        the quota to other apps."""
        ...

    def now_ms(self) -> int:
        """Return the time of the store's own clock in epoch milliseconds: GET /v2/time."""
        ...

    def facts(self) -> StoreFacts:
        """Return what the store says of itself: GET /v2/store."""
        ...

    def page(self, after: StoreProductId, changed_since_ms: int = 0) -> WebPage:
        """Return up to 250 products with an id above `after`, with variants. Unless
        `changed_since_ms` is 0, only those changed then or later (epoch ms of the store's
        clock)."""
        ...

    def products(
        self, ids: Sequence[StoreProductId], *, with_images: bool = False
    ) -> Sequence[WebProduct]:
        """Return up to 250 products by id; deleted ones are left out. `with_images`: with all
        their images."""
        ...

    def brands(self, ids: Sequence[int] | None) -> Mapping[int, str]:
        """Return brand names by id: of these, or of every brand (None)."""
        ...

    def levels(self, location: int, ids: Sequence[StoreProductId]) -> WebLevels:
        """Return the units at a location of up to 250 products. A product's record shows those of the
        default location, too."""
        ...
