"""A create whose reply was lost: look for what it left behind before anything is sent again."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from tillbridge.domain.errors import Clash
from tillbridge.domain.link import Link, SentImage
from tillbridge.domain.mapping import product_sku, variant_sku
from tillbridge.domain.names import clean_name, name_key
from tillbridge.domain.plan import Work
from tillbridge.domain.variants import Shape, same_variants, shape
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.push.sending import patiently
from tillbridge.usecases.push.session import Session


def find_ours(session: Session, work: Work, link: Link) -> WebProduct | None:
    """The product our lost POST made, or None when nothing has its name or a SKU of it.

    Only one that is not linked, newer than the mark, equal in name, SKUs and options is ours;
    raises Clash for anything else: that is for a person (DESIGN 2, Crash-safe). The name is the
    one that was sent, and the one it has by now."""
    record = work.record
    named: list[WebProduct] = []
    for name in dict.fromkeys([clean_name(link.name), clean_name(record.name)]):
        if name:
            named += patiently(session, partial(session.api.find_by_name, name))
    for product in named:
        if _is_ours(session, work, link, product):
            return product
    if any(name_key(product.name) == name_key(record.name) for product in named):
        raise Clash(409, "the name is taken")
    skus = [product_sku(record, link), *(variant_sku(v, link) for v in record.variants)]
    for sku in skus:
        if sku.strip() and patiently(session, partial(session.api.find_by_sku, sku)):
            raise Clash(409, "a SKU is taken")
    return None


def _is_ours(session: Session, work: Work, link: Link, product: WebProduct) -> bool:
    if product.id <= link.mark:
        return False
    owner = session.deps.links.holders(session.store, [product.id]).get(product.id)
    if owner is not None and owner != work.product:
        return False
    return same_variants(work.record, link, _skus(product))


def _skus(product: WebProduct) -> Mapping[Shape, str]:
    # A product without options holds its SKU itself.
    return {shape(v.options): v.sku for v in product.variants} or {frozenset(): product.sku}


def with_its_images(session: Session, product: WebProduct) -> WebProduct:
    """The product with its images: a search by name does not show them."""
    found = patiently(session, partial(session.api.find, product.id))
    return product if found is None else replace(product, images=found.images)


def placed_images(intent: Link, product: WebProduct) -> tuple[SentImage, ...]:
    """The images the lost POST placed, in the order it named them: none when it had to do
    without."""
    sent = zip(intent.images, product.image_ids, strict=False)
    return tuple(replace(image, id=number) for image, number in sent)
