"""Old values go back into the store: the product's, then those of its variants."""

import itertools
from collections.abc import Mapping
from functools import partial

from tillbridge.domain.call_sizes import VARIANTS_A_CALL
from tillbridge.domain.field_values import differing, variant_values
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link
from tillbridge.domain.link_requests import LinkRequest
from tillbridge.domain.mapping import Json, alone, batched
from tillbridge.domain.pending import Change, because_of_request, of_our_own
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.doubts import CONTENT_PARTS
from tillbridge.usecases.push.slice.calls import with_throttling, write
from tillbridge.usecases.push.slice.session import Session


def write_back(
    session: Session,
    link: Link,
    number: StoreProductId,
    values: Json,
    variants: Mapping[StoreVariantId, Json],
) -> None:
    """Write a product's values, and those of its variants, as BigCommerce takes them. Raise what calls raise:
    then some of them may be in the store."""
    if values:
        items: list[Json] = [{"id": number, **values}]
        write(session, [link], CONTENT_PARTS, partial(session.api.update_products, items))
    for some in itertools.batched(variants.items(), VARIANTS_A_CALL, strict=False):
        payloads = [
            {"id": variant, **batched(of)} for variant, of in some if batched(of)
        ]  # a batch takes no variant without a value
        if payloads:
            call = partial(session.api.update_variants, payloads)
            write(session, [link], CONTENT_PARTS, call)
    if variants:
        _write_alone(session, link, number, variants)


def _write_alone(
    session: Session, link: Link, number: StoreProductId, kept: Mapping[StoreVariantId, Json]
) -> None:
    """Write the kept values that no batch changes, or that this one did not, for each variant that
    differs from them."""
    for variant in with_throttling(session, partial(session.api.variants, number)):
        wanted = kept.get(variant.id, {})
        if missed := differing(wanted, variant_values(variant)):
            values = alone(wanted, missed)
            call = partial(session.api.update_variant, number, variant.id, values)
            write(session, [link], CONTENT_PARTS, call)


def push_of_pos(session: Session, record: Product, request: LinkRequest) -> Change:
    """Return the mark of a push of what the POS has, because of a request."""
    now, version = session.now_ms(), record.version
    change = of_our_own(
        session.store, Lane.CONTENT, record.id, now, "undo", version=version, force=True
    )
    return because_of_request(change, request.id, request.by)
