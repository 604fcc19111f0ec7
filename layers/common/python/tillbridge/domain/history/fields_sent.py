"""Which values a push of content sent, for the history."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tillbridge.domain.connection import Settings
from tillbridge.domain.field_values import as_sent, variant_values
from tillbridge.domain.held import kept_values
from tillbridge.domain.history.product_line import FieldSent
from tillbridge.domain.link import Link
from tillbridge.domain.mapping import (
    content,
    fingerprint,
    held_key,
    variant_content,
)
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct

LONGEST_VALUE = 120
"""Characters of a value that are kept."""

VISIBLE, DESCRIPTION = "is_visible", "description"


def fields_sent(
    record: Product,
    link: Link | None,
    settings: Settings,
    *,
    creating: bool = False,
    manual: bool = False,
) -> Mapping[str, FieldSent]:
    """Return what a push carried, by BigCommerce's name, a variant's as 'variant id.name'. A link has
    one fingerprint for all values of a product or a variant, so all of one whose fingerprint differs are
    here; which of them changed, the line before tells. The description is last: it is what finds no
    room."""
    values = values_sent(record, link, settings, creating=creating, manual=manual)
    return {name: sent(value) for name, value in values.items()}


def values_sent(
    record: Product,
    link: Link | None,
    settings: Settings,
    *,
    creating: bool = False,
    manual: bool = False,
    every: bool = False,
) -> Mapping[str, Any]:
    """Return the values themselves; of `every` variant, or of those whose fingerprint differs."""
    policy = settings.fields
    values = content(record, policy, link, creating=creating, manual=manual)
    if record.deleted:
        values = {VISIBLE: False}
    found: dict[str, Any] = {n: v for n, v in values.items() if n != DESCRIPTION}
    for variant in () if record.deleted else record.variants:
        linked = link.variants.get(variant.id) if link else None
        unasked = variant_content(variant, policy, link)
        if every or linked is None or linked.fingerprint != fingerprint(unasked):
            of_variant = variant_content(variant, policy, link, manual=manual)
            found |= {held_key(variant, name): value for name, value in of_variant.items()}
    found |= {n: v for n, v in values.items() if n == DESCRIPTION}
    return found


def fields_restored(link: Link, before: WebProduct) -> Mapping[str, FieldSent]:
    """Return what an undo wrote back, named as in `fields_sent`."""
    return {name: sent(value) for name, value in values_restored(link, before).items()}


def values_restored(link: Link, before: WebProduct) -> Mapping[str, Any]:
    """Return the values themselves that an undo wrote back."""
    values = kept_values(before)
    found: dict[str, Any] = {n: v for n, v in values.items() if n != DESCRIPTION}
    ours = {linked.id: variant for variant, linked in link.variants.items()}
    for online in before.variants:
        if online.id in ours:
            kept = as_sent(variant_values(online))
            found |= {f"{ours[online.id]}.{name}": value for name, value in kept.items()}
    found |= {n: v for n, v in values.items() if n == DESCRIPTION}
    return found


def sent(value: Any) -> FieldSent:
    """Return a value as a line keeps it."""
    text = _text(value)
    digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:8]
    return FieldSent(text[:LONGEST_VALUE], digest)


def content_moved(before: Link | None, link: Link) -> bool:
    """Return whether a push sent other content than the one before it."""
    if before is None:
        return True
    old = {variant: linked.fingerprint for variant, linked in before.variants.items()}
    new = {variant: linked.fingerprint for variant, linked in link.variants.items()}
    return (before.fingerprint, before.visible, old) != (link.fingerprint, link.visible, new)


def _text(value: Any) -> str:
    # 5 and 5.00 are one price, and have one digest.
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)
