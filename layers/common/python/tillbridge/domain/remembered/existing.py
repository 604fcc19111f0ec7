"""What a link says of two products that both exist: after a link by hand, an import or an undo."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from tillbridge.domain.before_push import Was, wire_of
from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import content_fingerprint
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.held import held, held_words
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.images import sendable_images
from tillbridge.domain.importing import as_recorded, came_in_before, with_ids_of
from tillbridge.domain.link import Link, LinkedVariant, LinkStatus, SentImage
from tillbridge.domain.mapping import (
    all_content,
    all_variant_content,
    alone,
    fingerprint,
    held_key,
    held_text,
    variant_content,
)
from tillbridge.domain.names import name_key
from tillbridge.domain.new_product import CreatedRecord, NewProduct
from tillbridge.domain.product import Product, Variant
from tillbridge.domain.variants import partners
from tillbridge.domain.web_product import WebProduct, WebVariant, known


def linked_by_hand(record: Product, web: WebProduct, before: Link | None = None) -> Link:
    """Return the link of two existing products: nothing was sent, so a push sends everything. `before`: the link that
    the BigCommerce product had, or a create of the POS's product that failed."""
    options = {variant.id: variant.option_values for variant in record.variants}
    return Link(
        product=record.id,
        status=LinkStatus.LINKED,
        id=web.id,
        variants={
            key: LinkedVariant(id=online.id, sku=online.sku, options=options[key])
            for key, online in partners(record, web).items()
        },
        name=web.name,
        sku=web.sku,
        visible=known(web.visible),
        tracking=known(web.tracking),
        # It existed before: the web staff decide which storefront shows it, unless it is our own.
        assigned=not _is_our_own(before, web),
        came_with_sku=came_in_before(record, web),
    )


def _is_our_own(before: Link | None, web: WebProduct) -> bool:
    """Return whether we made this product and never put it on a channel: the POS deleted its product before, or the
    create's answer was lost."""
    if before is None:
        return False
    if before.id == web.id:
        return not before.assigned
    made_since = before.creating_ms and web.id > before.highest_id
    return bool(made_since) and name_key(web.name) == name_key(before.name)


def after_import(
    web: WebProduct, new: NewProduct, made: CreatedRecord, record: Product, settings: Settings
) -> Link:
    """Return the link of an imported product. `new` was sent to the POS, `made` is its answer, and
    `record` its record as read afterwards.

    What the store has counts as sent, and what the POS could not take is held, so that the first
    later change sends only what changed and blanks nothing."""
    # Somebody may have edited the record since; held is only what our own create could not carry.
    seen = record
    if record.version != made.version:
        seen = with_ids_of(as_recorded(new, record.id, made.version), record)
    bare = Link(
        product=record.id,
        status=LinkStatus.LINKED,
        id=web.id,
        visible=known(web.visible),
        came_with_sku=bool(web.skus),
    )
    kept = held(web, seen, bare)
    link = replace(bare, held=kept)
    return replace(
        link,
        name=web.name,
        sku=web.sku,
        content_version=made.version,
        stock_version=made.version,
        # Without a SKU online, the generated one must still go up, so the content must differ.
        fingerprint=content_fingerprint(seen, link, settings) if web.skus else "",
        tracking=known(web.tracking),
        images=_imported_images(seen, web),
        assigned=True,
        variants=_imported_variants(seen, web, link, settings),
        notes=held_words(web, seen, kept),
    )


def after_undo(link: Link, record: Product, before: WebProduct, settings: Settings) -> Link:
    """Return the link after the store got `before` back, which the first push had replaced. What
    differs from the POS is held until it changes there."""
    kept = held(before, record, holding_nothing(link))
    link = replace(link, held=kept, name=before.name, sku=before.sku)
    return replace(
        link,
        fingerprint=content_fingerprint(record, link, settings),
        variants={**link.variants, **_variants_brought_back(link, record, before, settings)},
    )


