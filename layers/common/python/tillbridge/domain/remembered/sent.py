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
    content,
    fingerprint,
    variant_content,
)
from tillbridge.domain.product import Product


def product_content(
    record: Product,
    link: Link,
    settings: Settings,
    *,
    creating: bool = False,
    manual: bool = False,
) -> dict[str, Any]:
    """Return a link's product-level values after a push. What the POS leaves out, what is held and
    what the settings keep back was not sent, so the store has what it had."""
    values = content(record, settings.fields, link, creating=creating, manual=manual)
    return {
        "name": values.get("name", link.name),
        "sku": values.get("sku", link.sku),
        "fingerprint": content_fingerprint(record, link, settings),
        # With stock off too: a push of stock leaves a product of other tracking to the content.
        "tracking": all_content(record, link).get("inventory_tracking", link.tracking),
    }


def sent_variants(
    record: Product,
    ids: Mapping[PosVariantId, StoreVariantId],
    link: Link,
    settings: Settings,
    *,
    manual: bool = False,
) -> Mapping[PosVariantId, LinkedVariant]:
    """Return the record's variants that have ids, as sent; a level that was known stays known. One
    that was just made has its SKU from the POS, whatever is held or the settings are."""
    if not record.knows("variants"):
        return link.variants
    sent: dict[PosVariantId, LinkedVariant] = {}
    for variant in record.variants:
        if variant.id not in ids:
            continue
        before = link.variants.get(variant.id)
        if before is not None and before.id == ids[variant.id]:
            old_sku, went = (
                before.sku,
                variant_content(variant, settings.fields, link, manual=manual),
            )
        else:
            old_sku, went = "", all_variant_content(variant, link)
        unasked = variant_content(variant, settings.fields, link)
        sent[variant.id] = LinkedVariant(
            id=ids[variant.id],
            sku=went.get("sku", old_sku),
            fingerprint=fingerprint(unasked),
            alone=fingerprint(alone(unasked)),
            level=before.level if before else None,
            options=variant.option_values,
        )
    return sent
