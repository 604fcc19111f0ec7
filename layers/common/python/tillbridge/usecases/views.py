"""What the views list of a product, whoever read it last."""

from collections.abc import Iterable

from tillbridge.domain.connection import Settings
from tillbridge.domain.product import Product
from tillbridge.domain.stock_levels import levels
from tillbridge.ports.local_copy import CopyRow

POS, WEB = "pos", "web"


def pos_row(record: Product, settings: Settings) -> CopyRow:
    """A POS product as the POS view lists it; its stock is what BigCommerce may sell."""
    found = levels(record, settings).values()
    return CopyRow(
        side=POS,
        id=record.id,
        name=record.name,
        sku=record.sku or ", ".join(variant.sku for variant in record.variants[:3]),
        product_number=record.product_number,
        price=str(record.price),
        stock=str(sum(level.level for level in found)) if found else "",
        image=record.images[0] if record.images else "",
        version=record.version,
        deleted=record.deleted,
        skus=every_sku(record.sku, (variant.sku for variant in record.variants)),
    )


def every_sku(own: str, variants: Iterable[str]) -> tuple[str, ...]:
    """What a search finds a product by: each SKU once, no blank ones."""
    return tuple(dict.fromkeys(sku.strip() for sku in (own, *variants) if sku.strip()))
