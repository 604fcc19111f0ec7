"""Updates of variants: fifty a call, and one a call for the values that no batch changes.

BigCommerce's specification of the batch call lists no SKU, GTIN or MPN for a variant that exists. These
go in a call for that variant alone, and only where the link says that another value was sent last.
Where the link may be wrong, or many such calls are due, the store's values are read first: a list costs
one call for 250 variants, and a slice that ended between two of the calls goes on where it stopped."""

from collections.abc import Iterator, Sequence
from functools import partial

from tillbridge.domain.batching import temporary_sku
from tillbridge.domain.errors import Clash
from tillbridge.domain.field_values import differing, variant_values
from tillbridge.domain.fields import ALONE
from tillbridge.domain.mapping import alone, batched, fingerprint
from tillbridge.domain.names import sku_key
from tillbridge.domain.plan import VariantUpdate
from tillbridge.domain.remembered.doubts import CONTENT_PARTS
from tillbridge.usecases.push.sending import with_throttling, write
from tillbridge.usecases.push.session import Session

MOST_UNREAD = 3
"""Up to this many variants of a product are sent alone without reading the store's values first."""


def send_batch(session: Session, items: Sequence[VariantUpdate]) -> None:
    """Send these variants, 50 at most, in one call, without the values that no batch changes."""
    session.api.update_variants([{"id": item.id, **batched(item.payload)} for item in items])


def send_alone(session: Session, items: Sequence[VariantUpdate]) -> None:
    """Send the values that no batch changes, one call per variant."""
    for item in items:
        send = partial(session.api.update_variant, item.work.id, item.id, alone(item.payload))
        try:
            send()
        except Clash:
            if not _frees_its_sku(session, item):
                raise
            send()


def _frees_its_sku(session: Session, item: VariantUpdate) -> bool:
    """Give another variant of the product that has the wanted SKU a temporary one, and return
    whether there was one. After trouble nothing says which variant has which: a swap may have
    stopped anywhere. The other variant is sent its own SKU in the same push."""
    wanted = item.payload.get("sku")
    if not wanted or not item.work.may_be_half_sent:
        return False
    product = item.work.id
    for other in with_throttling(session, partial(session.api.variants, product)):
        if other.id != item.id and sku_key(other.sku) == sku_key(wanted):
            sku = {"sku": temporary_sku(other.id)}
            free = partial(session.api.update_variant, product, other.id, sku)
            write(session, [item.work.link], CONTENT_PARTS, free)
            return True
    return False


def due_alone(session: Session, items: Sequence[VariantUpdate]) -> Iterator[VariantUpdate]:
    """Yield those updates of one product whose variant needs a call of its own. Raise whatever
    reading the store raises."""
    due = [item for item in items if _differs(item)]
    if len(due) <= MOST_UNREAD and not any(map(_is_unsure, due)):
        yield from due
        return
    found = with_throttling(session, partial(session.api.variants, due[0].work.id))
    there = {variant.id: variant_values(variant) for variant in found}
    for item in due:
        if differing(alone(item.payload), there.get(item.id, _GONE)):
            yield item


_GONE = dict.fromkeys(ALONE)


def _differs(item: VariantUpdate) -> bool:
    part = alone(item.payload)
    sent = item.work.link.variants[item.variant].alone
    return bool(part) and (not item.final or fingerprint(part) != sent or _is_unsure(item))


def _is_unsure(item: VariantUpdate) -> bool:
    # A person or a repair asks because the store may differ from the link; what failed before may
    # have arrived in part. A temporary value is sent whatever is there.
    work = item.work
    return item.final and (work.force or work.may_be_half_sent)
