"""The link of a product that was just created (or found again after a lost reply)."""

from collections.abc import Mapping
from dataclasses import replace

from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import content_fingerprint
from tillbridge.domain.field_policy import Field
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.link import Link, LinkedVariant, LinkStatus, SentImage
from tillbridge.domain.mapping import (
    fingerprint,
    product_sku,
    sendable_images,
    variant_content,
    variant_sku,
)
from tillbridge.domain.names import clean_name
from tillbridge.domain.product import Product
from tillbridge.domain.validation import image_problem
from tillbridge.domain.variants import shape
from tillbridge.domain.web_product import WebProduct


def new_link(
    record: Product,
    product: WebProduct,
    settings: Settings,
    before: Link | None = None,
    *,
    with_images: bool,
) -> Link:
    """Return a link that says `record` is what the store has in `product`. It keeps `came_with_sku`
    of the link before it: a product that was deleted online is created again under the same SKU."""
    notes = [problem for url in record.images if (problem := image_problem(url))]
    if product.warning:
        notes.append(f"BigCommerce saved the product but said: {product.warning}")
    sends_images = with_images and settings.fields.sends(Field.IMAGES, creating=True)
    blank = Link(
        product=record.id,
        status=LinkStatus.LINKED,
        id=product.id,
        came_with_sku=before is not None and before.came_with_sku,
    )
    return replace(
        blank,
        variants=_variants(record, product, settings, blank),
        name=clean_name(record.name),
        sku=product_sku(record, blank),
        content_version=record.version,
        fingerprint=content_fingerprint(record, blank, settings),
        visible=record.visible,
        tracking=record.tracking,
        images=_images(record, product) if sends_images else (),
        notes=tuple(notes),
    )


def _variants(
    record: Product, product: WebProduct, settings: Settings, blank: Link
) -> Mapping[PosVariantId, LinkedVariant]:
    theirs = {shape(variant.options): variant.id for variant in product.variants}
    return {
        variant.id: LinkedVariant(
            id=theirs[shape(variant.option_values)],
            sku=variant_sku(variant, blank),
            fingerprint=fingerprint(variant_content(variant, settings.fields, blank)),
            options=variant.option_values,
        )
        for variant in record.variants
        if shape(variant.option_values) in theirs
    }


def _images(record: Product, product: WebProduct) -> tuple[SentImage, ...]:
    urls = sendable_images(record)
    ids = product.image_ids if len(product.image_ids) == len(urls) else (None,) * len(urls)
    return tuple(SentImage(url, number) for url, number in zip(urls, ids, strict=True))
