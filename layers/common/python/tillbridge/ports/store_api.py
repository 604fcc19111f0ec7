"""A BigCommerce store, as far as the connector needs it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.mapping import Json
from tillbridge.domain.slices import SliceRecord
from tillbridge.domain.web_product import WebProduct, WebVariant
from tillbridge.ports.web_orders import WebOrders


@dataclass(frozen=True, slots=True)
class StoreOption:
    """An option of a product with its values' ids by label."""

    id: int
    name: str
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StockItem:
    """An absolute level in units. `product` or `variant` is set, whichever the stock is tracked
    by."""

    location: int
    level: int
    product: StoreProductId | None = None
    variant: StoreVariantId | None = None


class StoreApi(Protocol):
    """One store. Every call may raise StoreThrottled, StoreDown, NeedsAttention, OutOfTime or
    Refused (Clash 409, Gone 404, TooLarge 413); creates may raise LostReply."""

    @property
    def record(self) -> SliceRecord:
        """Return the record in which calls are counted."""
        ...

    def wait_needed(self, *, urgent: bool) -> float:
        """Return the seconds to wait before the next call. Urgent work may spend the 20 % of the
        quota that are left to other apps."""
        ...

    @property
    def web_orders(self) -> WebOrders:
        """Return the store's web orders. Their calls go by the same quota and into the same record."""
        ...

    def unanswered(self) -> int:
        """Return how many writes of the thread that asks have got no usable answer so far, also those
        that were repeated and then answered: BigCommerce may carry each of them out later."""
        ...

    def ping(self) -> None:
        """Make the cheapest call that proves that the store can be called: GET /v2/time."""
        ...

    def highest_id(self) -> StoreProductId:
        """Return the highest product id there is; 0 in an empty store."""
        ...

    def create(self, payload: Json) -> WebProduct:
        """Create one product with variants and images, and return it as `find` does. The call is
        never repeated automatically."""
        ...

    def update_products(self, items: Sequence[Json]) -> Mapping[StoreProductId, str]:
        """Update up to 10 products. Return, by product, what BigCommerce did not save (207)."""
        ...

    def update_variants(self, items: Sequence[Json]) -> Sequence[WebVariant]:
        """Update up to 50 variants by id, or create them with product_id, sku and option_values;
        return them in this order. A value that `domain/fields.py` calls *alone* is not changed on a variant that
        exists, nor taken for a new one, except the SKU."""
        ...

    def update_variant(
        self, product: StoreProductId, variant: StoreVariantId, values: Json
    ) -> WebVariant:
        """Change one variant: any of its values. Return it as the answer shows it. Raise Gone when it
        was deleted."""
        ...

    def set_stock(self, items: Sequence[StockItem]) -> None:
        """Set up to 2,000 absolute levels; BigCommerce applies them some time after its answer."""
        ...

    def assign_channel(self, products: Sequence[StoreProductId], channel: int) -> None:
        """Put products on a storefront; idempotent."""
        ...

    def find_by_name(self, name: str) -> Sequence[WebProduct]:
        """Return the products with exactly this name: name, SKU and variants."""
        ...

    def find_by_sku(self, sku: str) -> Sequence[StoreProductId]:
        """Return the products that have this SKU, their own or a variant's."""
        ...

    def find(self, product: StoreProductId) -> WebProduct | None:
        """Return one product: name, SKU, variants and images; None when it was deleted."""
        ...

    def is_listed(self, product: StoreProductId) -> bool:
        """Return whether the list of products has this one. Raise Gone when the list itself is not
        found: a 404 says nothing of a product."""
        ...

    def walk(self, after: int = 0) -> Iterator[WebProduct]:
        """Yield every product with an id above `after`, by ascending id: name, SKU and variants;
        read 250 per call."""
        ...

    def categories(self, tree: int) -> Mapping[str, int]:
        """Return the top-level category ids by the key of the name."""
        ...

    def create_categories(self, tree: int, names: Sequence[str]) -> Mapping[str, int]:
        """Create top-level categories, and return their ids by the key of the name."""
        ...

    def options(self, product: StoreProductId) -> Sequence[StoreOption]:
        """Return the options of a product."""
        ...

    def create_option(
        self, product: StoreProductId, name: str, values: Sequence[str]
    ) -> StoreOption:
        """Add an option with its values, and return it; create no variants."""
        ...

    def add_option_value(self, product: StoreProductId, option: int, label: str) -> int:
        """Add a value to an option, and return the value's id."""
        ...

    def delete_option(self, product: StoreProductId, option: int) -> None:
        """Delete an option; one that is gone already is success."""
        ...

    def variants(self, product: StoreProductId) -> Sequence[WebVariant]:
        """Return every variant of a product, read to the last page. A product without options has
        one, the base variant."""
        ...

    def delete_variant(self, product: StoreProductId, variant: StoreVariantId) -> None:
        """Delete a variant; one that is gone already is success."""
        ...

    def images(self, product: StoreProductId) -> Sequence[int]:
        """Return the image ids in their order."""
        ...

    def add_image(self, product: StoreProductId, image: Json) -> int:
        """Have BigCommerce fetch one image, and return its id. The call is never repeated
        automatically."""
        ...

    def delete_image(self, product: StoreProductId, image: int) -> None:
        """Delete an image; one that is gone already is success."""
        ...
