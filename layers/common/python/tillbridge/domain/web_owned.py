"""The eight things that BigCommerce owns, by their names in its API. No setting sends them
(docs/glossary.md, The two sides)."""

INHERITED = ("weight", "width", "height", "depth", "retail_price", "sale_price")
"""Weight, sizes, MSRP and sale price. Variants have them too: a new variant inherits them when its
product's options change, because web staff entered them."""

_TAX_CODE = ("tax_class_id", "product_tax_code")
_SEO = ("page_title", "meta_keywords", "meta_description", "search_keywords", "custom_url")

BIGCOMMERCE_OWNED = frozenset({*INHERITED, *_TAX_CODE, "modifiers", *_SEO, "custom_fields"})
"""All eight; `modifiers` are the customisations."""
