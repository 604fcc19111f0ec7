"""A product as the store shows it: what reconcile compares with what push would send."""

from dataclasses import dataclass
from decimal import Decimal

from tillbridge.domain.ids import StoreProductId, StoreVariantId


@dataclass(frozen=True, slots=True)
class ShownVariant:
    """A variant online; a price or cost of None follows the product. A product without options
    has one without `options`, the base variant."""

    id: StoreVariantId
    sku: str = ""
    options: tuple[tuple[str, str], ...] = ()
    price: Decimal | None = None
    cost_price: Decimal | None = None
    upc: str = ""
    gtin: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A product online. `brand` is its brand's id, 0 for none; `level` is the product's own."""

    id: StoreProductId
    name: str
    sku: str = ""
    description: str = ""
    price: Decimal = Decimal(0)
    cost_price: Decimal = Decimal(0)
    brand: int = 0
    visible: bool = True
    upc: str = ""
    gtin: str = ""
    tracking: str = "none"
    level: int = 0
    image: str = ""
    variants: tuple[ShownVariant, ...] = ()

    @property
    def real_variants(self) -> tuple[ShownVariant, ...]:
        """The variants shoppers choose from: not the base variant of a simple product."""
        return tuple(variant for variant in self.variants if variant.options)
