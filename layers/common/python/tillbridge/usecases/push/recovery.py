"""A create whose reply was lost: look for what it left behind before anything is sent again."""

from dataclasses import replace
from functools import partial

from tillbridge.domain.errors import Clash
from tillbridge.domain.link import Link, SentImage
from tillbridge.domain.mapping import product_sku, variant_sku
from tillbridge.domain.names import clean_name, name_key
from tillbridge.domain.plan import Work
from tillbridge.domain.variants import same_variants, shape
from tillbridge.ports.store_api import StoreProduct
from tillbridge.usecases.push.sending import patiently
from tillbridge.usecases.push.session import Session


def find_ours(session: Session, work: Work, link: Link) -> StoreProduct | None:
    """The product our lost POST made, or None when nothing has its name or a SKU of it.

    Only one that is not linked, newer than the mark, equal in name, SKUs and options is ours;
    raises Clash for anything else: that is for a person (docs/architecture.md, A kill at any
    point). The name is the one that was sent, and the one it has by now."""
    record = work.record
    named: list[StoreProduct] = []
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


def _is_ours(session: Session, work: Work, link: Link, product: StoreProduct) -> bool:
    if product.id <= link.mark:
        return False
    owner = session.deps.links.holders(session.store, [product.id]).get(product.id)
    if owner is not None and owner != work.product:
        return False
    return same_variants(work.record, link, {shape(v.options): v.sku for v in product.variants})


def with_its_images(session: Session, product: StoreProduct) -> StoreProduct:
    """The product with its images: a search by name does not show them."""
    found = patiently(session, partial(session.api.find, product.id))
    return product if found is None else replace(product, image_ids=found.image_ids)


def placed_images(intent: Link, product: StoreProduct) -> tuple[SentImage, ...]:
    """The images the lost POST placed, in the order it named them: none when it had to do
    without."""
    sent = zip(intent.images, product.image_ids, strict=False)
    return tuple(replace(image, id=number) for image, number in sent)
