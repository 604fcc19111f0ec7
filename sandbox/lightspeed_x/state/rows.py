"""The rows that the account lists: one per variant, one per variant and outlet."""

from dataclasses import dataclass
from decimal import Decimal

from sandbox.pos.model import Product, Variant


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One member of a family at one version; `record` is the shop's product as of then.

    Without a variant it is a simple product. `root_id` is its own id for the family's parent.
    `siblings` counts the members. Times are RFC 3339.
    """

    id: str
    version: int
    record: Product
    variant: Variant | None
    root_id: str
    siblings: int
    created_at: str
    updated_at: str
    deleted_at: str | None

    @property
    def sku(self) -> str:
        """The SKU of this member."""
        return self.variant.sku if self.variant else self.record.sku


@dataclass(frozen=True, slots=True)
class LevelRow:
    """What of one member is available to sell at one outlet, at one version."""

    id: str
    version: int
    product_id: str
    outlet_id: str
    level: Decimal
    deleted_at: str | None
