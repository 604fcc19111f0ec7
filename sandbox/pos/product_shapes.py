"""The shapes of product files, each known by its header (docs/csv-files.md lists the columns)."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.pos.csv_text import Table
from sandbox.pos.foreign_columns import BIGCOMMERCE, LIGHTSPEED, SQUARE, WOOCOMMERCE
from sandbox.pos.foreign_grouping import by_item, by_order, by_parent
from sandbox.pos.own_columns import OWN
from sandbox.pos.product_columns import Columns
from sandbox.pos.product_grouping import Grouping, by_id
from sandbox.pos.shopify_columns import SHOPIFY, SHOPIFY_FORMER


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of product file: what its columns hold, and which rows are one product."""

    name: str
    columns: Columns
    grouping: Grouping
    all_of: tuple[str, ...]
    """The columns that must all be there."""
    any_of: tuple[str, ...] = ()
    """Columns of which one must be there, where `all_of` are names that others use too."""

    def fits(self, found: Table) -> bool:
        """Return whether a header has this shape."""
        needed = not self.any_of or any(found.has(column) for column in self.any_of)
        return needed and found.has(*self.all_of)


OWN_SHAPE = Shape("", OWN, by_id, ("id", "name"))
"""The POS's own file, which many others look like: see `shape_of`."""

FOREIGN = (
    Shape("a Shopify product file", SHOPIFY, by_id, ("Title", "URL handle")),
    Shape("a Shopify product file", SHOPIFY_FORMER, by_id, ("Handle", "Title")),
    Shape(
        "a WooCommerce product export", WOOCOMMERCE, by_parent, ("ID", "Type", "Name"),
        ("Regular price", "Parent", "Published", "Visibility in catalog", "Is featured?"),
    ),
    Shape(
        "a Lightspeed X-Series product export", LIGHTSPEED, by_id, ("handle", "sku", "name"),
        ("retail_price", "supply_price", "product_category", "variant_option_one_name"),
    ),
    Shape("a Square item library", SQUARE, by_item, ("Item Name", "Variation Name")),
    Shape(
        "a BigCommerce product export", BIGCOMMERCE, by_order, ("Item", "ID", "Name"),
        ("Options", "Current Stock", "Inventory Tracking", "Image URL (Import)", "Price"),
    ),
)  # fmt: skip


def shape_of(found: Table) -> Shape | None:
    """Return the shape of a product file, or None.

    `id` and `name` alone tell little. A file with both is the POS's own only if at least half of
    its further columns are the POS's.
    """
    for shape in FOREIGN:
        if shape.fits(found):
            return shape
    unread = len(OWN.unread(found))
    own = len(found.columns) - unread - len(OWN_SHAPE.all_of)
    return OWN_SHAPE if OWN_SHAPE.fits(found) and own >= unread else None
