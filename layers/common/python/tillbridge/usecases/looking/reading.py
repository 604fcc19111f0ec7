"""The store's products as every look reads them: 250 a call, with their levels and brands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import batched
from typing import Protocol

from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.web_product import WebProduct, WebVariant, known
from tillbridge.ports.store_reader import BATCH, StoreReader

DEFAULT_LOCATION = 1
"""A product's record shows the stock of this location; that of others takes a call of its own."""


class Ask(Protocol):
    """Makes a call to the store when the quota allows it, and repeats it after a 429."""

    def __call__[T](self, call: Callable[[], T], /) -> T:
        """Return what the call returns. Raise OutOfTime when the slice ends before that."""
        ...


@dataclass(slots=True)
class Eyes:
    """What looks at one store. `location`: where its stock is counted. `every_brand`: the first name
    that is needed reads them all. `brands` keeps the names read."""

    reader: StoreReader
    ask: Ask
    location: int
    every_brand: bool = False
    brands: dict[int, str] = field(default_factory=dict)


def shown(
    eyes: Eyes, ids: Sequence[StoreProductId], *, with_images: bool = False
) -> Mapping[StoreProductId, WebProduct]:
    """Return the products that BigCommerce lists now, with levels and brands. One that a list leaves
    out is missing; whether it is gone takes a second look (`domain/looks.py`)."""
    found: list[WebProduct] = []
    for some in batched(ids, BATCH, strict=False):
        read = partial(eyes.reader.products, some, with_images=with_images)
        found += with_levels(eyes, eyes.ask(read))
    named = with_brands(eyes, (product for product in found if not product.unreadable))
    return {product.id: product for product in [*found, *named]}


def with_levels(eyes: Eyes, webs: Sequence[WebProduct]) -> list[WebProduct]:
    """Return up to 250 products with the stock of the connection's location."""
    if eyes.location == DEFAULT_LOCATION or not webs:
        return list(webs)
    ids = [product.id for product in webs]
    found = eyes.ask(partial(eyes.reader.levels, eyes.location, ids))
    levels = {variant: level for of in found.values() for variant, level in of.items()}

    def at_location(variant: WebVariant) -> WebVariant:
        return replace(variant, level=levels.get(variant.id, 0))

    return [
        replace(
            product,
            variants=tuple(map(at_location, product.variants)),
            level=sum(levels.get(each, 0) for each in _holders(product)),
        )
        for product in webs
    ]


def _holders(product: WebProduct) -> list[StoreVariantId]:
    base = [product.base] if product.base is not None else []
    return [*base, *(variant.id for variant in product.variants)]


def with_brands(eyes: Eyes, products: Iterable[WebProduct]) -> list[WebProduct]:
    """Return the products with the names of their brands, each of which is read once. A brand that
    BigCommerce no longer names becomes `#12`, its number."""
    found = list(products)
    _learn(eyes, {known(product.brand_id) for product in found} - {0})
    return [replace(product, brand=_brand(eyes, known(product.brand_id))) for product in found]


def _brand(eyes: Eyes, number: int) -> str:
    return eyes.brands.get(number, f"#{number}") if number else ""


def _learn(eyes: Eyes, brands: set[int]) -> None:
    missing = sorted(brands - eyes.brands.keys())
    if missing and eyes.every_brand and not eyes.brands:
        eyes.brands.update(eyes.ask(partial(eyes.reader.brands, None)))
        missing = sorted(brands - eyes.brands.keys())
    for some in batched(missing, BATCH, strict=False):
        eyes.brands.update(eyes.ask(partial(eyes.reader.brands, some)))
