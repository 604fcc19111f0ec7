"""Drift: where the store differs from what a push would send. Pure.

The wanted values come from the very functions push sends with (`mapping`, `stock_levels`), so that
reconcile and push can never disagree about what is right."""

from collections.abc import Iterator

from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import (
    content_differs,
    content_fingerprint,
    images_differ,
    shape_differs,
    visibility_differs,
)
from tillbridge.domain.field_values import differing, values, variant_values
from tillbridge.domain.fields import FIELDS, Field
from tillbridge.domain.findings import Difference, Moved, text
from tillbridge.domain.images import sendable_images
from tillbridge.domain.link import Link, LinkedVariant
from tillbridge.domain.mapping import Json, content, fingerprint, variant_content
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.stock import Sellable
from tillbridge.domain.stock_levels import level_waits, levels, levels_differ
from tillbridge.domain.variants import shape
from tillbridge.domain.web_orders.accounts import NO_WEB_UNITS, WebUnits
from tillbridge.domain.web_product import NOT_READ, WebProduct, WebVariant


def differences(
    record: Product,
    link: Link,
    web: WebProduct,
    settings: Settings,
    web_units: WebUnits = NO_WEB_UNITS,
    *,
    manual: bool = False,
) -> tuple[Difference, ...]:
    """Return what a push would change in the store, field by field: one that no person asked for, or with
    `manual` one that a person did, which sends more. `web`
    must have its brand's name; fields that were not read are not compared. `web_units`: as in
    `levels`, so that a web order is no drift."""
    if record.deleted:
        return tuple(_of_deleted(link, web, settings, manual=manual))
    if record.unreadable or (link.refused(record.version) and not manual):
        # People see why its content does not go; its stock goes on, and so is compared.
        return tuple(_of_stock(record, link, web, settings, web_units, manual=manual))
    return (
        *_of_product(record, link, web, settings, manual=manual),
        *_of_structure(record, link, web),
        *_of_variants(record, link, web, settings, manual=manual),
        *_of_stock(record, link, web, settings, web_units, manual=manual),
    )


def pos_moved(
    record: Product, link: Link, settings: Settings, web_units: WebUnits = NO_WEB_UNITS
) -> bool:
    """Return whether the POS's record differs from what was last sent, in content, shape, images,
    levels or visibility."""
    if record.deleted:
        return visibility_differs(record, link, settings)
    if record.unreadable or link.refused(record.version):
        return level_waits(record, link, settings, web_units)
    return (
        shape_differs(record, link)
        or content_differs(record, link, settings)
        or levels_differ(record, link, settings, web_units)
    )


def _of_deleted(
    link: Link, web: WebProduct, settings: Settings, *, manual: bool
) -> Iterator[Difference]:
    # A push hides a product once when the POS deletes it; then the web staff decide again.
    if (
        settings.fields.sends(Field.VISIBILITY, manual=manual)
        and (manual or link.visible is not False)
        and web.visible is True
    ):
        yield Difference("visibility", "deleted", "shown", Moved.POS)


def _of_product(
    record: Product, link: Link, web: WebProduct, settings: Settings, *, manual: bool
) -> Iterator[Difference]:
    there = values(web)
    sent = content(record, settings.fields, link, manual=manual)
    due = sent if manual else _due(record, link, link.fingerprint, there, sent)
    for name in differing(due, there):
        moved = content_fingerprint(record, link, settings) != link.fingerprint
        online, wanted = there[name], due[name]
        if name == "brand_id":  # people know a brand by its name
            online, wanted = there["brand_name"], ""
        side = _side(moved or name == "is_visible")
        yield Difference(FIELDS[name].word or name, text(wanted), text(online), side)
    if images_differ(record, link, settings, manual=manual):
        # Only the set we placed is ours: an image removed online is the web staff's decision.
        wanted, placed = sendable_images(record), [image.url for image in link.images]
        yield Difference("images", text(", ".join(wanted)), text(", ".join(placed)), Moved.POS)


