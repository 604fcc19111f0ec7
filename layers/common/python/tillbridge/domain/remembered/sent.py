"""The parts of a link that say what was last sent. Only the modules beside this one use them."""

from collections.abc import Mapping
from typing import Any

from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import content_fingerprint
from tillbridge.domain.ids import PosVariantId, StoreVariantId
from tillbridge.domain.link import Link, LinkedVariant
from tillbridge.domain.mapping import (
    all_content,
    all_variant_content,
    alone,
    fingerprint,
    variant_content,
)
from tillbridge.domain.product import Product


def product_content(record: Product, link: Link, settings: Settings) -> dict[str, Any]:
    """Return a link's product-level values after a push. What the POS leaves out was not sent, so
    the store has what it had."""
    values = all_content(record, link)
    return {
        "name": values.get("name", link.name),
        "sku": values.get("sku", link.sku),
        "fingerprint": content_fingerprint(record, link, settings),
        "tracking": values.get("inventory_tracking", link.tracking),
    }


def sent_variants(
    record: Product,
    ids: Mapping[PosVariantId, StoreVariantId],
    link: Link,
    settings: Settings,
) -> Mapping[PosVariantId, LinkedVariant]:
    """Return the record's variants that have ids, as sent; a level that was known stays known."""
    if not record.knows("variants"):
        return link.variants
    sent: dict[PosVariantId, LinkedVariant] = {}
    for variant in record.variants:
        if variant.id not in ids:
            continue
        before = link.variants.get(variant.id)
        content = variant_content(variant, settings.fields, link)
        sent[variant.id] = LinkedVariant(
            id=ids[variant.id],
            sku=all_variant_content(variant, link).get("sku", before.sku if before else ""),
            fingerprint=fingerprint(content),
            alone=fingerprint(alone(content)),
            level=before.level if before else None,
            options=variant.option_values,
        )
    return sent
