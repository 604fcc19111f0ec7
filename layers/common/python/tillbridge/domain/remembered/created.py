"""What a link says after its product was created in BigCommerce."""

from dataclasses import replace

from tillbridge.domain.connection import Settings
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import StoreVariantId
from tillbridge.domain.images import image_notes, sendable_images
from tillbridge.domain.link import Link, LinkedVariant, LinkStatus, Part, SentImage
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.doubts import CONTENT_PARTS, doubted
from tillbridge.domain.remembered.sent import product_content, sent_variants
from tillbridge.domain.sent_skus import product_sku, variant_sku
from tillbridge.domain.variants import by_shape, partners, shape
from tillbridge.domain.web_product import NOT_READ, WebProduct

_NOT_MADE = StoreVariantId(0)


def before_create(
    record: Product, before: Link | None, settings: Settings, *, highest_id: int, now_ms: int
) -> Link:
    """Return the intent, which is stored before the POST and identifies what a lost reply made: by
    the name, SKUs and options that are sent, whatever the POS says by then. Its variants have no
    ids yet.

    `highest_id` is the store's highest product id at `now_ms` (epoch ms)."""
    sends_images = settings.fields.sends(Field.IMAGES, creating=True)
    return Link(
        product=record.id,
        status=LinkStatus.CREATING,
        name=record.name,
        sku=product_sku(record, before) if settings.fields.sends(Field.SKU, creating=True) else "",
        variants={
            variant.id: LinkedVariant(
                id=_NOT_MADE, sku=variant_sku(variant, before), options=variant.option_values
            )
            for variant in record.variants
        },
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
    shows = record.knows("active") and settings.fields.sends(Field.VISIBILITY, creating=True)
    ids = {key: online.id for key, online in partners(record, web).items()}
    return replace(
        blank,
        **product_content(record, blank, settings, creating=True),
        variants=sent_variants(record, ids, blank, settings),
        content_version=record.version,
        visible=record.visible if shows else _as_made(web),
        images=_created_images(record, web) if sent_images else (),
        notes=(*image_notes(record), *warned),
    )


def after_lost_create(
    record: Product, web: WebProduct, settings: Settings, before: Link | None, intent: Link
) -> Link:
    """Return the link of a product that a POST created whose reply was lost.

    The store has what that POST sent, and the POS may have changed since: content, visibility and
    stock tracking are unknown, so are the variants unless they are those of the record, and the
    images are those that the intent named, in their order (none when BigCommerce created the product
    without them)."""
    link = after_create(record, web, settings, before, with_images=False)
    same_shapes = {shape(v.options) for v in web.variants} == set(by_shape(record))
    unknown = CONTENT_PARTS if same_shapes else (*CONTENT_PARTS, Part.SHAPE)
    link = doubted(link, unknown, since_ms=intent.creating_ms)
    ids = () if web.images is NOT_READ else web.image_ids
    placed = zip(intent.images, ids, strict=False)
    images = tuple(replace(image, id=number) for image, number in placed)
    return replace(link, visible=None, tracking="", images=images)


def _came_with_sku(before: Link | None) -> bool:
    return before is not None and before.came_with_sku


def _as_made(web: WebProduct) -> bool | None:
    return None if web.visible is NOT_READ else web.visible


def _created_images(record: Product, web: WebProduct) -> tuple[SentImage, ...]:
    urls = sendable_images(record)
    ids = () if web.images is NOT_READ else web.image_ids
    found = ids if len(ids) == len(urls) else (None,) * len(urls)
    return tuple(SentImage(url, number) for url, number in zip(urls, found, strict=True))
