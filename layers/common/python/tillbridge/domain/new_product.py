"""A product to create in the POS, within the limits of its contract."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NewVariant:
    """A variant to create in the POS; a price or cost of None follows the product."""

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
    """A product to create in the POS. `external_id` names the BigCommerce product it comes from;
    the POS takes each once. `plain` has the name and value of each text without rules of its own
    (`domain/fields.py`)."""

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
        """Return its own SKU, then its variants'."""
        return (self.sku, *(variant.sku for variant in self.variants))


ADOPTED = -1
"""The version given to a product that an earlier try made and whose answer is lost, or that may have been
edited since it was made: everything in its POS record counts as new."""


@dataclass(frozen=True, slots=True)
class CreatedRecord:
    """The POS's answer to a create: the new product's id, and its version as it was made or ADOPTED."""

    id: str
    version: int
