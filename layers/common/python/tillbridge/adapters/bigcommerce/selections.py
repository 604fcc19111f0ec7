"""What calls ask of BigCommerce's records: every list of fields there is."""

from dataclasses import dataclass

from tillbridge.domain.fields import FIELDS, PLAIN_OF_PRODUCTS

_NOT_SELECTED = {"name", "sku", "brand_name"}
"""Names and SKUs come with every product, a brand's name in a call of its own."""

SCALARS = {
    **{e.wire: e.web for e in FIELDS.values() if e.product and e.wire not in _NOT_SELECTED},
    "inventory_level": "level",
    "type": "kind",
}
"""BigCommerce's names of the fields that a call may leave out, with WebProduct's."""

PLAIN = frozenset(PLAIN_OF_PRODUCTS)


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
    def with_images(self) -> bool:
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
    ("name", "sku", *(name for name in SCALARS if name != "type")),
    ("variants", "primary_image"),
)
"""What reconcile compares and lists."""
WHOLE = Selection((*COMPARED.fields, "categories", "type"), ("variants", "images"))
"""What an import takes in and a link compares."""
