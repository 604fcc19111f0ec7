"""What a link says after its product, which the POS deleted, gave up its name and SKUs online."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.link import Link


def after_parking(
    link: Link, given: Mapping[str, Any], variants: Mapping[PosVariantId, str]
) -> Link:
    """Return the link after its product got the name and SKU in `given`, and each of these variants
    its SKU. Its content stays in doubt, so that all of it goes up should the POS bring it back."""
    return replace(
        link,
        name=given.get("name", link.name),
        sku=given.get("sku", link.sku),
        variants={
            key: replace(each, sku=variants.get(key, each.sku))
            for key, each in link.variants.items()
        },
    )
