"""The details of products, composed here alone for everyone who reads or writes one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tillbridge.domain.details.detail import MOST_VARIANTS, Detail, kept_value, shortened
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.ids import PosVariantId, StoreProductId
from tillbridge.domain.link import Link
from tillbridge.domain.picture_address import picture_of
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.view_rows import POS, WEB
from tillbridge.domain.web_product import NOT_READ, WebProduct, WebVariant

POS_OF_PRODUCT = (
    *dict.fromkeys(entry.source for entry in FIELDS.values() if entry.product),
    "product_number",
    "department",
)
POS_OF_VARIANT = (
    *dict.fromkeys(entry.source for entry in FIELDS.values() if entry.variant),
    "product_number",
)
WEB_OF_PRODUCT = tuple(e.web for e in FIELDS.values() if e.product and e.wire != "brand_id")
WEB_OF_VARIANT = tuple(entry.web for entry in FIELDS.values() if entry.variant)
"""The attributes that are kept, of each side's records."""

MOST_IMAGES = 20

_LONGEST_OPTION = 100


@dataclass(frozen=True, slots=True)
class SentContent:
    """What BigCommerce took of a product, in the form in which it is kept: by BigCommerce's name, a variant's
    as 'variant id.name'. `moved`: it is not what was sent before."""

    values: Mapping[str, Any]
    moved: bool = True


def pos_detail(record: Product, now_ms: int) -> Detail:
    """Return the detail of a POS record that can be read."""
    values = _known(record, POS_OF_PRODUCT)
    if record.deleted:
        values["deleted"] = True
    if not record.knows("variants"):
        values["no_variants"] = True
    if record.knows("images"):
        values["images"] = [shortened(picture_of(url)) for url in record.images[:MOST_IMAGES]]
    variants = [
        {"id": each.id, "options": _options(each.option_values), **_known(each, POS_OF_VARIANT)}
        for each in record.variants[:MOST_VARIANTS]
    ]
    left = max(0, len(record.variants) - MOST_VARIANTS)
    return Detail(POS, record.id, values, tuple(variants), left, now_ms)


def is_whole(web: WebProduct) -> bool:
    """Return whether a BigCommerce product was read with all its content."""
    return web.description is not NOT_READ and web.price is not NOT_READ


def web_detail(web: WebProduct, now_ms: int, *, linked: bool) -> Detail:
    """Return the detail of a BigCommerce product that `is_whole`. The brand's name is kept of linked ones alone:
    reconcile asks for no other, so that of two readers one would write what the other leaves out."""
    found = ((name, getattr(web, name)) for name in WEB_OF_PRODUCT if linked or name != "brand")
    values = {name: kept_value(name, value) for name, value in found if value is not NOT_READ}
    variants = tuple(map(_web_variant, web.variants[:MOST_VARIANTS]))
    left = max(0, len(web.variants) - MOST_VARIANTS)
    return Detail(WEB, str(web.id), values, variants, left, now_ms)


def sent_content(values: Mapping[str, Any], *, moved: bool) -> SentContent:
    """Return what a push or an undo sent, as it is kept; `values` are named as in `SentContent`."""
    kept = {}
    for key, value in values.items():
        wire = key.rpartition(".")[2]
        kept[key] = kept_value(FIELDS[wire].web, value) if wire != "brand_id" else value
    return SentContent(kept, moved)


def after_sending(
    there: Detail | None, number: StoreProductId, link: Link, sent: SentContent, now_ms: int
) -> Detail | None:
    """Return the detail of a BigCommerce product once this was sent; `there`: as it was. None: as it is. Of one
    that had no room for all of its content only news are noted: the same once more would count as news."""
    if there is not None and there.cut and not sent.moved:
        return None
    values = dict(there.values) if there else {}
    known = {each["id"]: dict(each) for each in there.variants} if there else {}
    ours = {linked.id: linked for linked in link.variants.values()}
    variants = {id_: known.get(id_, {}) for id_ in ours}
    for key, value in sent.values.items():
        owner, _, wire = key.rpartition(".")
        if not owner:
            values |= _as_online(wire, value)
        elif (linked := link.variants.get(PosVariantId(owner))) is not None:
            variants[linked.id][FIELDS[wire].web] = value
    kept = [
        {"id": id_, **each, "options": _options(ours[id_].options) or each.get("options", [])}
        for id_, each in variants.items()
        if each
    ][:MOST_VARIANTS]
    left = len(ours) - len(kept)
    return Detail(WEB, str(number), values, tuple(kept), left, now_ms)


def _as_online(wire: str, value: Any) -> Mapping[str, Any]:
    if wire == "brand_id":  # only 0 is sent: no brand
        return {"brand": ""}
    return {FIELDS[wire].web: value}


def _known(record: Product | Variant, names: Iterable[str]) -> dict[str, Any]:
    return {n: kept_value(n, getattr(record, n)) for n in names if record.knows(n)}


def _web_variant(variant: WebVariant) -> Mapping[str, Any]:
    shown = {name: kept_value(name, getattr(variant, name)) for name in WEB_OF_VARIANT}
    owned = {name: str(value.normalize()) for name, value in variant.owned.items()}
    kept = {"id": variant.id, "options": _options(variant.options), **shown}
    return kept | ({"owned": owned} if owned else {})


def _options(options: Iterable[tuple[str, str]]) -> list[list[str]]:
    return [[shortened(part, _LONGEST_OPTION) for part in option] for option in options]
