"""What calls ask of BigCommerce's records: every list of fields there is."""

from dataclasses import dataclass

SCALARS = {
    "description": "description",
    "price": "price",
    "cost_price": "cost",
    "brand_id": "brand_id",
    "is_visible": "visible",
    "upc": "upc",
    "gtin": "gtin",
    "inventory_tracking": "tracking",
    "inventory_level": "level",
    "type": "kind",
}
"""BigCommerce's names of the fields that a call may leave out, with WebProduct's."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a call asks of products: their own fields, and what comes along."""

    fields: tuple[str, ...]
    include: tuple[str, ...] = ("variants",)

    @property
    def query(self) -> dict[str, str]:
        """The parameters of a call."""
        asked = {"include": ",".join(self.include), "include_fields": ",".join(self.fields)}
        return {name: names for name, names in asked.items() if names}

    @property
    def pictures(self) -> bool:
        """Whether any image comes along."""
        return not {"images", "primary_image"}.isdisjoint(self.include)


NAMES = Selection(("name",), ())
"""Of products, or of brands; an id comes with every record."""
SKUS = Selection(("sku",), ())
SKUS_OF_VARIANTS = Selection(("sku", "product_id"), ())
LISTED = Selection(("name", "sku"))
"""Who holds which name and SKU."""
PLACED = Selection(("name", "sku"), ("variants", "images"))
"""What a create made, or an earlier one left."""
COMPARED = Selection(
    (
        "name",
        "sku",
        "description",
        "price",
        "cost_price",
        "brand_id",
        "is_visible",
        "upc",
        "gtin",
        "inventory_tracking",
        "inventory_level",
    ),
    ("variants", "primary_image"),
)
"""What reconcile compares and lists."""
WHOLE = Selection((*COMPARED.fields, "categories", "type"), ("variants", "images"))
"""What an import takes in and a link compares."""