def _of_structure(record: Product, link: Link, web: WebProduct) -> Iterator[Difference]:
    """Yield the variants that one side lacks. When `moved` is WEB, a blank `web` means deleted
    online, a blank `pos` added online, and neither blank renamed online."""
    there = {variant.id: variant for variant in web.variants}
    wanted = {shape(variant.option_values) for variant in record.variants}
    for variant in record.variants:
        linked = link.variants.get(variant.id)
        if linked is None or linked.id not in there:
            side = Moved.POS if linked is None else Moved.WEB
            yield Difference("variants", _label(variant.option_values), "", side, variant.id)
    for extra in there.values():
        if shape(extra.options) not in wanted:
            known = next((key for key, v in link.variants.items() if v.id == extra.id), None)
            ours = next((v for v in record.variants if v.id == known), None)
            if known is None:
                yield Difference("variants", "", _label(extra.options), Moved.WEB)
            elif ours and shape(ours.option_values) == shape(link.variants[known].options):
                # We sent it under this name, and it was renamed online.
                label = _label(ours.option_values)
                yield Difference("variants", label, _label(extra.options), Moved.WEB)
            else:
                yield Difference("variants", "", _label(extra.options), Moved.POS)


def _of_variants(
    record: Product, link: Link, web: WebProduct, settings: Settings, *, manual: bool
) -> Iterator[Difference]:
    for variant, linked, online in _pairs(record, link, web):
        there = variant_values(online)
        sent = variant_content(variant, settings.fields, link, manual=manual)
        due = sent if manual else _due(record, link, linked.fingerprint, there, sent)
        for name in differing(due, there):
            side = _side(_variant_moved(variant, link, settings))
            word = FIELDS[name].word or name
            yield Difference(word, text(due[name]), text(there[name]), side, variant.id)


def _due(record: Product, link: Link, fingerprint_: str, there: Json, sent: Json) -> Json:
    """Return what should be online by now. The generated SKU of a product that was imported without
    one goes up with its first change, not before (docs/import.md, What becomes of a product)."""
    unchanged = not fingerprint_ and record.version == link.content_version
    if unchanged and not there["sku"]:
        return {key: value for key, value in sent.items() if key != "sku"}
    return sent


def _of_stock(
    record: Product,
    link: Link,
    web: WebProduct,
    settings: Settings,
    web_units: WebUnits,
    *,
    manual: bool,
) -> Iterator[Difference]:
    if web.tracking != record.tracking or web.level is NOT_READ:
        return  # a wrong tracking is reported as such; the levels follow from it
    found = levels(record, settings, web_units, manual=manual)
    if record.version == link.stock_version and not manual:
        # A level that was never sent at this version came in with an import: it goes up with the
        # product's first change, like all its content.
        found = {key: each for key, each in found.items() if _level_sent(link, key) is not None}
    if (own := found.get(None)) is not None and own.level != web.level:
        yield _stock_difference(own, web.level, link.level)
    for variant, linked, online in _pairs(record, link, web):
        wanted = found.get(variant.id)
        if wanted is not None and wanted.level != online.level:
            yield _stock_difference(wanted, online.level, linked.level, variant.id)


def _stock_difference(
    wanted: Sellable, there: int, sent: int | None, variant: str = ""
) -> Difference:
    if sent is None:
        moved = Moved.POS  # never sent
    elif sent == wanted.level:
        moved = Moved.WEB
    else:
        moved = Moved.POS if sent == there else Moved.BOTH
    field = "stock_negative" if wanted.debt else "stock"
    return Difference(field, str(wanted.level), str(there), moved, variant)


def _pairs(
    record: Product, link: Link, web: WebProduct
) -> Iterator[tuple[Variant, LinkedVariant, WebVariant]]:
    there = {variant.id: variant for variant in web.variants}
    for variant in record.variants:
        linked = link.variants.get(variant.id)
        if linked is not None and linked.id in there:
            yield variant, linked, there[linked.id]


def _variant_moved(variant: Variant, link: Link, settings: Settings) -> bool:
    linked = link.variants.get(variant.id)
    sent = linked.fingerprint if linked is not None else ""
    return fingerprint(variant_content(variant, settings.fields, link)) != sent


def _level_sent(link: Link, holder: object) -> int | None:
    if holder is None:
        return link.level
    return next((linked.level for key, linked in link.variants.items() if key == holder), None)


def _side(pos: bool) -> Moved:
    return Moved.POS if pos else Moved.WEB


def _label(options: tuple[tuple[str, str], ...]) -> str:
    return " / ".join(value.strip() for _, value in options)
