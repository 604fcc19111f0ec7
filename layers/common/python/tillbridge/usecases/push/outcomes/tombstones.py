"""A product that the POS deleted is hidden online and keeps its link. What it holds of names and SKUs
it gives up as soon as a product that lives in the POS claims it."""

from functools import partial

from tillbridge.domain.claims import Key, claims_of, keys
from tillbridge.domain.errors import Problem, Refused
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import Link
from tillbridge.domain.mapping import Json
from tillbridge.domain.names import NAME_LIMIT
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.remembered.doubts import CONTENT_PARTS, doubted
from tillbridge.domain.remembered.parked import after_parking
from tillbridge.domain.structure import parked_sku
from tillbridge.usecases.pos_records import pos_record
from tillbridge.usecases.push.slice.calls import write
from tillbridge.usecases.push.slice.session import Session


def gave_up(session: Session, work: WorkItem, problem: Problem) -> bool:
    """Have the holder of a name or SKU give up what this product claims, if the POS deleted it, and
    return whether it did. The product itself is then sent again."""
    holder = PosProductId(problem.blocked_by)
    if not holder or holder == work.product or work.record.deleted:
        return False
    link = session.deps.links.get(session.store, [holder]).get(holder)
    if link is None or link.id is None or not link.is_linked:
        return False
    record = pos_record(session.pos, holder)
    if record is None or not record.deleted:
        return False
    try:
        return _park(session, link, link.id, set(claims_of(work.record, work.link)))
    except Refused:
        return False


def _park(session: Session, link: Link, number: StoreProductId, claimed: set[Key]) -> bool:
    given = _given(link, number, claimed)
    taken = {
        key: each
        for key, each in link.variants.items()
        if not claimed.isdisjoint(keys("", [each.sku]))
    }
    if not given and not taken:
        return False
    now = session.now_ms()
    unsure = doubted(link, CONTENT_PARTS[:1], since_ms=now, late_until_ms=now)
    session.deps.links.note_doubts(session.store, unsure)
    if given:
        hides = session.settings.fields.sends(Field.VISIBILITY)
        payload = {"id": number, **given, **({"is_visible": False} if hides else {})}
        write(session, [link], CONTENT_PARTS, partial(session.api.update_products, [payload]))
    for each in taken.values():
        values = {"sku": parked_sku(each.id)}
        park = partial(session.api.update_variant, number, each.id, values)
        write(session, [link], CONTENT_PARTS, park)
    skus = {key: parked_sku(each.id) for key, each in taken.items()}
    after = session.with_late(after_parking(unsure, given, skus), sent=False)
    session.deps.links.pushed(session.store, [after])
    if (index := session.deps.indexes.get(session.store)) is not None:
        index.pushed(link, after)
    return True


def _given(link: Link, number: StoreProductId, claimed: set[Key]) -> Json:
    given: Json = {}
    if not claimed.isdisjoint(keys(link.name, [])):
        mark = f" (deleted in the POS, {number})"
        given["name"] = link.name[: NAME_LIMIT - len(mark)] + mark
    if not claimed.isdisjoint(keys("", [link.sku])):
        given["sku"] = f"tb-deleted-{number}"
    return given
