"""A product as BigCommerce has it: what an import takes in and a link compares."""

from dataclasses import dataclass
from decimal import Decimal

from tillbridge.domain.ids import StoreProductId, StoreVariantId


@dataclass(frozen=True, slots=True)
class WebVariant:
    """A real variant; a price or cost of None follows the product."""

    id: StoreVariantId
    options: tuple[tuple[str, str], ...]
    sku: str = ""
    price: Decimal | None = None
    cost: Decimal | None = None
    upc: str = ""
    gtin: str = ""


@dataclass(frozen=True, slots=True)
class WebImage:
    """An image by its public address."""

    id: int
    url: str


@dataclass(frozen=True, slots=True)
class WebProduct:
    """`category` is the name of the first assigned one, '' without any; `kind` physical or digital;
    a product without options has no variants here. `left_out`: characters of the description that
    did not come along. `level`: units online, of its variants together where it has any."""

    id: StoreProductId
    name: str
    description: str = ""
    sku: str = ""
    price: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    brand: str = ""
    category: str = ""
    upc: str = ""
    gtin: str = ""
    tracking: str = "none"
    visible: bool = True
    kind: str = "physical"
    images: tuple[WebImage, ...] = ()
    variants: tuple[WebVariant, ...] = ()
    left_out: int = 0
    level: int = 0

    @property
    def skus(self) -> tuple[str, ...]:
        """Every SKU it has, blanks left out."""
        return tuple(s for s in (self.sku, *(v.sku for v in self.variants)) if s.strip())
