"""What a link says after each thing that can happen to its product. Pure, and the only module that
makes or changes a link: use cases pass what happened and store what is returned.

A link is a memory of what was sent and recorded, never of what was hoped. A part whose value in the
store is not certain stands in `Link.doubts`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import content_fingerprint
from tillbridge.domain.errors import Problem
from tillbridge.domain.fields import Field
from tillbridge.domain.held import held, held_words
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreVariantId
from tillbridge.domain.images import image_notes, notes_about, sendable_images
from tillbridge.domain.importing import as_recorded, came_in_before, with_ids_of
from tillbridge.domain.link import Doubt, Link, LinkedVariant, LinkStatus, Part, SentImage
from tillbridge.domain.mapping import (
    all_content,
    all_variant_content,
    alone,
    fingerprint,
    still_held,
    variant_content,
)
from tillbridge.domain.new_product import CreatedRecord, NewProduct
from tillbridge.domain.product import Product
from tillbridge.domain.stock import Sellable
from tillbridge.domain.variants import partners
from tillbridge.domain.web_product import NOT_READ, WebProduct, known

CONTENT_PARTS = (Part.CONTENT, Part.VISIBILITY)
"""What a push of content sends. The shape and the images are noted on the link when they begin to
change."""

STOCK_PARTS = (Part.STOCK,)

# --- a product is created online -----------------------------------------------------------------


def before_create(
    record: Product, before: Link | None, settings: Settings, *, highest_id: int, now_ms: int
) -> Link:
    """Return the intent, which is stored before the POST and identifies what a lost reply made.

    `highest_id` is the store's highest product id at `now_ms` (epoch ms)."""
    sends_images = settings.fields.sends(Field.IMAGES, creating=True)
    return Link(
        product=record.id,
        status=LinkStatus.CREATING,
        name=record.name,
        highest_id=highest_id,
        creating_ms=now_ms,
        images=tuple(SentImage(url) for url in sendable_images(record)) if sends_images else (),
        came_with_sku=_came_with_sku(before),
    )


def after_create(
    record: Product,
    web: WebProduct,
    settings: Settings,
    before: Link | None = None,
    *,
    with_images: bool,
) -> Link:
    """Return the link of a product that was created from `record` and that BigCommerce returned as
    `web`. `with_images`: the create carried the images.

    A product that once came in with a SKU keeps it when it is created again after being deleted
    online; `before` is its old link."""
    blank = Link(
        product=record.id,
        status=LinkStatus.LINKED,
        id=web.id,
        came_with_sku=_came_with_sku(before),
    )
    warned = [f"BigCommerce saved the product but said: {web.warning}"] if web.warning else []
    sent_images = with_images and settings.fields.sends(Field.IMAGES, creating=True)
    ids = {key: online.id for key, online in partners(record, web).items()}
    return replace(
        blank,
        **_product_content(record, blank, settings),
        variants=_sent_variants(record, ids, blank, settings),
        content_version=record.version,
        visible=record.visible,
        images=_created_images(record, web) if sent_images else (),
        notes=(*image_notes(record), *warned),
    )


def after_lost_create(
    record: Product, web: WebProduct, settings: Settings, before: Link | None, intent: Link
) -> Link:
    """Return the link of a product that a POST created whose reply was lost.

    The store has what that POST sent, and the POS may have changed since: the visibility is
    unknown, and the images are those that the intent named, in their order (none when BigCommerce
    created the product without them)."""
    link = after_create(record, web, settings, before, with_images=False)
    ids = () if web.images is NOT_READ else web.image_ids
    placed = zip(intent.images, ids, strict=False)
    images = tuple(replace(image, id=number) for image, number in placed)
    return replace(link, visible=None, images=images)


# --- a linked product is pushed ------------------------------------------------------------------


def after_update(link: Link, record: Product, settings: Settings, *, manual: bool) -> Link:
    """Return the link after all of a product's content was sent. `manual`: a person asked."""
    known_ = record.deleted or record.knows("active")
    shows = known_ and settings.fields.sends(Field.VISIBILITY, manual=manual)
    done = replace(
        link,
        status=LinkStatus.LINKED,
        content_version=record.version,
        visible=record.visible if shows else link.visible,
        problem=None,
        failed_version=-1,
        doubts=_without(link.doubts, Part.VISIBILITY),
    )
    if record.deleted:
        return _as_remembered(done)  # a tombstone has no other content
    ids = {key: variant.id for key, variant in link.variants.items()}
    return replace(
        done,
        **_product_content(record, link, settings),
        variants=_sent_variants(record, ids, link, settings),
        notes=tuple(notes_about(record.images, link.notes)),
        held=still_held(record, link),
        doubts=_without(done.doubts, Part.CONTENT),
    )


