"""What a push sends: POS words become BigCommerce words, field by field (`domain/fields.py`).

Payloads are BigCommerce's JSON with money as Decimal. Literal content is every POS-owned scalar,
blanks included (Retail POS article: "including the empty Retail POS description").
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from tillbridge.domain.field_policy import FieldPolicy
from tillbridge.domain.fields import ALONE, FIELDS, NOT_SENT, Field
from tillbridge.domain.images import image, sendable_images
from tillbridge.domain.link import Link
from tillbridge.domain.names import clean_name
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.sent_skus import product_sku

type Json = dict[str, Any]


def content(
    product: Product,
    policy: FieldPolicy,
    link: Link | None = None,
    *,
    creating: bool = False,
    manual: bool = False,
) -> Json:
    """Return the product-level fields that a push carries, without categories and images.
    `creating`: the push is a create; `manual`: a person asked for it."""
    sent = _only(all_content(product, link), policy, creating=creating, manual=manual)
    return sent if link is None else _without_held(sent, link.held, "")


def variant_content(
    variant: Variant, policy: FieldPolicy, link: Link | None = None, *, manual: bool = False
) -> Json:
    """Return the fields of one variant that a push carries, those of a create without a link; a
    price of None makes the variant follow the product again."""
    sent = _only(all_variant_content(variant, link), policy, creating=link is None, manual=manual)
    return sent if link is None else _without_held(sent, link.held, held_key(variant, ""))


def batched(payload: Json, ignored: Collection[str] = ()) -> Json:
    """Return the part of a variant's content that a batch of variants changes. `ignored`: what a
    store's batch ignores besides."""
    return {w: value for w, value in payload.items() if w not in ALONE and w not in ignored}


def alone(payload: Json, ignored: Collection[str] = ()) -> Json:
    """Return the part of a variant's content that needs a call of its own, with `ignored` as in
    `batched`."""
    return {w: value for w, value in payload.items() if w in ALONE or w in ignored}


def creation(
    product: Product, policy: FieldPolicy, categories: list[int], before: Link | None = None
) -> Json:
    """Return the payload of the one POST that creates a product: scalars, weight (BigCommerce
    demands one), variants and images. `before` is the link of a product that was deleted online.

    Of the eight BigCommerce-owned things only the weight is sent (docs/settings.md, Fields)."""
    out = content(product, policy, creating=True)
    if "sku" in out:
        out["sku"] = product_sku(product, before)
    out.setdefault("type", "physical")  # BigCommerce demands one
    out["weight"] = product.weight if product.weight is not None else 0
    if categories and policy.sends(Field.CATEGORIES, creating=True):
        out["categories"] = categories
    if product.variants:
        out["variants"] = [
            variant_content(variant, policy)
            | _sku_of(variant, before)
            | {
                "option_values": [
                    {"option_display_name": clean_name(name), "label": clean_name(value)}
                    for name, value in variant.option_values
                ],
            }
            for variant in product.variants
        ]
    images = sendable_images(product) if product.knows("images") else []
    if images and policy.sends(Field.IMAGES, creating=True):
        out["images"] = [image(url, place) for place, url in enumerate(images)]
    return out


def all_content(product: Product, link: Link | None) -> Json:
    """Return what a push would send of each product field that the POS knows, whatever the settings
    and held values are."""
    sent = {
        wire: entry.product(product, link)
        for wire, entry in FIELDS.items()
        if entry.product is not None and product.knows(entry.source)
    }
    return {wire: value for wire, value in sent.items() if value is not NOT_SENT}


def all_variant_content(variant: Variant, link: Link | None) -> Json:
    """Return what a push would send of each variant field that the POS knows, whatever the settings
    and held values are."""
    sent = {
        wire: entry.variant(variant, link)
        for wire, entry in FIELDS.items()
        if entry.variant is not None and variant.knows(entry.source)
    }
    return {wire: value for wire, value in sent.items() if value is not NOT_SENT}


def still_held(product: Product, link: Link) -> Mapping[str, str]:
    """Return those of a link's held values that are still held. A value that changed in the POS has
    been pushed and is no longer held, even when it changes back; one that the POS leaves out stays
    held, because it may not have changed."""
    left_out = _keys_left_out(product)
    now = {wire: held_text(value) for wire, value in all_content(product, link).items()}
    for variant in product.variants:
        values = all_variant_content(variant, link)
        now |= {held_key(variant, wire): held_text(value) for wire, value in values.items()}
    return {
        key: value for key, value in link.held.items() if key in left_out or now.get(key) == value
    }


def held_key(variant: Variant, wire: str) -> str:
    """Return the key of a variant's field among the held values of its product."""
    return f"{variant.id}.{wire}"


def held_text(value: Any) -> str:
    """Return the text by which a link holds a value; 5 and 5.00, which are one price, have the
    same."""
    return "" if value is None else _plain(value)


def fingerprint(payload: Json) -> str:
    """Return a short digest of what was sent; equal payloads have equal fingerprints."""
    text = json.dumps(payload, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _sku_of(variant: Variant, before: Link | None) -> Json:
    # A new variant gets its SKU whatever the settings, unless the POS leaves it out.
    sent = all_variant_content(variant, before)
    return {"sku": sent["sku"]} if "sku" in sent else {}


def _only(sent: Json, policy: FieldPolicy, *, creating: bool, manual: bool) -> Json:
    return {
        wire: value
        for wire, value in sent.items()
        if policy.sends(FIELDS[wire].field, creating=creating, manual=manual)
    }


def _without_held(sent: Json, held: Mapping[str, str], prefix: str) -> Json:
    # The store keeps its own value of a held field until the POS's value changes
    # (docs/import.md, What becomes of a product).
    if not held:
        return sent
    return {
        wire: value for wire, value in sent.items() if held.get(prefix + wire) != held_text(value)
    }


def _keys_left_out(product: Product) -> set[str]:
    of_product = {wire for wire, entry in FIELDS.items() if not product.knows(entry.source)}
    return of_product | {
        held_key(variant, wire)
        for variant in product.variants
        for wire, entry in FIELDS.items()
        if not variant.knows(entry.source)
    }


def _plain(value: object) -> str:
    # Decimal("1.0") and Decimal("1.00") are one price.
    return format(value.normalize(), "f") if hasattr(value, "normalize") else str(value)
