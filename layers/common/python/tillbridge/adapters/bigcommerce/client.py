"""ports.store_api.StoreApi over BigCommerce's REST API: one object per store and slice."""

from collections.abc import Iterator, Mapping, Sequence

import requests

from tillbridge.adapters.bigcommerce import categories, images, products, stock, structure, variants
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

    What each call does is in the module of its resource; how it is sent, in `transport`."""

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
        # A frozen function wakes with connections the other side has closed meanwhile: a create
        # sent over one would be lost. Closing empties the pool; the session goes on.
        http.close()
        base = f"{api_url.rstrip('/')}/stores/{store_hash}"
        self._transport = Transport(base, token, clock, deadline_ms, http)

    @property
    def record(self) -> SliceRecord:
        """Where calls are counted."""
        return self._transport.record

    def wait_needed(self, *, urgent: bool) -> float:
        """Seconds to wait before the next call."""
        return self._transport.wait_needed(urgent=urgent)

    def ping(self) -> None:
        """GET /v2/time."""
        self._transport.send(Call("GET", "/time", version="v2"), lambda _: None)

    def highest_id(self) -> StoreProductId:
        """The highest product id there is."""
        return products.highest_id(self._transport)

    def create(self, payload: Json) -> WebProduct:
        """Creates one product."""
        return products.create(self._transport, payload)

    def update_products(self, items: Sequence[Json]) -> Mapping[StoreProductId, str]:
        """Up to 10 products."""
        return products.update(self._transport, items)

    def update_variants(self, items: Sequence[Json]) -> Sequence[WebVariant]:
        """Up to 50 variants."""
        return variants.update(self._transport, items)

    def update_variant(
        self, product: StoreProductId, variant: StoreVariantId, values: Json
    ) -> None:
        """One variant."""
        variants.update_one(self._transport, product, variant, values)

    def set_stock(self, items: Sequence[StockItem]) -> None:
        """Up to 2,000 levels."""
        stock.set_absolute(self._transport, items)

    def assign_channel(self, products: Sequence[StoreProductId], channel: int) -> None:
        """Puts products on a storefront."""
        stock.assign_channel(self._transport, products, channel)

    def find_by_name(self, name: str) -> Sequence[WebProduct]:
        """Products of exactly this name."""
        return products.by_name(self._transport, name)

    def find_by_sku(self, sku: str) -> Sequence[StoreProductId]:
        """Products that have this SKU."""
        return products.by_sku(self._transport, sku)

    def find(self, product: StoreProductId) -> WebProduct | None:
        """One product."""
        return products.find(self._transport, product)

    def walk(self, after: int = 0) -> Iterator[WebProduct]:
        """Every product of a higher id."""
        return products.walk(self._transport, after)

    def categories(self, tree: int) -> Mapping[str, int]:
        """Top-level categories."""
        return categories.of(self._transport, tree)

    def create_categories(self, tree: int, names: Sequence[str]) -> Mapping[str, int]:
        """Creates top-level categories."""
        return categories.create(self._transport, tree, names)

    def options(self, product: StoreProductId) -> Sequence[StoreOption]:
        """The options of a product."""
        return structure.of(self._transport, product)

    def create_option(
        self, product: StoreProductId, name: str, values: Sequence[str]
    ) -> StoreOption:
        """Adds an option."""
        return structure.create_option(self._transport, product, name, values)

    def add_option_value(self, product: StoreProductId, option: int, label: str) -> int:
        """Adds a value to an option."""
        return structure.add_value(self._transport, product, option, label)

    def delete_option(self, product: StoreProductId, option: int) -> None:
        """Removes an option."""
        structure.delete_option(self._transport, product, option)

    def variants(self, product: StoreProductId) -> Sequence[WebVariant]:
        """Every variant of a product."""
        return [each.as_read() for each in variants.of(self._transport, product)]

    def delete_variant(self, product: StoreProductId, variant: StoreVariantId) -> None:
        """Removes a variant."""
        variants.delete(self._transport, product, variant)

    def images(self, product: StoreProductId) -> Sequence[int]:
        """Image ids in their order."""
        return [image.id for image in web_images(images.of(self._transport, product))]

    def add_image(self, product: StoreProductId, image: Json) -> int:
        """Has BigCommerce fetch one image."""
        return images.add(self._transport, product, image)

    def delete_image(self, product: StoreProductId, image: int) -> None:
        """Removes an image."""
        images.delete(self._transport, product, image)
