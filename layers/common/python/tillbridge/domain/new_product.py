"""A product to be made in the POS, within the limits of its contract."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NewVariant:
    """A variant to be made."""

    sku: str
    product_number: str
    options: tuple[tuple[str, str], ...]
    price: Decimal | None = None
    cost: Decimal | None = None
    upc: str = ""
    gtin: str = ""
    plain: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NewProduct:
    """`external_id` names the BigCommerce product it comes from; the POS takes each once. `plain` holds
    the name and value of each text that has no rule (`domain/fields.py`)."""

    external_id: str
    name: str
    sku: str
    product_number: str
    description: str
    department_id: str
    vendor_id: str
    brand: str
    price: Decimal
    cost: Decimal | None
    upc: str
    gtin: str
    track_stock: bool
    active: bool
    plain: tuple[tuple[str, str], ...] = ()
    images: tuple[str, ...] = ()
    variants: tuple[NewVariant, ...] = ()

    @property
    def skus(self) -> tuple[str, ...]:
        """Its own SKU first, then its variants'."""
        return (self.sku, *(variant.sku for variant in self.variants))


@dataclass(frozen=True, slots=True)
class CreatedRecord:
    """What the POS answered: the new product's id and version."""

    id: str
    version: int
