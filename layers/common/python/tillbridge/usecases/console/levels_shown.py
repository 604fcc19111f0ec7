"""The stock of a product as its page shows it, and what of it the web was promised. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import floor

from tillbridge.domain.ids import PosVariantId, WebOrderId
from tillbridge.domain.link import Link, Part
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.stock_levels import last_level
from tillbridge.domain.web_orders.accounts import LineAccount, WebUnits, web_units
from tillbridge.domain.web_orders.promised import owed_by_order, promised_words
from tillbridge.domain.why.names import STOCK
from tillbridge.usecases.console.product_shown import LevelShown
from tillbridge.usecases.console.product_sides import Sides


def promised_units(sides: Sides, accounts: Sequence[LineAccount]) -> WebUnits:
    """Return the units of web orders that the level of each variant still contains."""
    link = sides.link
    if link is None or not accounts:
        return {}
    record = sides.record or _as_linked(link)
    return web_units(replace(record, version=link.stock_version), accounts)


def level_shown(
    sides: Sides, variant: PosVariantId | None, promised: WebUnits
) -> LevelShown | None:
    """Return the stock of a variant, or of a product without any under None; None where nothing is known of it."""
    product = sides.kept.product
    if product is None:
        return None
    reason = sides.reasons.get((STOCK.label, variant))
    told = reason.level if reason else None
    online = _believed(sides.link, variant) if sides.link else None
    level = _in_the_view(sides) if variant is None else None
    if level is None:
        level = told.level if told else online
    if level is None and online is None:
        return None
    return LevelShown(
        variant,
        # The sum that is kept is that of the level which was sent.
        floor(told.on_hand) if told and told.level == level else None,
        promised.get(variant, 0),
        sides.settings.safety_of(product, variant),
        level,
        online,
    )


def promised_in_words(
    sides: Sides, accounts: Sequence[LineAccount], levels: Sequence[LevelShown]
) -> str:
    """Return the sentence about open web orders, '' where there are none."""
    link = sides.link
    if link is None:
        return ""
    owed: Sequence[tuple[WebOrderId, int]] = owed_by_order(
        accounts, link.product, link.stock_version
    )
    return promised_words(
        _sum([each.on_hand for each in levels]), owed, _sum([each.online for each in levels])
    )


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [each for each in numbers if each is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def _in_the_view(sides: Sides) -> int | None:
    row = sides.kept.pos
    return int(row.stock) if row is not None and row.stock and not row.variants else None


def _believed(link: Link, variant: PosVariantId | None) -> int | None:
    doubt = link.doubts.get(Part.STOCK)
    return None if doubt is not None and doubt.is_open else last_level(link, variant)


def _as_linked(link: Link) -> Product:
    """Return a record that has the link's variants, where nothing else is kept."""
    variants: Mapping[PosVariantId, str] = {id_: each.sku for id_, each in link.variants.items()}
    return Product(
        link.product,
        link.stock_version,
        link.name,
        variants=tuple(Variant(id_, sku, ()) for id_, sku in variants.items()),
    )
