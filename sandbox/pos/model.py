"""The POS's immutable records of products, variants and stock levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sandbox.pos.plain_fields import PlainOfProduct, PlainOfVariant


@dataclass(frozen=True, slots=True)
class Named:
    """A department or a vendor."""

    id: str
    name: str
    version: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """A shop or a stock room."""

    id: str
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Barcode:
    """A code a scanner reads; type is UPC, EAN or GTIN."""

    type: str
    code: str


@dataclass(frozen=True, slots=True)
class Level:
    """The stock of one sellable unit at one outlet; `version` is that of the last change."""

    outlet_id: str
    on_hand: Decimal
    committed: Decimal
    version: int


@dataclass(frozen=True, slots=True)
class Option:
    """An option that variants differ by, with its values in order of first appearance."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant(PlainOfVariant):
    """One sellable unit of a product with options. A price of None means the product's price."""

    id: str
    sku: str
    price: Decimal | None
    cost: Decimal | None
    barcodes: tuple[Barcode, ...]
    option_values: tuple[tuple[str, str], ...]
    stock: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Product(PlainOfProduct):
    """One product as of one version. Weight in kilograms, dimensions in centimetres."""

    id: str
    version: int
    updated_at: str
    deleted_at: str | None
    sku: str
    name: str
    description_html: str
    department: Named | None
    vendor: Named | None
    price: Decimal
    cost: Decimal | None
    currency: str
    barcodes: tuple[Barcode, ...]
    track_stock: bool
    stock: tuple[Level, ...]
    weight: Decimal | None
    dimensions: tuple[Decimal, Decimal, Decimal] | None
    images: tuple[str, ...]
    options: tuple[Option, ...]
    variants: tuple[Variant, ...]
    active: bool
    external_ids: Mapping[str, str] = field(default_factory=dict)

    def skus(self) -> tuple[str, ...]:
        """Return every SKU of this product and its variants, its own first."""
        return (self.sku, *(variant.sku for variant in self.variants))
