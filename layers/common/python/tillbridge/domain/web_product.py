"""A product as BigCommerce shows it, as far as it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Final

from tillbridge.domain.ids import StoreProductId, StoreVariantId


class NotRead(Enum):
    """The state of a field that a call did not ask for: neither blank nor BigCommerce's null."""

    NOT_READ = "not read"


NOT_READ: Final = NotRead.NOT_READ


class NotReadError(LookupError):
    """Our code used a field of a product that was read without it: a mistake in our code."""


def known[T](value: T | NotRead) -> T:
    """Return a field's value, which the caller knows was read. Raise NotReadError when it was
    not."""
    if isinstance(value, NotRead):
        raise NotReadError("a field of a BigCommerce product was used that was not read")
    return value


@dataclass(frozen=True, slots=True)
class WebVariant:
    """A variant, which always comes whole: None in `price` and `cost` is BigCommerce's null.

    A price of None follows the product. `level` is units at the default location, unless they were
    read for another. `owned` holds what belongs to BigCommerce and has a value: weight, sizes,
    MSRP and sale price, by BigCommerce's names. `unanswered`: the fields that the answer to a write
    lacks; what they are is not known from it."""

    id: StoreVariantId
    sku: str = ""
    options: tuple[tuple[str, str], ...] = ()
    price: Decimal | None = None
    cost: Decimal | None = None
    upc: str = ""
    gtin: str = ""
    mpn: str = ""
    bin_picking_number: str = ""
    level: int = 0
    owned: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    unanswered: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class WebImage:
    """An image; `url` is its public address, '' where BigCommerce shows none."""

    id: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class WebProduct:
    """A product. Its id, name, SKU and variants are always read; any other field is NOT_READ when
    the call did not ask for it, and is then not compared, held, written back or listed.
    BigCommerce's null is the field's blank here: '', 0 or ().

    `variants` are those that shoppers choose from; a product without options has none of them, only
    a `base` variant, which is the product itself. `brand` and `category` are names, which
    BigCommerce lists by id in calls of their own; `category` is the first one's. `type` is physical
    or digital, `tracking` none, product or variant. `level` is the product's own number of units.
    `images` are in the order shoppers see them. `left_out` counts characters of the description
    that an import's message did not carry; `warning` is what a create's answer said was not
    saved. `unreadable` says in words why the record could not be read; then no more than its id is
    known."""

    id: StoreProductId
    name: str
    sku: str = ""
    variants: tuple[WebVariant, ...] = ()
    base: StoreVariantId | None = None
    description: str | NotRead = NOT_READ
    price: Decimal | NotRead = NOT_READ
    cost: Decimal | NotRead = NOT_READ
    brand_id: int | NotRead = NOT_READ
    brand: str | NotRead = NOT_READ
    category: str | NotRead = NOT_READ
    upc: str | NotRead = NOT_READ
    gtin: str | NotRead = NOT_READ
    mpn: str | NotRead = NOT_READ
    bin_picking_number: str | NotRead = NOT_READ
    condition: str | NotRead = NOT_READ
    type: str | NotRead = NOT_READ
    tracking: str | NotRead = NOT_READ
    visible: bool | NotRead = NOT_READ
    level: int | NotRead = NOT_READ
    images: tuple[WebImage, ...] | NotRead = NOT_READ
    thumbnail: str | NotRead = NOT_READ
    left_out: int = 0
    warning: str = ""
    unreadable: str = ""

    @property
    def skus(self) -> tuple[str, ...]:
        """Return every SKU it has, its variants' too; no blanks."""
        return tuple(s for s in (self.sku, *(v.sku for v in self.variants)) if s.strip())

    @property
    def units(self) -> int | NotRead:
        """Return the units online: of its variants together, if it has any, else its own."""
        return sum(v.level for v in self.variants) if self.variants else self.level

    @property
    def image_ids(self) -> tuple[int, ...]:
        """Return the images' ids in their order. Raise NotReadError when they were not read."""
        return tuple(image.id for image in known(self.images))
