"""The fields of products and variants: kind, limits and defaults (products_catalog.v3.yml)."""

from typing import Any

from sandbox.bigcommerce.calls.field import SORT_ORDER, Field
from sandbox.bigcommerce.state.settling import MAX_LEVEL

MAX_SIZE = 9_999_999_999


OPEN_GRAPH = (
    "product", "album", "book", "drink", "food", "game", "movie", "song", "tv_show",
)  # fmt: skip
# The tax classes of a new store: default, non-taxable, shipping, gift wrapping.
TAX_CLASSES = range(4)


def _text(high: int | None = None, default: str = "", low: int = 0) -> Field:
    return Field("string", default, low, high)


def _money() -> Field:
    # No upper limit is documented; that of sizes is the harsher reading.
    return Field("number", 0, 0, MAX_SIZE)


def _flag(*, default: bool) -> Field:
    return Field("boolean", default)


def _count(high: int = 1_000_000_000) -> Field:
    return Field("integer", 0, 0, high)


PRODUCT: dict[str, Field] = {
    "name": _text(250, low=1),
    "type": Field("string", "physical", choices=("physical", "digital")),
    "sku": _text(255),
    "description": _text(),
    "weight": Field("number", 0, 0, MAX_SIZE),
    "width": Field("number", 0, 0, MAX_SIZE),
    "depth": Field("number", 0, 0, MAX_SIZE),
    "height": Field("number", 0, 0, MAX_SIZE),
    "price": _money(),
    "cost_price": _money(),
    "retail_price": _money(),
    "sale_price": _money(),
    "map_price": _money(),
    "tax_class_id": Field("integer", 0, 0, 255),
    "product_tax_code": _text(255),
    "categories": Field("integers", [], 0, 1000),
    "brand_id": _count(),
    "brand_name": _text(255),
    # Documented: too high a level is clamped, not refused.
    "inventory_level": Field("integer", 0, 0),
    "inventory_warning_level": _count(MAX_LEVEL),
    "inventory_tracking": Field("string", "none", choices=("none", "product", "variant")),
    "fixed_cost_shipping_price": _money(),
    "is_free_shipping": _flag(default=False),
    # No default is documented: the harsher reading is hidden.
    "is_visible": _flag(default=False),
    "is_featured": _flag(default=False),
    "related_products": Field("integers", [-1], high=50),
    "warranty": _text(65535),
    "bin_picking_number": _text(255),
    "layout_file": _text(500, "product.html"),
    "upc": _text(14),
    "mpn": _text(),
    "gtin": _text(14),
    "search_keywords": _text(65535),
    "availability": Field("string", "available", choices=("available", "disabled", "preorder")),
    "availability_description": _text(255),
    "gift_wrapping_options_type": Field("string", "any", choices=("any", "none", "list")),
    "gift_wrapping_options_list": Field("integers", []),
    "sort_order": SORT_ORDER,
    "condition": Field("string", "New", choices=("New", "Used", "Refurbished")),
    "is_condition_shown": _flag(default=False),
    "order_quantity_minimum": _count(),
    "order_quantity_maximum": _count(),
    "page_title": _text(255),
    "meta_keywords": Field("strings", []),
    "meta_description": _text(65535),
    "view_count": _count(),
    "preorder_release_date": Field("date", None, nullable=True),
    "preorder_message": _text(255),
    "is_preorder_only": _flag(default=False),
    "is_price_hidden": _flag(default=False),
    "price_hidden_label": _text(200),
    "custom_url": Field("object", None),
    "open_graph_type": Field("string", "product", choices=OPEN_GRAPH),
    "open_graph_title": _text(),
    "open_graph_description": _text(),
    "open_graph_use_meta_description": _flag(default=True),
    "open_graph_use_product_name": _flag(default=True),
    "open_graph_use_image": _flag(default=True),
}

READ_ONLY: dict[str, Any] = {"reviews_rating_sum": 0, "reviews_count": 0, "total_sold": 0}


def _own() -> Field:
    """Build the field of a variant's price or size; null means the product's value."""
    return Field("number", None, 0, MAX_SIZE, nullable=True)


VARIANT: dict[str, Field] = {
    "sku": _text(255, low=1),
    "cost_price": _own(),
    "price": _own(),
    "sale_price": _own(),
    "retail_price": _own(),
    "weight": _own(),
    "width": _own(),
    "height": _own(),
    "depth": _own(),
    "is_free_shipping": _flag(default=False),
    "fixed_cost_shipping_price": _own(),
    "purchasing_disabled": _flag(default=False),
    "purchasing_disabled_message": _text(255),
    "image_url": _text(),
    "upc": Field("string", "", 0, 14, nullable=True),
    "mpn": Field("string", "", nullable=True),
    "gtin": Field("string", "", 0, 14, nullable=True),
    # Documented: too high a level is silently not saved.
    "inventory_level": Field("integer", 0, 0, nullable=True),
    "inventory_warning_level": Field("integer", 0, 0, MAX_LEVEL, nullable=True),
    "bin_picking_number": Field("string", "", 0, 255, nullable=True),
}

# What PUT /catalog/variants documents for a variant that exists. A call for one variant also takes
# sku, mpn, gtin and image_url (product-variants_catalog.v3.yml).
IN_VARIANT_BATCH = frozenset(VARIANT) - {"sku", "mpn", "gtin", "image_url"}

# What the Retail POS article leaves to BigCommerce; modifiers and custom fields are tables.
OWNED_PRODUCT: tuple[str, ...] = (
    "weight", "width", "height", "depth", "retail_price", "sale_price", "tax_class_id",
    "product_tax_code", "page_title", "meta_keywords", "meta_description", "search_keywords",
    "custom_url",
)  # fmt: skip
OWNED_VARIANT: tuple[str, ...] = (
    "weight", "width", "height", "depth", "retail_price", "sale_price",
)  # fmt: skip
