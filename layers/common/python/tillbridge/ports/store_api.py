"""A BigCommerce store, as far as the connector needs it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.mapping import Json
from tillbridge.domain.slices import SliceRecord
from tillbridge.domain.web_product import WebProduct, WebVariant


@dataclass(frozen=True, slots=True)
class StoreOption:
    """An option of a product with its values' ids by label."""

    id: int
    name: str
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StockItem:
    """An absolute level; exactly one of the ids is set, by where the stock is tracked."""

    location: int
    level: int
    product: StoreProductId | None = None
    variant: StoreVariantId | None = None


class StoreApi(Protocol):
    """One store. Every call may raise StoreThrottled, StoreDown, NeedsAttention, OutOfTime or
    Refused (Clash 409, Gone 404, TooLarge 413); creates may raise LostReply."""

    @property
    def record(self) -> SliceRecord:
        """Where calls are counted."""
        ...

    def wait_needed(self, *, urgent: bool) -> float:
        """Seconds to wait before the next call: urgent work may spend the 20 % of the quota that
        is left to other apps."""
        ...

    def ping(self) -> None:
        """The cheapest call that proves the store can be called: GET /v2/time."""
        ...

    def highest_id(self) -> StoreProductId:
        """The highest product id there is; 0 in an empty store."""
        ...

    def create(self, payload: Json) -> WebProduct:
        """Creates one product with variants and images, and returns it as `find` does. Never repeated by
        itself."""
        ...

    def update_products(self, items: Sequence[Json]) -> Mapping[StoreProductId, str]:
        """Up to 10; answers what was not saved, by product (207)."""
        ...

    def update_variants(self, items: Sequence[Json]) -> Sequence[WebVariant]:
        """Update up to 50 by id, or create them with product_id, sku and option_values. What
        `domain/fields.py` calls *alone* is not changed of a variant that exists, nor taken of one that
        is created, but for the SKU."""
        ...

    def update_variant(
        self, product: StoreProductId, variant: StoreVariantId, values: Json
    ) -> None:
        """Change one variant: any of its values. Raise Gone when it was deleted."""
        ...

    def set_stock(self, items: Sequence[StockItem]) -> None:
        """Up to 2,000 absolute levels; applied some time after the answer."""
        ...

    def assign_channel(self, products: Sequence[StoreProductId], channel: int) -> None:
        """Puts products on a storefront; idempotent."""
        ...

    def find_by_name(self, name: str) -> Sequence[WebProduct]:
        """Products of exactly this name: name, SKU and variants."""
        ...

    def find_by_sku(self, sku: str) -> Sequence[StoreProductId]:
        """Products of which this is the SKU, their own or a variant's."""
        ...

    def find(self, product: StoreProductId) -> WebProduct | None:
        """One product: name, SKU, variants and images; None when it was deleted."""
        ...

    def walk(self, after: int = 0) -> Iterator[WebProduct]:
        """Every product of a higher id than `after`, 250 a page, by ascending id: name, SKU and
        variants."""
        ...

    def categories(self, tree: int) -> Mapping[str, int]:
        """Top-level category ids by casefolded name."""
        ...

    def create_categories(self, tree: int, names: Sequence[str]) -> Mapping[str, int]:
        """Creates top-level categories; answers ids by casefolded name."""
        ...

    def options(self, product: StoreProductId) -> Sequence[StoreOption]:
        """The options of a product."""
        ...

    def create_option(
        self, product: StoreProductId, name: str, values: Sequence[str]
    ) -> StoreOption:
        """Adds an option with its values; creates no variants."""
        ...

    def add_option_value(self, product: StoreProductId, option: int, label: str) -> int:
        """Adds a value to an option; answers its id."""
        ...

    def delete_option(self, product: StoreProductId, option: int) -> None:
        """Removes an option; gone already is success."""
        ...

    def variants(self, product: StoreProductId) -> Sequence[WebVariant]:
        """Return every variant of a product, read to the last page; a product without options has one,
        the base variant."""
        ...

    def delete_variant(self, product: StoreProductId, variant: StoreVariantId) -> None:
        """Removes a variant; gone already is success."""
        ...

    def images(self, product: StoreProductId) -> Sequence[int]:
        """Image ids in their order."""
        ...

    def add_image(self, product: StoreProductId, image: Json) -> int:
        """Has BigCommerce fetch one image; answers its id. Never repeated by itself."""
        ...

    def delete_image(self, product: StoreProductId, image: int) -> None:
        """Removes an image; gone already is success."""
        ...
