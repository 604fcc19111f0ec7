"""Drift: where the store differs from what a push would send. Pure.

The wanted values come from the very functions push sends with (`mapping`, `stock_levels`), so that
reconcile and push can never disagree about what is right."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import content_fingerprint, images_differ, shape_differs
from tillbridge.domain.field_policy import Field
from tillbridge.domain.findings import Difference, Moved, text
from tillbridge.domain.link import Link, LinkedVariant
from tillbridge.domain.mapping import Json, content, fingerprint, sendable_images, variant_content
from tillbridge.domain.names import clean_name
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.shown import Shown, ShownVariant
from tillbridge.domain.stock import Sellable
from tillbridge.domain.stock_levels import levels
from tillbridge.domain.variants import shape

type Brands = Mapping[int, str]
"""Brand names by BigCommerce's id."""

_CENTS = Decimal("0.0001")
"""BigCommerce keeps four decimals of a price, and documents it."""

_WORDS = {
    "cost_price": "cost",
    "brand_name": "brand",
    "brand_id": "brand",
    "is_visible": "visibility",
    "inventory_tracking": "tracking",
}
"""BigCommerce's field to the word of settings; others are the same word."""


def differences(
    record: Product, link: Link, shown: Shown, settings: Settings, brands: Brands
) -> tuple[Difference, ...]:
    """Everything a push without a person's hand would change of `shown`, field by field."""
    if record.deleted:
        return tuple(_of_deleted(link, shown, settings))
    return (
        *_of_product(record, link, shown, settings, brands),
        *_of_structure(record, link, shown),
        *_of_variants(record, link, shown, settings),
        *_of_stock(record, link, shown, settings),
    )


def pos_moved(record: Product, link: Link, settings: Settings) -> bool:
    """Whether the POS's record is not what was last sent: content, shape, levels or visibility."""
    if record.deleted:
        return link.visible is not False
    if shape_differs(record, link) or link.visible is not record.visible:
        return True
    if images_differ(record, link, settings):
        return True
    if content_fingerprint(record, link, settings) != link.fingerprint:
        return True
    return any(_variant_moved(v, link, settings) for v in record.variants) or any(
        _level_sent(link, holder) != level.level
        for holder, level in levels(record, settings).items()
    )


def _of_deleted(link: Link, shown: Shown, settings: Settings) -> Iterator[Difference]:
    # A push hides once what the POS deleted; afterwards its visibility is the web staff's again.
    if settings.fields.sends(Field.VISIBILITY) and link.visible is not False and shown.visible:
        yield Difference("visibility", "deleted", "shown", Moved.POS)


def _of_product(
    record: Product, link: Link, shown: Shown, settings: Settings, brands: Brands
) -> Iterator[Difference]:
    there = {
        "name": shown.name,
        "description": shown.description,
        "sku": shown.sku,
        "price": shown.price,
        "cost_price": shown.cost_price,
        "brand_name": brands.get(shown.brand, f"#{shown.brand}" if shown.brand else ""),
        "brand_id": shown.brand,
        "upc": shown.upc,
        "gtin": shown.gtin,
        "inventory_tracking": shown.tracking,
        "is_visible": shown.visible,
    }
    due = _due(record, link, link.fingerprint, there, content(record, settings.fields, link))
    for key, wanted in due.items():
        if not _same(key, wanted, there[key]):
            moved = content_fingerprint(record, link, settings) != link.fingerprint
            side = _side(moved or key == "is_visible")
            web = there["brand_name"] if key == "brand_id" else there[key]
            pos = "" if key == "brand_id" else wanted
            yield Difference(_WORDS.get(key, key), text(pos), text(web), side)
    if images_differ(record, link, settings):
        # Only the set we placed is ours: an image removed online is the web staff's decision.
        wanted, sent = sendable_images(record), [image.url for image in link.images]
        yield Difference("images", text(", ".join(wanted)), text(", ".join(sent)), Moved.POS)


def _of_structure(record: Product, link: Link, shown: Shown) -> Iterator[Difference]:
    """Variants one side has and the other has not. `moved` WEB with a blank `web`: deleted online;
    with a blank `pos`: added there; with both: renamed there."""
    there = {variant.id: variant for variant in shown.real_variants}
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
                # Sent under this name, and renamed there.
                label = _label(ours.option_values)
                yield Difference("variants", label, _label(extra.options), Moved.WEB)
            else:
                yield Difference("variants", "", _label(extra.options), Moved.POS)


def _of_variants(
    record: Product, link: Link, shown: Shown, settings: Settings
) -> Iterator[Difference]:
    for variant, linked, online in _pairs(record, link, shown):
        there: Json = {
            "sku": online.sku,
            "price": online.price,
            "cost_price": online.cost_price,
            "upc": online.upc,
            "gtin": online.gtin,
        }
        sent = variant_content(variant, settings.fields, link)
        for key, wanted in _due(record, link, linked.fingerprint, there, sent).items():
            if not _same(key, wanted, there[key]):
                side = _side(_variant_moved(variant, link, settings))
                yield Difference(
                    _WORDS.get(key, key), text(wanted), text(there[key]), side, variant.id
                )


def _due(record: Product, link: Link, fingerprint_: str, there: Json, sent: Json) -> Json:
    """What should be online by now. The generated SKU of a product that came in without one goes up
    with its first change, not before (docs/import.md, What becomes of a product)."""
    unchanged = not fingerprint_ and record.version == link.content_version
    if unchanged and not there["sku"]:
        return {key: value for key, value in sent.items() if key != "sku"}
    return sent


def _of_stock(
    record: Product, link: Link, shown: Shown, settings: Settings
) -> Iterator[Difference]:
    if shown.tracking != record.tracking:
        return  # the tracking is the finding; levels follow it
    found = levels(record, settings)
    if record.version == link.stock_version:
        # Never sent and nothing new: it came in with an import, and its stock goes up with the first
        # change, as everything of it does.
        found = {key: each for key, each in found.items() if _level_sent(link, key) is not None}
    if (own := found.get(None)) is not None and own.level != shown.level:
        yield _stock_difference(own, shown.level, link.level)
    for variant, linked, online in _pairs(record, link, shown):
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
    record: Product, link: Link, shown: Shown
) -> Iterator[tuple[Variant, LinkedVariant, ShownVariant]]:
    there = {variant.id: variant for variant in shown.variants}
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


def _same(key: str, wanted: object, there: object) -> bool:
    """Whether BigCommerce's value is the one that was sent, as BigCommerce keeps it."""
    if key == "price":
        return _money(wanted) == _money(there)
    if key == "cost_price":  # no cost and a cost of 0 are one to BigCommerce
        return (_money(wanted) or 0) == (_money(there) or 0)
    if key == "brand_name":  # found or made whatever the case
        return str(wanted).strip().casefold() == str(there).strip().casefold()
    if key == "name":
        return clean_name(str(wanted)) == clean_name(str(there))
    if key == "description":
        return _lines(wanted) == _lines(there)
    if key in ("sku", "upc", "gtin"):
        return str(wanted or "").strip() == str(there or "").strip()
    return wanted == there


def _money(value: object) -> Decimal | None:
    if value is None:
        return None
    return Decimal(str(value)).quantize(_CENTS, ROUND_HALF_UP)


def _lines(value: object) -> str:
    return str(value or "").replace("\r\n", "\n").strip()


def _label(options: tuple[tuple[str, str], ...]) -> str:
    return " / ".join(value.strip() for _, value in options)
