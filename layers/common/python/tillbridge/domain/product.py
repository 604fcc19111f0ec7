"""A product as the POS knows it: the system of record."""

from dataclasses import dataclass, field
from decimal import Decimal

from tillbridge.domain.ids import PosProductId, PosVariantId

NO_VERSION = -1
"""The version of a record that cannot be read and says none."""


@dataclass(frozen=True, slots=True)
class StockLevel:
    """Units of one product or variant at one outlet; both may be negative or fractional."""

    outlet_id: str
    on_hand: Decimal
    committed: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Barcodes:
    """The two barcode fields BigCommerce knows; blank where the POS has none."""

    upc: str = ""
    gtin: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """A sellable unit of a product; a price or cost of None follows the product."""

    id: PosVariantId
    sku: str
    option_values: tuple[tuple[str, str], ...]
    product_number: str = ""
    price: Decimal | None = None
    cost: Decimal | None = None
    barcodes: Barcodes = Barcodes()
    mpn: str = ""
    bin_picking_number: str = ""
    stock: tuple[StockLevel, ...] = ()
    unknown: frozenset[str] = frozenset()

    def knows(self, attribute: str) -> bool:
        """Return whether the POS says anything about this attribute, if only that it is blank."""
        return attribute not in self.unknown


@dataclass(frozen=True, slots=True)
class Product:
    """A product. Without options it has no variants and holds the stock itself.

    `unreadable` says in words why a POS record could not be read; nothing else of it is known, except
    its stock where that could be. Its version is NO_VERSION when it says none.
    `unknown` names the attributes that the POS's record leaves out: they hold a blank here, and no
    blank is sent, compared or held for them."""

    id: PosProductId
    version: int
    name: str
    sku: str = ""
    product_number: str = ""
    description: str = ""
    department: str = ""
    vendor: str = ""
    brand: str = ""
    price: Decimal = Decimal(0)
    cost: Decimal | None = None
    barcodes: Barcodes = Barcodes()
    mpn: str = ""
    bin_picking_number: str = ""
    condition: str = ""
    type: str = ""
    track_stock: bool = True
    stock: tuple[StockLevel, ...] = ()
    weight: Decimal | None = None
    images: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = field(default=())
    active: bool = True
    deleted: bool = False
    unreadable: str = ""
    unknown: frozenset[str] = frozenset()

    def knows(self, attribute: str) -> bool:
        """Return whether the POS says anything about this attribute, if only that it is blank."""
        return attribute not in self.unknown

    @property
    def visible(self) -> bool:
        """Return whether shoppers may see it: inactive and deleted products are hidden online, and
        never deleted there."""
        return self.active and not self.deleted

    @property
    def skus(self) -> tuple[str, ...]:
        """Return every SKU the POS has for it, its variants' too; no blanks."""
        skus = (self.sku, *(variant.sku for variant in self.variants))
        return tuple(sku for sku in skus if sku.strip())

    @property
    def codes(self) -> tuple[str, ...]:
        """Return every SKU and product number, its variants' too; no blanks."""
        numbers = (self.product_number, *(variant.product_number for variant in self.variants))
        return (*self.skus, *(number for number in numbers if number.strip()))

    @property
    def tracking(self) -> str:
        """Return BigCommerce's word for where the stock is counted: none, product or variant."""
        if not self.track_stock:
            return "none"
        return "variant" if self.variants else "product"
