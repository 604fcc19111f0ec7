"""Batches: updates cut into the fewest calls, in an order in which no call takes a name or SKU that
a later call still holds."""

from collections.abc import Callable, Iterable, Iterator
from itertools import batched, groupby

from tillbridge.domain.call_sizes import PRODUCTS_A_CALL, VARIANTS_A_CALL
from tillbridge.domain.claims import keys
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.decision import product_differs
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.mapping import content, fingerprint, variant_content
from tillbridge.domain.names import sku_key
from tillbridge.domain.ordering import Claim, Order, order
from tillbridge.domain.plan import Batch, LinkedItem, ProductUpdate, VariantUpdate

type _Item = tuple[str, str]
type _Batches = tuple[tuple[Batch[ProductUpdate], ...], tuple[Batch[VariantUpdate], ...]]

RELEASES = -1
"""The rank of the calls that break a ring with temporary values."""


def product_updates(updates: Iterable[LinkedItem], settings: Settings) -> Iterator[ProductUpdate]:
    """Yield the product part of each update: of every update when content is pushed literally, else
    of those whose product-level content differs from what was last sent."""
    for work in updates:
        link = work.link
        payload = content(work.record, settings.fields, link, manual=work.manual)
        if payload and (_literal(work, settings) or product_differs(work.record, link, settings)):
            yield ProductUpdate(work, work.id, payload)


def hiding(work_items: Iterable[LinkedItem]) -> Iterator[ProductUpdate]:
    """Yield an update that hides each of these products, which the POS deleted."""
    for work in work_items:
        yield ProductUpdate(work, work.id, {"is_visible": False})


def variant_updates(updates: Iterable[LinkedItem], settings: Settings) -> Iterator[VariantUpdate]:
    """Yield the variant part of each update: every variant when content is pushed literally, else
    the variants that differ from what was last sent."""
    for work in updates:
        link = work.link
        literal = _literal(work, settings)
        for variant in work.record.variants:
            linked = link.variants[variant.id]
            payload = variant_content(variant, settings.fields, link, manual=work.manual)
            if payload and (literal or fingerprint(payload) != linked.fingerprint):
                yield VariantUpdate(work, variant.id, linked.id, payload)


def _literal(work: LinkedItem, settings: Settings) -> bool:
    # An update that failed may have arrived in part, so all of it is sent again.
    return work.force or work.may_be_half_sent or settings.push_content is PushContent.LITERAL


def renames(restructures: Iterable[LinkedItem], settings: Settings) -> Iterator[ProductUpdate]:
    """Yield the new names and SKUs of products whose structure changes. These go with the ranked
    updates, so that swaps with other products work; the other content follows the new structure."""
    for work in restructures:
        link = work.link
        wanted = content(work.record, settings.fields, link, manual=work.manual)
        held = {"name": link.name, "sku": link.sku}
        own = {sku_key(variant.sku) for variant in link.variants.values()}
        payload = {key: wanted[key] for key in held if wanted.get(key, held[key]) != held[key]}
        if payload.get("sku") and sku_key(payload["sku"]) in own:
            # One of the product's own variants has this SKU until the structure has changed.
            del payload["sku"]
        if payload:
            yield ProductUpdate(work, work.id, payload, final=False)


def variant_renames(
    restructures: Iterable[LinkedItem], settings: Settings
) -> Iterator[VariantUpdate]:
    """Yield the new SKUs of the variants that a product keeps when its structure changes."""
    for work in restructures:
        link = work.link
        for variant in work.record.variants:
            linked = link.variants.get(variant.id)
            if linked is None or dict(linked.options) != dict(variant.option_values):
                continue
            wanted = variant_content(variant, settings.fields, link, manual=work.manual)
            if wanted.get("sku", linked.sku) != linked.sku:
                payload = {"sku": wanted["sku"]}
                yield VariantUpdate(work, variant.id, linked.id, payload, final=False)


def batches_of(products: list[ProductUpdate], variants: list[VariantUpdate]) -> _Batches:
    """Return the batches of products (10 per call) and of variants (50 per call), lowest rank
    first. A product that failed before goes in calls of its own."""
    ranked = order([*map(_product_claim, products), *map(_variant_claim, variants)])
    if ranked.releases:  # in each rank whoever swaps goes first, so that temporary values end soon
        products = sorted(products, key=lambda update: not _swaps(_product_claim(update)))
        variants = sorted(variants, key=lambda update: not _swaps(_variant_claim(update)))
    freed_products = [_freed_product(u, ranked) for u in products if _id(u) in ranked.releases]
    freed_variants = [_freed_variant(u, ranked) for u in variants if _id(u) in ranked.releases]
    return (
        (
            *_cut(freed_products, PRODUCTS_A_CALL, lambda _: RELEASES),
            *_cut(products, PRODUCTS_A_CALL, lambda u: ranked.rank[_id(u)]),
        ),
        (
            *_cut(freed_variants, VARIANTS_A_CALL, lambda _: RELEASES),
            *_cut(variants, VARIANTS_A_CALL, lambda u: ranked.rank[_id(u)]),
        ),
    )


def _cut[U: (ProductUpdate, VariantUpdate)](
    updates: list[U], size: int, rank_of: Callable[[U], int]
) -> Iterator[Batch[U]]:
    for rank, group in groupby(sorted(updates, key=rank_of), key=rank_of):
        same_rank = list(group)
        alone = [update for update in same_rank if update.work.solo]
        together = [update for update in same_rank if not update.work.solo]
        for items in batched(together, size, strict=False):
            yield Batch(rank, tuple(items))
        for _, items_of_one in groupby(alone, key=lambda update: update.work.product):
            for items in batched(items_of_one, size, strict=False):
                yield Batch(rank, tuple(items))


def _id(update: ProductUpdate | VariantUpdate) -> _Item:
    variant = update.variant if isinstance(update, VariantUpdate) else ""
    return (update.work.product, variant)


def _product_claim(update: ProductUpdate) -> Claim[_Item]:
    link, payload = update.work.link, update.payload
    holds = keys(link.name, [link.sku])
    wants = keys(payload.get("name", link.name), [payload.get("sku", link.sku)])
    return Claim(_id(update), frozenset(holds), frozenset(wants))


def _variant_claim(update: VariantUpdate) -> Claim[_Item]:
    held = update.work.link.variants[update.variant].sku
    wanted = update.payload.get("sku", held)
    return Claim(_id(update), frozenset(keys("", [held])), frozenset(keys("", [wanted])))


def _swaps(claim: Claim[_Item]) -> bool:
    return claim.holds != claim.wants


def temporary_product(product: StoreProductId) -> dict[str, str]:
    """Return the name and SKU that a product has while another takes its own."""
    return {"name": f"Tillbridge swap {product}", "sku": f"tb-swap-{product}"}


def temporary_sku(variant: StoreVariantId) -> str:
    """Return the SKU that a variant has while another takes its own."""
    return f"tb-swap-v{variant}"


def _freed_product(update: ProductUpdate, ranked: Order[_Item]) -> ProductUpdate:
    temporary = temporary_product(update.id)
    payload = {kind: temporary[kind] for kind, _ in ranked.releases[_id(update)]}
    return ProductUpdate(update.work, update.id, payload, final=False)


def _freed_variant(update: VariantUpdate, ranked: Order[_Item]) -> VariantUpdate:
    payload = {kind: temporary_sku(update.id) for kind, _ in ranked.releases[_id(update)]}
    return VariantUpdate(update.work, update.variant, update.id, payload, final=False)
