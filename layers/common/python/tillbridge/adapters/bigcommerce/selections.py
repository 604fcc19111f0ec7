"""The fields that calls request of BigCommerce's records: all such lists in one place."""

from dataclasses import dataclass

from tillbridge.domain.fields import FIELDS, PLAIN_OF_PRODUCTS

_NOT_SELECTED = {"name", "sku", "brand_name"}
"""Not in SCALARS: every product is read with its name and SKU, and a brand's name takes a call of
its own."""

SCALARS = {
    **{e.wire: e.web for e in FIELDS.values() if e.product and e.wire not in _NOT_SELECTED},
    "inventory_level": "level",
}
"""Fields that a call may leave out: BigCommerce's names with those of WebProduct."""

PLAIN = frozenset(PLAIN_OF_PRODUCTS)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a call requests of products: their own fields, and the records to include."""

    fields: tuple[str, ...]
    include: tuple[str, ...] = ("variants",)

    @property
    def query(self) -> dict[str, str]:
        """The query parameters of the call."""
        asked = {"include": ",".join(self.include), "include_fields": ",".join(self.fields)}
        return {name: names for name, names in asked.items() if names}

    @property
    def with_images(self) -> bool:
        """Whether any image is included."""
        return not {"images", "primary_image"}.isdisjoint(self.include)


NAMES = Selection(("name",), ())
"""Names of products or of brands; every record carries its id too."""
SKUS = Selection(("sku",), ())
SKUS_OF_VARIANTS = Selection(("sku", "product_id"), ())
LISTED = Selection(("name", "sku"))
"""Which product holds which name and SKU."""
PLACED = Selection(("name", "sku"), ("variants", "images"))
"""What a create made, or an earlier create left behind."""
COMPARED = Selection(
    ("name", "sku", *SCALARS),
    ("variants", "primary_image"),
)
"""What reconcile compares and lists."""
COMPARED_WITH_IMAGES = Selection(COMPARED.fields, ("variants", "images"))
"""What a person's push compares."""
WHOLE = Selection((*COMPARED.fields, "categories"), ("variants", "images"))
"""What an import reads and a link compares."""