def after_undoing(link: Link, record: Product, held: Mapping[str, Was], settings: Settings) -> Link:
    """Return the link after the store got these values back, by their keys on the link. Each is held until it
    changes in the POS; what else was sent counts as sent, where it did before."""
    pos = {wire: held_text(value) for wire, value in all_content(record, link).items()}
    for variant in record.variants:
        of_variant = all_variant_content(variant, link)
        pos |= {held_key(variant, wire): held_text(value) for wire, value in of_variant.items()}
    now = {key: pos[key] for key in held if key in pos and FIELDS[wire_of(key)].kept}
    name = str(held["name"].value) if "name" in held else link.name
    sku = str(held["sku"].value) if "sku" in held else link.sku
    after = replace(link, held={**link.held, **now}, name=name, sku=sku)
    if link.fingerprint == content_fingerprint(record, link, settings):
        after = replace(after, fingerprint=content_fingerprint(record, after, settings))
    variants = dict(after.variants)
    for variant in record.variants:
        if variant.id in variants:
            variants[variant.id] = _variant_undone(variant, link, after, held, settings)
    return replace(after, variants=variants)


def _variant_undone(
    variant: Variant, link: Link, after: Link, held: Mapping[str, Was], settings: Settings
) -> LinkedVariant:
    linked = link.variants[variant.id]
    if (sku := held.get(held_key(variant, "sku"))) is not None:
        linked = replace(linked, sku=str(sku.value))
    before = variant_content(variant, settings.fields, link)
    if linked.fingerprint != fingerprint(before):
        return linked
    now = variant_content(variant, settings.fields, after)
    return replace(linked, fingerprint=fingerprint(now), alone=fingerprint(alone(now)))


def no_longer_holding(link: Link, keys: Collection[str]) -> Link:
    """Return the link after an undo of these values that did not come through."""
    return replace(link, held={k: value for k, value in link.held.items() if k not in keys})


def holding_nothing(link: Link) -> Link:
    """Return the link after an undo that did not come through: no value of the POS's is held."""
    return replace(link, held={})


def _variants_brought_back(
    link: Link, record: Product, before: WebProduct, settings: Settings
) -> Mapping[PosVariantId, LinkedVariant]:
    # A variant that was made again since is another one, and got nothing back.
    there = {online.id: online for online in before.variants}
    return {
        variant.id: replace(
            _as_online(variant, there[linked.id], link, settings), level=linked.level
        )
        for variant in record.variants
        if (linked := link.variants.get(variant.id)) is not None and linked.id in there
    }


def _imported_variants(
    record: Product, web: WebProduct, link: Link, settings: Settings
) -> Mapping[PosVariantId, LinkedVariant]:
    there = partners(record, web)
    return {
        variant.id: _as_online(variant, there[variant.id], link, settings)
        for variant in record.variants
        if variant.id in there
    }


def _as_online(
    variant: Variant, online: WebVariant, link: Link, settings: Settings
) -> LinkedVariant:
    """Return a variant of which all that is not held is as the POS wants it. Without a SKU online,
    the POS's must still go up."""
    content = variant_content(variant, settings.fields, link)
    return LinkedVariant(
        id=online.id,
        sku=online.sku,
        fingerprint=fingerprint(content) if online.sku else "",
        alone=fingerprint(alone(content)) if online.sku else "",
        options=variant.option_values,
    )


def _imported_images(record: Product, web: WebProduct) -> tuple[SentImage, ...]:
    """Return the images of the POS's record with the ids they have online. A POS may keep copies
    under its own addresses, or fewer images; that is no change, so no push adds an image again or
    removes one because of it."""
    theirs = [image for image in known(web.images) if image.url]
    ids: dict[str, int] = {}
    if len(record.images) == len(theirs):
        ids = dict(zip(record.images, (image.id for image in theirs), strict=True))
    ids |= {image.url: image.id for image in theirs}
    return tuple(SentImage(url, ids.get(url)) for url in sendable_images(record))
