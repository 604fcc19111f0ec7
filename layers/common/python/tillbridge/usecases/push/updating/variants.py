"""Updates of variants: fifty a call, and one a call for the values that no batch changes.

BigCommerce's specification of the batch call lists no SKU, GTIN or MPN for a variant that exists. These
go in a call for that variant alone, and only where the link says that another value was sent last.
Where the link may be wrong, or many such calls are due, the store's values are read first: a list costs
one call for 250 variants, and a slice that ended between two of the calls goes on where it stopped.

The answer to a batch shows the variants after it. What it shows otherwise than it was sent goes in such
a call at once; where that call changes it, the store's batch ignores the field, which is remembered of
the store and left out of its batches."""

from collections.abc import Iterator, Sequence
from functools import partial

from tillbridge.domain.batching import temporary_sku
from tillbridge.domain.errors import Clash
from tillbridge.domain.field_values import differing, variant_values
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.ids import StoreVariantId
from tillbridge.domain.kept_online import changed, known_kept, untaken
from tillbridge.domain.mapping import alone, batched, fingerprint
from tillbridge.domain.names import sku_key
from tillbridge.domain.plan import VariantUpdate
from tillbridge.domain.remembered.doubts import CONTENT_PARTS
from tillbridge.domain.web_product import WebVariant
from tillbridge.usecases.push.slice.calls import with_throttling, write
from tillbridge.usecases.push.slice.session import Session

MOST_UNREAD = 3
"""Up to this many variants of a product are sent alone without reading the store's values first."""


type Answers = dict[StoreVariantId, WebVariant]
"""What the answers to batches show of each variant."""


def send_batch(
    session: Session, ignored: frozenset[str], answers: Answers, items: Sequence[VariantUpdate]
) -> None:
    """Send these variants, 50 at most, in one call, without the values that no batch changes or that
    this store's ignores, and add its answer to `answers`."""
    payloads = [{"id": item.id, **batched(item.payload, ignored)} for item in items]
    shown = session.api.update_variants(payloads)
    answers.update((variant.id, variant) for variant in shown)


def send_alone(session: Session, answers: Answers, items: Sequence[VariantUpdate]) -> None:
    """Send the values that no batch changes, or that a batch was seen to ignore, one call per
    variant. What only this call changes is remembered of the store."""
    for item in items:
        missed = _missed(item, answers)
        values = alone(item.payload, session.ignored | missed)
        send = partial(session.api.update_variant, item.work.id, item.id, values)
        try:
            shown = send()
        except Clash:
            if not _frees_its_sku(session, item):
                raise
            shown = send()
        if item.final:
            kept = untaken(values, shown)
            session.note_ignored(missed - kept - shown.unanswered)
            session.note_kept(item.work.product, item.id, kept)


def _missed(item: VariantUpdate, answers: Answers) -> frozenset[str]:
    """Return what the answer to the batch shows otherwise than it was sent, without what is known to
    be kept online whatever is sent."""
    there = answers.get(item.id)
    if there is None or not item.final:
        return frozenset()
    fields = untaken(item.payload, there)
    return fields if _is_unsure(item) else fields - known_kept(item, fields)


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


def due_alone(
    session: Session, items: Sequence[VariantUpdate], answers: Answers
) -> Iterator[VariantUpdate]:
    """Yield those updates of one product whose variant needs a call of its own: first those whose
    answer says so. Raise whatever reading the store raises."""
    rest: list[VariantUpdate] = []
    for item in items:
        if item.id in answers:
            session.note_kept(item.work.product, item.id, untaken(item.payload, answers[item.id]))
        if _missed(item, answers):
            yield item
        else:
            rest.append(item)
    yield from _due_unseen(session, [item for item in rest if _differs(session, item, answers)])


def _due_unseen(session: Session, due: Sequence[VariantUpdate]) -> Iterator[VariantUpdate]:
    if len(due) <= MOST_UNREAD and not any(map(_is_unsure, due)):
        yield from due
        return
    found = with_throttling(session, partial(session.api.variants, due[0].work.id))
    there = {variant.id: variant_values(variant) for variant in found}
    for item in due:
        if differing(alone(item.payload, session.ignored), there.get(item.id, _GONE)):
            yield item


_GONE = dict.fromkeys(FIELDS)


def _differs(session: Session, item: VariantUpdate, answers: Answers) -> bool:
    part = alone(item.payload)
    sent = item.work.link.variants[item.variant].alone
    if part and (not item.final or fingerprint(part) != sent or _is_unsure(item)):
        return True
    # No batch went that could show these: nothing is left to put into one.
    unseen = item.final and item.id not in answers and bool(item.payload.keys() & session.ignored)
    return unseen and (changed(item) or _is_unsure(item))


def _is_unsure(item: VariantUpdate) -> bool:
    # A person or a repair asks because the store may differ from the link; what failed before may
    # have arrived in part. A temporary value is sent whatever is there.
    work = item.work
    return item.final and (work.force or work.may_be_half_sent)
