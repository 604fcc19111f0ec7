"""Which stock levels a product should show, and whether they differ from what was last sent."""

from collections.abc import Mapping
from dataclasses import astuple, replace
from decimal import Decimal

from tillbridge.domain.connection import Settings
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.link import Link
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import sentence
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.stock import LARGEST, Sellable, impossible, sellable
from tillbridge.domain.validation import PRODUCT, describe
from tillbridge.domain.web_orders.accounts import NO_WEB_UNITS, WebUnits

_ODD_NAMED = 5
"""Odd counts that a link names: its row has a limited size."""


def levels(
    record: Product,
    settings: Settings,
    web_units: WebUnits = NO_WEB_UNITS,
    *,
    creating: bool = False,
    manual: bool = False,
) -> Mapping[PosVariantId | None, Sellable]:
    """Return the level of each variant, or of the product itself under None; unknown levels are
    left out, and so are those that no shop can have (`odd_counts`). Empty for untracked products and
    where pushes do not send stock. `web_units`: those that this very record does not contain."""
    sends = settings.fields.sends(Field.STOCK, creating=creating, manual=manual)
    if record.deleted or not record.track_stock or not sends:
        return {}
    if not record.knows("track_stock") or not record.knows("variants"):
        return {}
    # BigCommerce's limit holds for all variants of a product together, and one product above it
    # loses all levels of the call. Each variant stays within its share, so that no order of writes
    # exceeds the limit.
    part = LARGEST // max(1, len(record.variants))

    def of(holder: Product | Variant, key: PosVariantId | None = None) -> Sellable | None:
        safety = settings.safety_of(record.id, key)
        return _of(holder, settings, part, safety=safety, web_units=web_units.get(key, 0))

    holders: list[tuple[PosVariantId | None, Sellable | None]] = (
        [(v.id, of(v, v.id)) for v in record.variants] if record.variants else [(None, of(record))]
    )
    return {holder: level for holder, level in holders if level is not None}


def levels_differ(
    record: Product, link: Link, settings: Settings, web_units: WebUnits = NO_WEB_UNITS
) -> bool:
    """Return whether any level, or what is wrong with the counts, differs from what the link says
    was last sent."""
    return odd_counts(record, settings) != link.odd_counts or any(
        level.level != last_level(link, holder)
        for holder, level in levels(record, settings, web_units).items()
        if holder is None or holder in link.variants
    )


def odd_counts(record: Product, settings: Settings) -> tuple[str, ...]:
    """Return, in words, which counts of a tracked product cannot be counts. Their levels are not
    sent; the others are."""
    if record.deleted or not record.track_stock or not settings.fields.sends(Field.STOCK):
        return ()
    holders: list[tuple[str, Product | Variant]] = [(describe(v), v) for v in record.variants]
    return tuple(
        sentence(ProblemCode.COUNT_IMPOSSIBLE, who=who, count=f"{found[0]:f}")
        for who, holder in holders or [(PRODUCT, record)]
        if (found := _impossible(holder, settings))
    )[:_ODD_NAMED]


def known_holders(record: Product, link: Link) -> frozenset[PosVariantId | None]:
    """Return the variants whose level can go now, or None for the product itself: the store tracks
    the stock as the record wants it, under ids we know. A variant that is new, or whose content
    BigCommerce refuses, never holds back the levels of the others."""
    if not link.is_linked or link.tracking != record.tracking:
        return frozenset()
    if not record.variants:
        return frozenset({None}) if not link.variants else frozenset()
    return frozenset(variant.id for variant in record.variants if variant.id in link.variants)


def all_known(record: Product, link: Link) -> bool:
    """Return whether every level of the record can go now, and the store has no other variants. If
    not, content goes too, because it sets the tracking and creates the ids."""
    known = known_holders(record, link)
    return bool(known) and known - {None} == set(link.variants) == {v.id for v in record.variants}


def level_waits(
    record: Product, link: Link, settings: Settings, web_units: WebUnits = NO_WEB_UNITS
) -> bool:
    """Return whether a level that can go now differs from what was last sent."""
    known = known_holders(record, link)
    return any(
        level.level != last_level(link, holder)
        for holder, level in levels(record, settings, web_units).items()
        if holder in known
    )


def last_level(link: Link, holder: PosVariantId | None) -> int | None:
    """Return the level that was last sent of a variant, or of the product itself under None; None
    when it is unknown."""
    if holder is None:
        return link.level
    return link.variants[holder].level if holder in link.variants else None


def _impossible(holder: Product | Variant, settings: Settings) -> tuple[Decimal, ...]:
    codes = [code for code in astuple(holder.barcodes) if code]
    return impossible(holder.stock, settings.outlets, codes)


def _of(
    holder: Product | Variant, settings: Settings, most: int, *, safety: int, web_units: int
) -> Sellable | None:
    if _impossible(holder, settings):
        return None
    found = sellable(holder.stock, settings.outlets, safety=safety, web_units=web_units)
    return found and replace(found, level=min(found.level, most))
