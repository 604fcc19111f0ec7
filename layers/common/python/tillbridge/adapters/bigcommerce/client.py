"""The port StoreApi over BigCommerce's REST API: one object per store and slice."""

from collections.abc import Iterator, Mapping, Sequence
from typing import override

from tillbridge.adapters.bigcommerce import categories, images, options, products, stock, variants
from tillbridge.adapters.bigcommerce.calls import Call
from tillbridge.adapters.bigcommerce.orders import BigCommerceOrders
from tillbridge.adapters.bigcommerce.store_client import StoreClient
from tillbridge.adapters.bigcommerce.wire_product import web_images
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.mapping import Json
from tillbridge.domain.web_product import WebProduct, WebVariant
from tillbridge.ports.store_api import StockItem, StoreApi, StoreOption


class BigCommerceStore(StoreClient, StoreApi):
    """The store `store_hash` at `api_url`, callable until `deadline_ms` (epoch ms).

    Each call is documented in the module of its resource; `transport` sends them."""

    @property
    @override
    def web_orders(self) -> BigCommerceOrders:
        return BigCommerceOrders.beside(self)

    @override
    def unanswered(self) -> int:
        return self._transport.unanswered()

    @override
    def ping(self) -> None:
        self._transport.send(Call("GET", "/time", version="v2"), lambda _: None)

    @override
    def highest_id(self) -> StoreProductId:
        return products.highest_id(self._transport)

    @override
    def create(self, payload: Json) -> WebProduct:
        return products.create(self._transport, payload)

    @override
    def update_products(self, items: Sequence[Json]) -> Mapping[StoreProductId, str]:
        return products.update(self._transport, items)

    @override
    def update_variants(self, items: Sequence[Json]) -> Sequence[WebVariant]:
        return variants.update(self._transport, items)

    @override
    def update_variant(
        self, product: StoreProductId, variant: StoreVariantId, values: Json
    ) -> WebVariant:
        return variants.update_one(self._transport, product, variant, values)

    @override
    def set_stock(self, items: Sequence[StockItem]) -> None:
        stock.set_absolute(self._transport, items)

    @override
    def assign_channel(self, products: Sequence[StoreProductId], channel: int) -> None:
        stock.assign_channel(self._transport, products, channel)

    @override
    def find_by_name(self, name: str) -> Sequence[WebProduct]:
        return products.by_name(self._transport, name)

    @override
    def find_by_sku(self, sku: str) -> Sequence[StoreProductId]:
        return products.by_sku(self._transport, sku)

    @override
    def find(self, product: StoreProductId) -> WebProduct | None:
        return products.find(self._transport, product)

    @override
    def is_listed(self, product: StoreProductId) -> bool:
        return products.is_listed(self._transport, product)

    @override
    def walk(self, after: int = 0) -> Iterator[WebProduct]:
        return products.walk(self._transport, after)

    @override
    def categories(self, tree: int) -> Mapping[str, int]:
        return categories.of(self._transport, tree)

    @override
    def create_categories(self, tree: int, names: Sequence[str]) -> Mapping[str, int]:
        return categories.create(self._transport, tree, names)

    @override
    def options(self, product: StoreProductId) -> Sequence[StoreOption]:
        return options.of(self._transport, product)

    @override
    def create_option(
        self, product: StoreProductId, name: str, values: Sequence[str]
    ) -> StoreOption:
        return options.create_option(self._transport, product, name, values)

    @override
    def add_option_value(self, product: StoreProductId, option: int, label: str) -> int:
        return options.add_value(self._transport, product, option, label)

    @override
    def delete_option(self, product: StoreProductId, option: int) -> None:
        options.delete_option(self._transport, product, option)

    @override
    def variants(self, product: StoreProductId) -> Sequence[WebVariant]:
        return [each.as_read() for each in variants.of(self._transport, product)]

    @override
    def delete_variant(self, product: StoreProductId, variant: StoreVariantId) -> None:
        variants.delete(self._transport, product, variant)

    @override
    def images(self, product: StoreProductId) -> Sequence[int]:
        return [image.id for image in web_images(images.of(self._transport, product))]

    @override
    def add_image(self, product: StoreProductId, image: Json) -> int:
        return images.add(self._transport, product, image)

    @override
    def delete_image(self, product: StoreProductId, image: int) -> None:
        images.delete(self._transport, product, image)