def after_restructure(
    link: Link,
    record: Product,
    settings: Settings,
    ids: Mapping[PosVariantId, StoreVariantId],
    *,
    manual: bool,
) -> Link:
    """Return the link after variants were added or removed. `ids` has the id of each variant that
    is online now; none of their levels was sent yet."""
    made_anew = without_levels(after_update(link, record, settings, manual=manual))
    variants = _sent_variants(record, ids, replace(link, variants={}), settings)
    doubts = _without(made_anew.doubts, Part.SHAPE)
    return replace(made_anew, variants=variants, doubts=doubts)


def after_stock(
    link: Link,
    record: Product,
    sent: Mapping[PosVariantId | None, Sellable],
    *,
    on_channel: bool,
    odd_counts: tuple[str, ...] = (),
) -> Link:
    """Return the link after these levels were sent, the product's own under None.

    `odd_counts` says which were not, because no shop has so many units. `on_channel`: the product was put on the storefront just before."""
    own = sent.get(None)
    return replace(
        link,
        level=own.level if own else link.level,
        variants={
            key: replace(variant, level=sent[key].level) if key in sent else variant
            for key, variant in link.variants.items()
        },
        debt=sum(level.debt for level in sent.values()),
        odd_counts=odd_counts,
        stock_version=record.version,
        assigned=link.assigned or on_channel,
        doubts=_without(link.doubts, Part.STOCK),
    )


def after_no_stock(link: Link, *, on_channel: bool, odd_counts: tuple[str, ...] = ()) -> Link:
    """Return the link of a product that has no level to send. `on_channel`: it was put on the
    storefront just before; `odd_counts`: which of its counts cannot be counts."""
    assigned = link.assigned or on_channel
    return replace(link, assigned=assigned, odd_counts=odd_counts)


def before_images(link: Link, there: Sequence[int], sent: Sequence[str]) -> Link:
    """Return the link before our images change. `there` has the ids of the product's images, `sent`
    the addresses to be sent, in their order."""
    return replace(link, images_seen=tuple(there), images_sent=tuple(sent))


def found_images(link: Link, there: Sequence[int]) -> list[SentImage]:
    """Return our images online after trouble; `there` has the ids of the product's images now.

    They were sent one at a time, so the first new ones are the first that were sent and are not
    placed. One of ours that was there before and no longer is, was deleted by us."""
    before = link.images_seen or ()
    stayed = [s for s in link.images if s.id not in before or s.id in there]
    placed, known_ids = {s.url for s in stayed}, {*before, *(s.id for s in stayed)}
    sent = [url for url in link.images_sent if url not in placed]
    fresh = [number for number in there if number not in known_ids]
    return [*stayed, *(SentImage(url, n) for url, n in zip(sent, fresh, strict=False))]


def amid_images(link: Link, placed: Iterable[SentImage], notes: Iterable[str]) -> Link:
    """Return the link while images are sent: `placed` are online, `notes` are about others."""
    return replace(link, images=tuple(placed), notes=tuple(notes))


def after_images(link: Link, placed: Iterable[SentImage], notes: Iterable[str]) -> Link:
    """Return the link once no image is under way. `placed` are online; `notes` are about others."""
    return replace(amid_images(link, placed, notes), images_seen=None, images_sent=())


# --- a product is refused, or lost online --------------------------------------------------------


def after_refusal(
    link: Link | None, record: Product, problem: Problem, *, gone: bool = False
) -> Link:
    """Return the link after this version was refused. `gone`: the product was deleted online."""
    base = link or _not_linked(record.id)
    return replace(
        base,
        status=LinkStatus.BROKEN if gone else LinkStatus.FAILED,
        problem=problem,
        failed_version=record.version,
        name=base.name or record.name,
        creating_ms=0,
    )


def while_failing(link: Link | None, record: Product, problem: Problem) -> Link:
    """Return the link of a product that people are told about because it keeps failing, while
    attempts go on.

    No version counts as refused, and a create stays under way: the product that it may have made
    must still be looked for."""
    base = link or _not_linked(record.id)
    creating = base.status is LinkStatus.CREATING
    return replace(
        base,
        status=base.status if creating else LinkStatus.FAILED,
        problem=problem,
        failed_version=max(base.content_version, record.version - 1),
        name=base.name or record.name,
    )


def after_deletion_online(link: Link, problem: Problem) -> Link:
    """Return the link of a product that BigCommerce no longer has."""
    return replace(link, status=LinkStatus.BROKEN, problem=problem)


def without_variants(link: Link, gone: Collection[str]) -> Link:
    """Return the link without variants that were deleted online, so that a push makes them anew."""
    alive = {key: variant for key, variant in link.variants.items() if key not in gone}
    return replace(link, variants=alive)


def without_levels(link: Link) -> Link:
    """Return the link with every level unknown, so that a push sends it."""
    variants = {key: replace(variant, level=None) for key, variant in link.variants.items()}
    return replace(link, level=None, variants=variants)


# --- two products that exist are linked ----------------------------------------------------------


