"""The fields of a product that are no entry of `domain/fields.py`: stock, images and categories. Pure."""

from dataclasses import replace

from tillbridge.domain.decision import images_differ
from tillbridge.domain.details.composing import MOST_IMAGES
from tillbridge.domain.details.detail import CUT
from tillbridge.domain.fields import Field
from tillbridge.domain.findings import Difference, text
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.images import sendable_images
from tillbridge.domain.names import category_name
from tillbridge.domain.stock_levels import last_level
from tillbridge.domain.why.names import CATEGORIES, IMAGES, STOCK
from tillbridge.usecases.console.product_shown import FieldShown, FieldState, LevelShown
from tillbridge.usecases.console.product_sides import Sides


def stock_of_product(sides: Sides) -> FieldShown:
    """Return the stock of a product, that of its variants together."""
    pos, web = sides.kept.pos, sides.kept.web
    ours = (pos.stock or None) if pos else None
    return _stock(sides, ours, (web.stock or None) if web else None, None)


def stock_of_variant(sides: Sides, level: LevelShown) -> FieldShown:
    """Return the stock of a variant."""
    ours = None if level.level is None else str(level.level)
    theirs = None if level.online is None else str(level.online)
    return _stock(sides, ours, theirs, level.variant)


def _stock(
    sides: Sides, ours: str | None, theirs: str | None, variant: PosVariantId | None
) -> FieldShown:
    link = sides.link
    field = "stock_negative" if link is not None and link.debt else "stock"
    found = Difference(field, ours or "", theirs or "", variant=variant or "")
    if link is None or ours is None or theirs is None:
        state = FieldState.UNKNOWN
    elif ours == theirs:
        state = FieldState.SAME
    else:
        state = sides.state_of(found, Field.STOCK, waits=sides.level_waits)
    reason = sides.reasons.get((STOCK.label, variant))
    sent = last_level(link, variant) if link is not None else None
    return FieldShown(
        STOCK.label,
        sides.mode(Field.STOCK),
        ours,
        theirs,
        state,
        None if sent is None else str(sent),
        reason.line.at_ms if reason and reason.line and reason.level else 0,
        found.place,
    )


def images_shown(sides: Sides) -> FieldShown:
    """Return the images: the addresses of the POS's, and of those that pushes placed. What web staff add or
    remove is theirs."""
    record, link = sides.record, sides.link
    shown = FieldShown(IMAGES.label, sides.mode(Field.IMAGES), None, None, FieldState.UNKNOWN)
    if record is not None and record.knows("images"):
        shown = replace(shown, pos=", ".join(sendable_images(record)))
    if link is None:
        return shown
    placed = ", ".join(image.picture for image in link.images)
    shown = replace(shown, online=placed, sent=placed or None, place="images")
    partly = record is not None and (
        len(record.images) == MOST_IMAGES or any(url.endswith(CUT) for url in record.images)
    )
    if record is None or shown.pos is None or record.deleted or partly:
        return shown
    if not images_differ(record, link, sides.settings, manual=True):
        return replace(shown, state=FieldState.SAME)
    found = Difference("images", text(shown.pos), text(placed))
    return replace(shown, state=sides.state_of(found, Field.IMAGES, waits=sides.content_waits))


def categories_shown(sides: Sides) -> FieldShown:
    """Return the category. A create alone sends it, and nobody reads it online."""
    record = sides.record
    ours = None if record is None else category_name(record.department)
    words = "Sent when a product is created; then it is BigCommerce's."
    mode = sides.mode(Field.CATEGORIES)
    return FieldShown(CATEGORIES.label, mode, ours, None, FieldState.UNKNOWN, words=words)
