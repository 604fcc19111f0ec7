"""A create whose reply was lost, or whose drain died: what it left is looked for before anything is
sent again."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from tillbridge.domain.claims import skus_sent
from tillbridge.domain.errors import Clash
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.names import clean_name, name_key
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.variants import Shape, same_variants, shape
from tillbridge.domain.waiting import LOOK_AGAIN_MS, backoff_ms
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.push.clash import clash_problem
from tillbridge.usecases.push.creating.record import record_created
from tillbridge.usecases.push.outcomes import attempts_of, postpone, refuse, waited_until
from tillbridge.usecases.push.sending import with_throttling
from tillbridge.usecases.push.session import Session


def may_post_again(session: Session, work: WorkItem, link: Link) -> bool:
    """Return whether an earlier POST surely made nothing, which takes two looks a minute apart.

    If not, the work is dealt with: what the POST made is adopted, or the product is refused for a
    clash, or it waits for its second look."""
    try:
        ours = _find_ours(session, work, link)
    except Clash as clash:
        refuse(session, work, clash_problem(session, work, clash))
        return False
    if ours is not None:
        _adopt(session, work, ours, link)
        return False
    waited = waited_until(session, work)
    if waited >= link.creating_ms + LOOK_AGAIN_MS:
        return not _is_pointless(session, work)
    # Never looked at before, or too soon after the POST to be sure.
    soonest = session.now_ms() + (look_again_ms(work) if waited == 0 else 1_000)
    postpone(session, work.rows, max(soonest, link.creating_ms + LOOK_AGAIN_MS))
    return False


def arrived_late(session: Session, work: WorkItem) -> bool:
    """Return whether a POST clashed with what an earlier one made after all, though two looks did
    not find it; it is adopted then."""
    link = work.link
    if link is None or link.status is not LinkStatus.CREATING:
        return False
    try:
        ours = _find_ours(session, work, link)
    except Clash:
        return False
    if ours is not None:
        _adopt(session, work, ours, link)
    return ours is not None


def look_again_ms(work: WorkItem) -> int:
    """Return how many milliseconds until the next look: more with each try."""
    return max(LOOK_AGAIN_MS, backoff_ms(attempts_of(work)))


def _find_ours(session: Session, work: WorkItem, link: Link) -> WebProduct | None:
    """Return the product our lost POST made; None when nothing has its name or a SKU of it.

    Only one that is not linked, newer than the mark, and equal in name, SKUs and options is ours.
    Raise Clash for anything else: that is for a person. The name is looked for as it was sent and
    as it is by now."""
    record = work.record
    named: list[WebProduct] = []
    for name in dict.fromkeys([clean_name(link.name), clean_name(record.name)]):
        if name:
            named += with_throttling(session, partial(session.api.find_by_name, name))
    for product in named:
        if _is_ours(session, work, link, product):
            return product
    if any(name_key(product.name) == name_key(record.name) for product in named):
        raise Clash(409, "the name is taken")
    for sku in skus_sent(record, link):
        if with_throttling(session, partial(session.api.find_by_sku, sku)):
            raise Clash(409, "a SKU is taken")
    return None


def _is_ours(session: Session, work: WorkItem, link: Link, product: WebProduct) -> bool:
    if product.id <= link.highest_id:
        return False
    owner = session.deps.links.holders(session.store, [product.id]).get(product.id)
    if owner is not None and owner != work.product:
        return False
    return same_variants(work.record, link, _skus(product))


def _skus(product: WebProduct) -> Mapping[Shape, str]:
    # A product without options holds its SKU itself.
    return {shape(v.options): v.sku for v in product.variants} or {frozenset(): product.sku}


def _adopt(session: Session, work: WorkItem, ours: WebProduct, intent: Link) -> None:
    # A search by name does not show a product's images.
    found = with_throttling(session, partial(session.api.find, ours.id))
    if found is not None:
        ours = replace(ours, images=found.images)
    record_created(session, work, ours, intent=intent)


def _is_pointless(session: Session, work: WorkItem) -> bool:
    if not work.record.deleted:
        return False
    refuse(session, work, problem_of(ProblemCode.DELETED_IN_POS))
    return True
