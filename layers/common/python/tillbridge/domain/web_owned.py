"""The eight things that BigCommerce owns, by their names in its API. No setting sends them
(docs/glossary.md, The two sides)."""

from collections.abc import Mapping
from types import MappingProxyType

INHERITED = ("weight", "width", "height", "depth", "retail_price", "sale_price")
"""Weight, sizes, MSRP and sale price. Variants have them too: a new variant inherits them when its
product's options change, because web staff entered them."""

THINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "weight": ("weight",),
        "sizes": ("width", "height", "depth"),
        "MSRP": ("retail_price",),
        "sale price": ("sale_price",),
        "tax code": ("tax_class_id", "product_tax_code"),
        "customisations": ("modifiers",),
        "SEO": (
            "page_title",
            "meta_keywords",
            "meta_description",
            "search_keywords",
            "custom_url",
        ),
        "custom fields": ("custom_fields",),
    }
)
"""All eight, as people call them."""

BIGCOMMERCE_OWNED = frozenset(wire for wires in THINGS.values() for wire in wires)
