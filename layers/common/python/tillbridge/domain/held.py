"""Values that the POS could not take, or took in another form: they are held, so that no push
blanks or shortens them in the store until they change in the POS (docs/import.md, What becomes of
a product)."""

from collections.abc import Mapping

from tillbridge.domain.field_values import differing, values, variant_values
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.link import Link
from tillbridge.domain.mapping import (
    Json,
    all_content,
    all_variant_content,
    held_key,
    held_text,
)
from tillbridge.domain.product import Product
from tillbridge.domain.variants import partners
from tillbridge.domain.web_product import WebProduct, known

_KEEPS = "BigCommerce keeps its own until it is changed in the POS."

MOST_NAMED = 10
"""Variants named in one note: notes are kept in the link's row, whose size is limited."""


def held(web: WebProduct, record: Product, link: Link) -> Mapping[str, str]:
    """Return, as text, the POS's value of each field that a push now would change in the store; a
    variant's field has the key of `held_key`. A SKU that the store lacks is not held: the generated
    one goes up with the first change."""
    sent = all_content(record, link)
    found = {wire: held_text(sent[wire]) for wire in _kept(sent, values(web))}
    there = partners(record, web)
    for variant in record.variants:
        if variant.id in there:
            sent = all_variant_content(variant, link)
            for wire in _kept(sent, variant_values(there[variant.id])):
                found[held_key(variant, wire)] = held_text(sent[wire])
    return found


def held_words(web: WebProduct, record: Product, keys: Mapping[str, str]) -> tuple[str, ...]:
    """Return sentences for people about the held fields, whose keys `held` returned."""
    variants = {variant.id: variant for variant in record.variants}
    sizes = {
        "name": (len(web.name), len(record.name)),
        "description": (len(known(web.description)) + web.left_out, len(record.description)),
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
                f"The {FIELDS[name].label} has {long:,} characters in BigCommerce; the POS took "
                f"{short:,}. {_KEEPS}"
            )
        else:
            notes.append(f"The POS could not take the {FIELDS[name].label} as it is. {_KEEPS}")
    for name, labels in of_variants.items():
        more = f" and {len(labels) - MOST_NAMED} more" if len(labels) > MOST_NAMED else ""
        who = ", ".join(labels[:MOST_NAMED]) + more
        notes.append(f"The POS could not take the {FIELDS[name].label} of {who} as it is. {_KEEPS}")
    if web.type == "digital":
        notes.append("BigCommerce sells this as a digital product, and will go on doing so.")
    return tuple(notes)


def kept_values(web: WebProduct) -> Json:
    """Return the values of a BigCommerce product that may be held against the POS's, by their names
    in the API; fields that were not read are left out."""
    return {name: value for name, value in values(web).items() if FIELDS[name].kept}


def _kept(sent: Json, there: Json) -> list[str]:
    changes = [name for name in differing(sent, there) if FIELDS[name].kept]
    return [name for name in changes if name != "sku" or there["sku"]]
