"""Which SKU a push sends of a product and its variants: the POS's SKU, or the product number of a
product that came in from BigCommerce with a SKU."""

from tillbridge.domain.link import Link
from tillbridge.domain.names import sku_key, trimmed
from tillbridge.domain.product import Product, Variant


def product_sku(product: Product, link: Link | None = None) -> str:
    """Return the product-level SKU: the product's own, or '' when one of its variants has the same,
    because SKUs are unique across products and variants.

    A product that came in with a BigCommerce SKU sends its product number (AmberPOS article)."""
    if link is not None and link.came_with_sku:
        return trimmed(product.product_number)
    sku = trimmed(product.sku)
    taken = {sku_key(variant.sku) for variant in product.variants}
    return "" if sku_key(sku) in taken else sku


def variant_sku(variant: Variant, link: Link | None = None) -> str:
    """Return the SKU of a variant: its own, or its product number, if it has one, when the product
    came in with a SKU."""
    if link is not None and link.came_with_sku and trimmed(variant.product_number):
        return trimmed(variant.product_number)
    return trimmed(variant.sku)
