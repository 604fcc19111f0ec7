"""What a person's push is about to replace, and what of it an undo puts back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tillbridge.domain.before_push import Before, Value, Was, wire_of
from tillbridge.domain.connection import Settings
from tillbridge.domain.field_values import as_sent, differing, values, variant_values
from tillbridge.domain.fields import FIELDS, Field
from tillbridge.domain.history.fields_sent import VISIBLE, sent
from tillbridge.domain.ids import StoreVariantId
from tillbridge.domain.link import Link
from tillbridge.domain.mapping import (
    Json,
    all_content,
    all_variant_content,
    content,
    held_key,
    variant_content,
)
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.web_product import WebProduct


@dataclass(frozen=True, slots=True)
class Undoing:
    """What an undo does with each value of a product: `back` is written, `there` is in the store already;
    both are held. `online` was changed in BigCommerce since, `pos` in the POS, and `gone` is of variants
    that are other ones now: those are left alone."""

    back: Mapping[str, Was] = field(default_factory=dict)
    there: Mapping[str, Was] = field(default_factory=dict)
    online: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def held(self) -> Mapping[str, Was]:
        """Return the values that stay in the store until they change in the POS."""
        return {**self.there, **self.back}


def about_to_replace(
    record: Product, link: Link, web: WebProduct, settings: Settings, now_ms: int
) -> Before | None:
    """Return what a person's push of a record is about to replace in the product that the store shows
    (`web`); None when nothing. Stock, pictures, categories and which variants there are do not count, nor
    does a blank SKU: they are the POS's (docs/adr/0044-a-push-by-a-person-keeps-what-it-replaces.md)."""
    policy = settings.fields
    payloads = [
        (each, variant_content(each, policy, link, manual=True)) for each in record.variants
    ]
    payload = content(record, policy, link, manual=True)
    fields = dict(_replaced(payload, payloads, link, web))
    return Before(web.id, web.name, now_ms, fields) if fields else None


def replaced_by_first(before: WebProduct, record: Product, bare: Link) -> Before:
    """Return what the first push after a link replaced, as of one that sent what the POS has now. `bare`: the
    link without what it holds."""
    payloads = [(variant, all_variant_content(variant, bare)) for variant in record.variants]
    fields = dict(_replaced(all_content(record, bare), payloads, bare, before))
    return Before(before.id, before.name, 0, fields)


def undoing(
    before: Before, record: Product, link: Link, web: WebProduct, only: frozenset[str] = frozenset()
) -> Undoing:
    """Return what an undo does with each value. `web` is the product as the store shows it now; `only`:
    BigCommerce's names of the fields to put back, all of them where it is empty."""
    now = dict(_now(record, link))
    back: dict[str, Was] = {}
    there: dict[str, Was] = {}
    left: dict[str, list[str]] = {"online": [], "pos": [], "gone": []}
    of_variants = {variant.id: variant_values(variant) for variant in web.variants}
    ours = {variant.id for variant in link.variants.values()}
    for key, was in before.fields.items():
        wire = wire_of(key)
        if only and wire not in only:
            continue
        lost = was.variant is not None and not (was.variant in of_variants and was.variant in ours)
        if lost:
            left["gone"].append(key)
            continue
        online = values(web) if was.variant is None else of_variants[was.variant]
        if key not in now or sent(now[key]).digest != was.sent.digest:
            left["pos"].append(key)
        elif _same(wire, was.value, _kept(wire, online, web)):
            there[key] = was
        elif FIELDS[wire].same(now[key], online[wire]):
            back[key] = was
        else:
            left["online"].append(key)
    return Undoing(back, there, *(tuple(left[why]) for why in ("online", "pos", "gone")))


def as_written(back: Mapping[str, Was]) -> tuple[Json, Mapping[StoreVariantId, Json]]:
    """Return values as BigCommerce takes them: the product's, and those of each variant."""
    of_product: Json = {}
    of_variants: dict[StoreVariantId, Json] = {}
    for key, was in back.items():
        wire = wire_of(key)
        if was.variant is not None:
            of_variants.setdefault(was.variant, {})[wire] = was.value
        elif FIELDS[wire].field is Field.BRAND:
            of_product |= {"brand_name": was.value} if was.value else {"brand_id": 0}
        else:
            of_product[wire] = was.value
    return of_product, of_variants


def _replaced(
    payload: Json, payloads: Sequence[tuple[Variant, Json]], link: Link, web: WebProduct
) -> Iterator[tuple[str, Was]]:
    online, there = values(web), {variant.id: variant for variant in web.variants}
    for wire in differing(payload, online):
        if _comes_back(wire, online):
            yield wire, Was(_kept(wire, online, web), sent(payload[wire]))
    for variant, of_variant in payloads:
        linked = link.variants.get(variant.id)
        if linked is None or linked.id not in there:
            continue
        online = variant_values(there[linked.id])
        for wire in differing(of_variant, online):
            if _comes_back(wire, online):
                was = Was(as_sent(online)[wire], sent(of_variant[wire]), linked.id)
                yield held_key(variant, wire), was


def _now(record: Product, link: Link) -> Iterator[tuple[str, object]]:
    """Yield what the POS has now of each field, by its key on a link."""
    yield from all_content(record, link).items()
    if record.knows("active"):
        yield VISIBLE, record.visible  # which a push sends only when it changed
    for variant in record.variants:
        for wire, value in all_variant_content(variant, link).items():
            yield held_key(variant, wire), value


def _comes_back(wire: str, online: Mapping[str, object]) -> bool:
    if wire == "sku":
        return bool(online[wire])  # a generated one goes up in any case (`domain/held.py`)
    return FIELDS[wire].kept or wire == VISIBLE


def _kept(wire: str, online: Mapping[str, object], web: WebProduct) -> Value:
    if FIELDS[wire].field is Field.BRAND:
        return web.brand if isinstance(web.brand, str) else ""
    value = online[wire]
    assert value is None or isinstance(value, str | int | Decimal), wire
    return value


def _same(wire: str, was: Value, online: Value) -> bool:
    rule = FIELDS["brand_name" if FIELDS[wire].field is Field.BRAND else wire].same
    # What was kept of a variant has the blank of its field in place of a null.
    return rule(was, as_sent({wire: online})[wire])
