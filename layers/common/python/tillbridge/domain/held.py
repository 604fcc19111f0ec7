"""Values the POS could not take, or took otherwise: held, so that no push blanks or shortens them
in the store until they change in the POS (docs/import.md, What becomes of a product)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tillbridge.domain.field_policy import FieldPolicy
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.link import Link
from tillbridge.domain.mapping import (
    Json,
    content,
    held_key,
    ours,
    ours_of_variant,
    variant_content,
)
from tillbridge.domain.product import Product
from tillbridge.domain.variants import shape
from tillbridge.domain.web_product import WebProduct, WebVariant

_WORDS = {
    "name": "name",
    "description": "description",
    "sku": "SKU",
    "price": "price",
    "cost_price": "cost",
    "upc": "UPC",
    "gtin": "GTIN",
    "brand_name": "brand",
    "brand_id": "brand",
}
_KEEPS = "BigCommerce keeps its own until it is changed in the POS."

MOST_NAMED = 10
"""Variants named in one note; a link keeps its notes, and takes no more than a row does."""

_NEVER = frozenset({"is_visible", "inventory_tracking"})
"""Visibility is sent only when it changes; how stock is counted is the POS's with the stock."""


def held(web: WebProduct, record: Product, link: Link) -> Mapping[str, Any]:
    """Per field the POS's value, wherever a push now would change what the store has. A SKU that
    the store lacks is not held: the generated one goes up with the first change."""
    everything = FieldPolicy({})
    changes = _changed(content(record, everything, link, manual=True), web_values(web))
    now = ours(record, link)
    found: dict[str, Any] = {name: now[name] for name in changes if name in now}
    theirs = {shape(variant.options): variant for variant in web.variants}
    for variant in record.variants:
        online = theirs.get(shape(variant.option_values))
        if online is None:
            continue
        sent = variant_content(variant, everything, link, manual=True)
        mine = ours_of_variant(variant, link)
        for name in _changed(sent, variant_values(online)):
            found[held_key(variant, name)] = mine[name]
    return found


def held_words(web: WebProduct, record: Product, keys: Mapping[str, Any]) -> tuple[str, ...]:
    """What a person should know of each held field."""
    variants = {variant.id: variant for variant in record.variants}
    sizes = {
        "name": (len(web.name), len(record.name)),
        "description": (len(web.description) + web.left_out, len(record.description)),
    }
    notes = []
    of_variants: dict[str, list[str]] = {}
    for key in keys:
        owner, _, name = key.rpartition(".")
        if owner:
            variant = variants.get(PosVariantId(owner))
            label = " / ".join(value for _, value in variant.option_values) if variant else owner
            of_variants.setdefault(name, []).append(label)
        elif name in sizes and sizes[name][0] != sizes[name][1]:
            long, short = sizes[name]
            notes.append(
                f"The {_WORDS[name]} has {long:,} characters in BigCommerce; the POS took "
                f"{short:,}. {_KEEPS}"
            )
        else:
            notes.append(f"The POS could not take the {_WORDS[name]} as it is. {_KEEPS}")
    for name, labels in of_variants.items():
        more = f" and {len(labels) - MOST_NAMED} more" if len(labels) > MOST_NAMED else ""
        who = ", ".join(labels[:MOST_NAMED]) + more
        notes.append(f"The POS could not take the {_WORDS[name]} of {who} as it is. {_KEEPS}")
    if web.kind == "digital":
        notes.append("BigCommerce sells this as a digital product, and goes on doing so.")
    return tuple(notes)


def web_values(web: WebProduct) -> Json:
    """The fields of a BigCommerce product under the names a push sends them."""
    return {
        "name": web.name,
        "description": web.description,
        "sku": web.sku,
        "price": web.price,
        "cost_price": web.cost,
        "upc": web.upc,
        "gtin": web.gtin,
        "brand_name": web.brand,
        "brand_id": 0 if not web.brand else -1,
    }


def variant_values(web: WebVariant) -> Json:
    """The same of a variant."""
    return {
        "sku": web.sku,
        "price": web.price,
        "cost_price": web.cost,
        "upc": web.upc,
        "gtin": web.gtin,
    }


def _changed(sent: Json, there: Json) -> Iterator[str]:
    for name, value in sent.items():
        if name in _NEVER or (name == "sku" and not there["sku"]):
            continue
        if not same_value(value, there[name]):
            yield name


def same_value(ours_: Any, theirs: Any) -> bool:
    """Whether two values are one to BigCommerce: 5 and 5.00, nothing and blank."""
    if isinstance(ours_, Decimal | int) or isinstance(theirs, Decimal | int):
        return Decimal(ours_ or 0) == Decimal(theirs or 0) and (ours_ is None) == (theirs is None)
    return bool((ours_ or "") == (theirs or ""))