def linked_by_hand(record: Product, web: WebProduct) -> Link:
    """Return the link of two existing products: nothing was sent, so a push sends everything."""
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
        assigned=True,  # it existed before: the web staff decide which storefront shows it
        came_with_sku=came_in_before(record, web),
    )


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
    kept = held(before, record, replace(link, held={}))
    link = replace(link, held=kept, name=before.name, sku=before.sku)
    return replace(link, fingerprint=content_fingerprint(record, link, settings))


# --- what is not certain -------------------------------------------------------------------------


def doubted(link: Link, parts: Iterable[Part], *, since_ms: int, late_until_ms: int) -> Link:
    """Return the link with these parts in doubt since `since_ms`; a write sent before may still
    arrive until `late_until_ms` (both epoch ms). Two doubts about a part become one that covers
    both."""
    doubts = dict(link.doubts)
    for part in parts:
        old = doubts.get(part, Doubt(since_ms, late_until_ms))
        doubts[part] = Doubt(min(since_ms, old.since_ms), max(late_until_ms, old.late_until_ms))
    return replace(link, doubts=doubts)


def believed(link: Link) -> Link:
    """Return the link as far as it can be believed: what is in doubt is unknown, so that it differs
    from whatever the POS wants. Whether the shape is in doubt stays to be asked of `doubts`."""
    if Part.CONTENT in link.doubts:
        variants = {key: _in_doubt(variant) for key, variant in link.variants.items()}
        link = replace(link, fingerprint=f"{_DOUBTED}{link.fingerprint}", variants=variants)
    if Part.VISIBILITY in link.doubts:
        link = replace(link, visible=None)
    return without_levels(link) if Part.STOCK in link.doubts else link


_DOUBTED = "?"
"""Stands before a fingerprint in doubt: it equals no real one, and is not lost."""


def _in_doubt(variant: LinkedVariant) -> LinkedVariant:
    return replace(
        variant, fingerprint=f"{_DOUBTED}{variant.fingerprint}", alone=f"{_DOUBTED}{variant.alone}"
    )


def _as_remembered(link: Link) -> Link:
    # What is not sent is stored as it was; its doubt is stored beside it.
    def known_(text: str) -> str:
        return text.removeprefix(_DOUBTED)

    variants = {
        key: replace(v, fingerprint=known_(v.fingerprint), alone=known_(v.alone))
        for key, v in link.variants.items()
    }
    return replace(link, fingerprint=known_(link.fingerprint), variants=variants)


def _without(doubts: Mapping[Part, Doubt], part: Part) -> Mapping[Part, Doubt]:
    return {each: doubt for each, doubt in doubts.items() if each is not part}


# --- parts ---------------------------------------------------------------------------------------


def _not_linked(product: PosProductId) -> Link:
    return Link(product=product, status=LinkStatus.FAILED)


def _came_with_sku(before: Link | None) -> bool:
    return before is not None and before.came_with_sku


def _product_content(record: Product, link: Link, settings: Settings) -> dict[str, Any]:
    """Return a link's product-level values after a push. What the POS leaves out was not sent, so
    the store has what it had."""
    values = all_content(record, link)
    return {
        "name": values.get("name", link.name),
        "sku": values.get("sku", link.sku),
        "fingerprint": content_fingerprint(record, link, settings),
        "tracking": values.get("inventory_tracking", link.tracking),
    }


def _sent_variants(
    record: Product,
    ids: Mapping[PosVariantId, StoreVariantId],
    link: Link,
    settings: Settings,
) -> Mapping[PosVariantId, LinkedVariant]:
    """Return the record's variants that have ids, as sent; a level that was known stays known."""
    if not record.knows("variants"):
        return link.variants
    sent: dict[PosVariantId, LinkedVariant] = {}
    for variant in record.variants:
        if variant.id not in ids:
            continue
        before = link.variants.get(variant.id)
        content = variant_content(variant, settings.fields, link)
        sent[variant.id] = LinkedVariant(
            id=ids[variant.id],
            sku=all_variant_content(variant, link).get("sku", before.sku if before else ""),
            fingerprint=fingerprint(content),
            alone=fingerprint(alone(content)),
            level=before.level if before else None,
            options=variant.option_values,
        )
    return sent


def _imported_variants(
    record: Product, web: WebProduct, link: Link, settings: Settings
) -> Mapping[PosVariantId, LinkedVariant]:
    there = partners(record, web)
    return {
        variant.id: LinkedVariant(
            id=there[variant.id].id,
            sku=there[variant.id].sku,
            fingerprint=(
                fingerprint(variant_content(variant, settings.fields, link))
                if there[variant.id].sku
                else ""
            ),
            alone=fingerprint(alone(variant_content(variant, settings.fields, link))),
            options=variant.option_values,
        )
        for variant in record.variants
        if variant.id in there
    }


def _created_images(record: Product, web: WebProduct) -> tuple[SentImage, ...]:
    urls = sendable_images(record)
    ids = () if web.images is NOT_READ else web.image_ids
    found = ids if len(ids) == len(urls) else (None,) * len(urls)
    return tuple(SentImage(url, number) for url, number in zip(urls, found, strict=True))


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
