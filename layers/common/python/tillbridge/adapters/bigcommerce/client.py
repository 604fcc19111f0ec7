"""The port StoreApi over BigCommerce's REST API: one object per store and slice."""

from collections.abc import Iterator, Mapping, Sequence

import requests

from tillbridge.adapters.bigcommerce import categories, images, options, products, stock, variants
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.transport import TokenProvider, Transport
from tillbridge.adapters.bigcommerce.wire_product import web_images
from tillbridge.adapters.http import new_http_session
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.mapping import Json
from tillbridge.domain.slices import SliceRecord
from tillbridge.domain.web_product import WebProduct, WebVariant
from tillbridge.ports.clock import Clock
from tillbridge.ports.store_api import StockItem, StoreOption


class BigCommerceStore:
    """The store `store_hash` at `api_url`, callable until `deadline_ms` (epoch ms).

    Each call is documented in the module of its resource; `transport` sends them."""

    def __init__(
        self,
        api_url: str,
        store_hash: str,
        token: TokenProvider,
        clock: Clock,
        deadline_ms: int,
        http: requests.Session | None = None,
    ) -> None:
        http = http if http is not None else new_http_session()
        # A frozen function wakes with connections that the other side has closed meanwhile, and a
        # create sent over one would be lost. Closing empties the pool; the HTTP session stays
        # usable.
        http.close()
        base = f"{api_url.rstrip('/')}/stores/{store_hash}"
        self._transport = Transport(base, token, clock, deadline_ms, http)

    @property
    def record(self) -> SliceRecord:
        """The slice's ledger of calls."""
        return self._transport.record

    def wait_needed(self, *, urgent: bool) -> float:
        """Return the seconds to wait before the next call."""
        return self._transport.wait_needed(urgent=urgent)

    def ping(self) -> None:
        """Call GET /v2/time, to see whether the store answers."""
        self._transport.send(Call("GET", "/time", version="v2"), lambda _: None)

    def highest_id(self) -> StoreProductId:
        """Return the highest product id in the store."""
        return products.highest_id(self._transport)

    def create(self, payload: Json) -> WebProduct:
        """Create one product."""
        return products.create(self._transport, payload)

    def update_products(self, items: Sequence[Json]) -> Mapping[StoreProductId, str]:
        """Update up to 10 products. Return what BigCommerce did not save, by product."""
        return products.update(self._transport, items)

    def update_variants(self, items: Sequence[Json]) -> Sequence[WebVariant]:
        """Update up to 50 variants, and return them in the order of `items`."""
        return variants.update(self._transport, items)

    def update_variant(
        self, product: StoreProductId, variant: StoreVariantId, values: Json
    ) -> None:
        """Update one variant."""
        variants.update_one(self._transport, product, variant, values)

    def set_stock(self, items: Sequence[StockItem]) -> None:
        """Set up to 2,000 stock levels."""
        stock.set_absolute(self._transport, items)

    def assign_channel(self, products: Sequence[StoreProductId], channel: int) -> None:
        """Assign products to a storefront's channel."""
        stock.assign_channel(self._transport, products, channel)

    def find_by_name(self, name: str) -> Sequence[WebProduct]:
        """Return the products of exactly this name."""
        return products.by_name(self._transport, name)

    def find_by_sku(self, sku: str) -> Sequence[StoreProductId]:
        """Return the products that have this SKU, themselves or on a variant."""
        return products.by_sku(self._transport, sku)

    def find(self, product: StoreProductId) -> WebProduct | None:
        """Return one product, or None when it was deleted."""
        return products.find(self._transport, product)

    def walk(self, after: int = 0) -> Iterator[WebProduct]:
        """Yield every product with an id above `after`, by ascending id."""
        return products.walk(self._transport, after)

    def categories(self, tree: int) -> Mapping[str, int]:
        """Return the ids of the top-level categories, by the key of the name."""
        return categories.of(self._transport, tree)

    def create_categories(self, tree: int, names: Sequence[str]) -> Mapping[str, int]:
        """Create top-level categories, and return their ids by the key of the name."""
        return categories.create(self._transport, tree, names)

    def options(self, product: StoreProductId) -> Sequence[StoreOption]:
        """Return the options of a product."""
        return options.of(self._transport, product)

    def create_option(
        self, product: StoreProductId, name: str, values: Sequence[str]
    ) -> StoreOption:
        """Add an option with its values."""
        return options.create_option(self._transport, product, name, values)

    def add_option_value(self, product: StoreProductId, option: int, label: str) -> int:
        """Add a value to an option, and return the value's id."""
        return options.add_value(self._transport, product, option, label)

    def delete_option(self, product: StoreProductId, option: int) -> None:
        """Delete an option."""
        options.delete_option(self._transport, product, option)

    def variants(self, product: StoreProductId) -> Sequence[WebVariant]:
        """Return every variant of a product."""
        return [each.as_read() for each in variants.of(self._transport, product)]

    def delete_variant(self, product: StoreProductId, variant: StoreVariantId) -> None:
        """Delete a variant."""
        variants.delete(self._transport, product, variant)

    def images(self, product: StoreProductId) -> Sequence[int]:
        """Return the image ids of a product in the order shoppers see them."""
        return [image.id for image in web_images(images.of(self._transport, product))]

    def add_image(self, product: StoreProductId, image: Json) -> int:
        """Make BigCommerce fetch one image, and return the image's id."""
        return images.add(self._transport, product, image)

    def delete_image(self, product: StoreProductId, image: int) -> None:
        """Delete an image."""
        images.delete(self._transport, product, image)
