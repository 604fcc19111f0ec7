"""The one place where POS words become BigCommerce words.

Payloads are BigCommerce's JSON with money as Decimal. Literal content is every POS-owned scalar,
blanks included (Retail POS article: "including the empty Retail POS description").
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from tillbridge.domain.field_policy import Field, FieldPolicy
from tillbridge.domain.images import image, sendable_images
from tillbridge.domain.link import Link
from tillbridge.domain.names import clean_name, sku_key
from tillbridge.domain.product import Barcodes, Product, Variant

type Json = dict[str, Any]


def product_sku(product: Product, link: Link | None = None) -> str:
    """The SKU at product level: of a simple product its own; of one with variants its own unless
    a variant has it, because SKUs are unique across products and variants.

    A product that came in with a BigCommerce SKU sends its product number (AmberPOS article)."""
    if link is not None and link.came_with_sku:
        return product.product_number.strip()
    sku = product.sku.strip()
    taken = {sku_key(variant.sku) for variant in product.variants}
    return "" if sku_key(sku) in taken else sku


def variant_sku(variant: Variant, link: Link | None = None) -> str:
    """The SKU of a variant; its product number when the product came in with SKUs."""
    if link is not None and link.came_with_sku and variant.product_number.strip():
        return variant.product_number.strip()
    return variant.sku.strip()


def content(
    product: Product,
    policy: FieldPolicy,
    link: Link | None = None,
    *,
    creating: bool = False,
    manual: bool = False,
) -> Json:
    """The product-level fields a push carries. `categories` and images are not among them."""

    parts: tuple[tuple[Field, Json], ...] = (
        (Field.NAME, {"name": clean_name(product.name)}),
        (Field.DESCRIPTION, {"description": product.description}),
        (Field.SKU, {"sku": product_sku(product, link)}),
        (Field.PRICE, {"price": product.price}),
        (Field.COST, {"cost_price": product.cost if product.cost is not None else 0}),
        (Field.BRAND, _brand(product.brand)),
        (Field.BARCODES, _barcodes(product.barcodes)),
        (Field.STOCK, {"inventory_tracking": product.tracking}),
        (Field.VISIBILITY, _visibility(product, link)),
    )
    out: Json = {}
    for field, values in parts:
        if policy.sends(field, creating=creating, manual=manual):
            out |= values
    return without_held(out, product, link)


def variant_content(
    variant: Variant, policy: FieldPolicy, link: Link | None = None, *, manual: bool = False
) -> Json:
    """The fields of one variant; a price or cost of None makes it follow the product again."""
    creating = link is None
    out: Json = {}
    if policy.sends(Field.SKU, creating=creating, manual=manual):
        out["sku"] = variant_sku(variant, link)
    if policy.sends(Field.PRICE, creating=creating, manual=manual):
        out["price"] = variant.price
    if policy.sends(Field.COST, creating=creating, manual=manual):
        out["cost_price"] = variant.cost
    if policy.sends(Field.BARCODES, creating=creating, manual=manual):
        out.update(_barcodes(variant.barcodes))
    if link is None or not link.held:
        return out
    mine = {name: link.held[k] for name in out if (k := held_key(variant, name)) in link.held}
    return _unheld(out, ours_of_variant(variant, link), mine)


def creation(
    product: Product, policy: FieldPolicy, categories: list[int], before: Link | None = None
) -> Json:
    """Everything in one POST: scalars, weight (BigCommerce demands one), variants and images.

    Of the eight BigCommerce-owned things nothing but the weight is sent
    (docs/settings.md, Fields)."""
    out = content(product, policy, creating=True)
    if "sku" in out:
        out["sku"] = product_sku(product, before)
    out["type"] = "physical"
    out["weight"] = product.weight if product.weight is not None else 0
    if categories and policy.sends(Field.CATEGORIES, creating=True):
        out["categories"] = categories
    if product.variants:
        out["variants"] = [
            variant_content(variant, policy)
            | {
                "sku": variant_sku(variant, before),
                "option_values": [
                    {"option_display_name": name.strip(), "label": value.strip()}
                    for name, value in variant.option_values
                ],
            }
            for variant in product.variants
        ]
    images = sendable_images(product) if policy.sends(Field.IMAGES, creating=True) else []
    if images:
        out["images"] = [image(url, place) for place, url in enumerate(images)]
    return out


def without_held(out: Json, product: Product, link: Link | None) -> Json:
    """Leave out values that came in shortened, until the POS value changes (docs/import.md, What
    becomes of a product)."""
    if link is None or not link.held:
        return out
    return _unheld(out, ours(product, link), link.held)


def still_held(product: Product, link: Link) -> Mapping[str, Any]:
    """What of a link's held values is still held: one that changed in the POS has been pushed, and
    is held no more, even when it changes back."""
    now = ours(product, link)
    for variant in product.variants:
        values = ours_of_variant(variant, link)
        now |= {held_key(variant, name): value for name, value in values.items()}
    return {key: value for key, value in link.held.items() if now.get(key) == value}


def held_key(variant: Variant, name: str) -> str:
    """How a variant's field is named among the held values of its product."""
    return f"{variant.id}.{name}"


def ours(product: Product, link: Link | None) -> Json:
    """What a push would send of each product field that can be held, as text."""
    return {
        "name": product.name,
        "description": product.description,
        "sku": product_sku(product, link),
        "price": str(product.price),
        "cost_price": str(product.cost),
        "upc": product.barcodes.upc,
        "gtin": product.barcodes.gtin,
        "brand_name": product.brand,
        "brand_id": product.brand,
    }


def ours_of_variant(variant: Variant, link: Link | None) -> Json:
    """The same of one variant."""
    return {
        "sku": variant_sku(variant, link),
        "price": str(variant.price),
        "cost_price": str(variant.cost),
        "upc": variant.barcodes.upc,
        "gtin": variant.barcodes.gtin,
    }


def _unheld(out: Json, now: Json, held: Mapping[str, Any]) -> Json:
    return {k: value for k, value in out.items() if k not in held or held[k] != now.get(k)}


def fingerprint(payload: Json) -> str:
    """A short digest of what was sent; equal payloads have equal fingerprints."""
    text = json.dumps(payload, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _plain(value: object) -> str:
    # Decimal("1.0") and Decimal("1.00") are one price.
    return format(value.normalize(), "f") if hasattr(value, "normalize") else str(value)


def _brand(brand: str) -> Json:
    # brand_name finds or creates; a blank name cannot, so the id is cleared.
    name = brand.strip()
    return {"brand_name": name} if name else {"brand_id": 0}


def _barcodes(codes: Barcodes) -> Json:
    return {"upc": codes.upc.strip(), "gtin": codes.gtin.strip()}


def _visibility(product: Product, link: Link | None) -> Json:
    # Sent at creation and when the POS's `active` changes: in between it is BigCommerce's people's.
    changed = link is None or link.visible is not product.visible
    return {"is_visible": product.visible} if changed else {}
