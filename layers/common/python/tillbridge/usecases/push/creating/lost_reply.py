"""A create whose reply was lost, or whose drain died: look for what it made before sending it
again."""

from dataclasses import replace
from functools import partial

from tillbridge.domain.claims import skus_sent
from tillbridge.domain.errors import Clash
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.names import clean_name, name_key
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.variants import same_variants, shown_variants
from tillbridge.domain.waiting import LATE_MS, LOOK_AGAIN_MS, backoff_ms
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.push.creating.record import record_created
from tillbridge.usecases.push.outcomes.given_up import refuse
from tillbridge.usecases.push.outcomes.refusals import clash_problem
from tillbridge.usecases.push.outcomes.tombstones import gave_up
from tillbridge.usecases.push.outcomes.waiting import attempts_of, postpone, waited_until
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.session import Session


def may_post_again(session: Session, work: WorkItem, link: Link) -> bool:
    """Return whether an earlier POST made nothing, which takes two looks a minute apart, and a third
    where BigCommerce would not refuse it if it came late.

    Otherwise handle the work item: adopt what the POST made, refuse the product for a clash, or
    postpone it until the second look."""
    try:
        ours = _find_ours(session, work, link)
    except Clash as clash:
        problem = clash_problem(session, work, clash)
        if not gave_up(session, work, problem):
            refuse(session, work, problem)
        return False  # what was given up is free now: the rows stay due, and it is looked for again
    if ours is not None:
        _adopt(session, work, ours, link)
        return False
    waited = waited_until(session, work)
    patience_ms = LOOK_AGAIN_MS if _would_be_refused(work, link) else LATE_MS
    if waited >= link.creating_ms + patience_ms:
        return not _is_pointless(session, work)
    # Never looked at before, or too soon after the POST to be sure.
    soonest = session.now_ms() + (look_again_ms(work) if waited == 0 else 1_000)
    second = waited == 0 or waited < link.creating_ms + LOOK_AGAIN_MS
    at_ms = link.creating_ms + (LOOK_AGAIN_MS if second else patience_ms)
    postpone(session, work.rows, max(soonest, at_ms))
    return False


def _would_be_refused(work: WorkItem, link: Link) -> bool:
    """Return whether BigCommerce would refuse the earlier POST, if it came late: another one that it
    takes first has the same name. A product that the POS has renamed or deleted would be there
    twice, or without a link."""
    return not work.record.deleted and name_key(work.record.name) == name_key(link.name)


def arrived_late(session: Session, work: WorkItem) -> bool:
    """Return whether a POST clashed with the product of an earlier POST, which two looks had not
    found. Adopt that product."""
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
    """Return the milliseconds until the next look: more with each failure."""
    return max(LOOK_AGAIN_MS, backoff_ms(attempts_of(work)))


def _find_ours(session: Session, work: WorkItem, link: Link) -> WebProduct | None:
    """Return the product our lost POST made, or None when nothing has its name or one of its SKUs.

    A product is ours only when no other product is linked to it, its id is higher than any before
    the POST, and its name, SKUs and options are equal to those that were sent or to those that the
    POS has now. Raise Clash for any other holder: a person decides."""
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
    return same_variants(link, shown_variants(product))


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
