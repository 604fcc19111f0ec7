"""What happens to what BigCommerce refuses: a product, a variant, a level. Batches are halved first,
until the refused one stands alone (`bisect.py`); here it gets its reason in words, waits for whoever
holds its name, or turns out to have been deleted online."""

from collections.abc import Callable
from functools import partial

from tillbridge.domain.batching import temporary_product
from tillbridge.domain.call_made import PARTLY_SAVED
from tillbridge.domain.claims import Key, claims_of, duplicate_problem, keys, skus_sent
from tillbridge.domain.errors import Clash, Gone, Problem, Refused
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import IMPORTING
from tillbridge.domain.names import clean_name
from tillbridge.domain.plan import LinkedItem, WorkItem
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.doubts import CONTENT_PARTS
from tillbridge.usecases.pos_records import pos_record
from tillbridge.usecases.push.outcomes.follow_ups import again
from tillbridge.usecases.push.outcomes.given_up import refuse
from tillbridge.usecases.push.outcomes.gone import not_found, unless_gone
from tillbridge.usecases.push.outcomes.guard import guard
from tillbridge.usecases.push.outcomes.tombstones import gave_up
from tillbridge.usecases.push.outcomes.waiting import try_again
from tillbridge.usecases.push.slice.calls import with_throttling, write
from tillbridge.usecases.push.slice.session import Session

LONGEST_RING = 5
"""How often in a slice a product is planned again together with the holder of its name: a ring seen
in parts grows by one holder each time."""

LAGS_AT_MOST = 5
"""How often a clash without a visible holder is put down to a list that lags behind."""

type GoOn = Callable[[Problem], bool]
"""Sends the rest of a product without what the problem is about; returns False when nothing may be
left out."""


def _whole(_: Problem) -> bool:
    """Leave nothing out: the product is refused as a whole."""
    return False


def refused_update(
    session: Session, work: LinkedItem, refusal: Refused, go_on: GoOn = _whole
) -> None:
    """Handle an update that BigCommerce refused: refuse the product with the reason, unless it was
    saved only in part, the holder of its name is about to give that up, or it can `go_on`."""
    if refusal.status == PARTLY_SAVED:
        try_again(session, [work], refusal.title)
    elif isinstance(refusal, Gone):
        unless_gone(session, work, partial(not_found, session))
    elif isinstance(refusal, Clash):
        update_clash(session, work, refusal, go_on)
    else:
        _refuse(session, work, refusal_problem(work, refusal), go_on)


def _refuse(session: Session, work: WorkItem, problem: Problem, go_on: GoOn) -> None:
    if not go_on(problem):
        if problem.code == ProblemCode.REFUSED:
            guard(session, work, problem.words)
        refuse(session, work, problem)


def clash_problem(session: Session, work: WorkItem, clash: Clash) -> Problem:
    """Return why a name or SKU is refused, naming the holder. Look for the holder by name, then by
    each SKU: the 409 itself seldom names it."""
    own = work.link.id if work.link and work.link.is_linked else None
    name = clean_name(work.record.name)
    left_out = work.left_out.values if work.left_out else {}
    named = (
        ()
        if "name" in left_out
        else with_throttling(session, partial(session.api.find_by_name, name))
    )
    for product in named:
        if product.id != own:
            return taken(session, work, "name", product.name, product.id)
    for sku in skus_sent(work.record, work.link):
        if sku in left_out.values():
            continue
        for holder in with_throttling(session, partial(session.api.find_by_sku, sku)):
            if holder != own:
                return taken(session, work, "sku", sku, holder)
    return problem_of(
        ProblemCode.CLASH, field=next(iter(clash.fields), ""), name=name, said=clash.said
    )


def taken(
    session: Session, work: WorkItem, what: str, value: str, holder: StoreProductId
) -> Problem:
    """Return the problem of a name or SKU (`what`) that another product of the store holds."""
    owner = session.deps.links.holders(session.store, [holder]).get(holder)
    if owner is not None and owner not in (work.product, IMPORTING):
        theirs = _claims(session, owner)
        if theirs is not None and theirs[1] & set(claims_of(work.record, work.link)):
            return duplicate_problem(work.record, theirs[0])
    theirs_in_pos = owner if owner is not None and owner != IMPORTING else ""
    if what == "name":
        return problem_of(
            ProblemCode.NAME_TAKEN, name=value, holder=holder, blocked_by=theirs_in_pos
        )
    return problem_of(ProblemCode.SKU_TAKEN, sku=value, holder=holder, blocked_by=theirs_in_pos)


def update_clash(session: Session, work: WorkItem, clash: Clash, go_on: GoOn) -> None:
    """Handle a linked product whose new name or SKU is taken. When the holder's own POS record no
    longer wants it (a swap seen in two halves), plan both again together; otherwise refuse the
    product."""
    problem = clash_problem(session, work, clash)
    if gave_up(session, work, problem):
        return  # our own rows stay due: the next plan sends it again
    lets_go = problem.blocked_by and _lets_go(session, problem, work)
    if lets_go and session.count_swap(work.product) <= LONGEST_RING:
        # Our own rows stay due: the next plan of this lane holds both.
        holder = PosProductId(problem.blocked_by)
        session.rows.mark([again(session, holder, work.rows[0].lane)])
        _free(session, work, holder, problem)
        return
    if problem.code == ProblemCode.CLASH and max(row.attempts for row in work.rows) < LAGS_AT_MOST:
        # No other product holds it: the list we planned by lagged behind. It is read again later.
        try_again(session, [work], clash.title)
        return
    _refuse(session, work, problem, go_on)


def _free(session: Session, work: WorkItem, holder: PosProductId, problem: Problem) -> None:
    """Give the holder a temporary name or SKU when its link does not say that it has ours: then no
    plan sees the ring that the two are in, and each would refuse the other. Its own name and SKU are
    sent in the push that is marked for it."""
    link = session.deps.links.get(session.store, [holder]).get(holder)
    if link is None or link.id is None or link.variants:
        return
    if set(claims_of(work.record, work.link)) & set(keys(link.name, link.skus)):
        return
    what = "name" if problem.code == ProblemCode.NAME_TAKEN else "sku"
    payload = {"id": link.id, what: temporary_product(link.id)[what]}
    call = partial(session.api.update_products, [payload])
    write(session, [link], CONTENT_PARTS, call)


def _lets_go(session: Session, problem: Problem, work: WorkItem) -> bool:
    theirs = _claims(session, PosProductId(problem.blocked_by))
    return theirs is not None and not theirs[1] & set(claims_of(work.record, work.link))


def _claims(session: Session, owner: PosProductId) -> tuple[Product, set[Key]] | None:
    record = pos_record(session.pos, owner)
    if record is None or record.deleted or record.unreadable:
        return None
    link = session.deps.links.get(session.store, [owner]).get(owner)
    return record, set(claims_of(record, link))


def refusal_problem(work: WorkItem, refusal: Refused) -> Problem:
    """Return a problem in BigCommerce's own words about a product's values, field by field."""
    name, field = clean_name(work.record.name), next(iter(refusal.fields), "")
    return problem_of(ProblemCode.REFUSED, field=field, name=name, said=refusal.said)
