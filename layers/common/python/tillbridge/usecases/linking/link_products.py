"""Link two products that exist. From then on the POS is the system of record: the first push follows
at once, and the values it replaces are kept for 90 days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tillbridge.domain.errors import Conflict
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import IMPORTING, Link, LinkStatus
from tillbridge.domain.link_requests import LinkAnswer, LinkRequest, being_created
from tillbridge.domain.pending import because_of_request, of_our_own
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import sentence
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.existing import linked_by_hand
from tillbridge.domain.shapes import shape_differences
from tillbridge.domain.validation import problems
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.pos_records import pos_records
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.push.taking.work_items import read_back


@dataclass(frozen=True, slots=True)
class _Known:
    """The links, POS records and BigCommerce products that a request names."""

    links: Mapping[PosProductId, Link]
    records: Mapping[PosProductId, Product]
    webs: Mapping[StoreProductId, WebProduct]


def link_products(
    deps: LinkingDeps, session: Session, requests: Sequence[LinkRequest]
) -> Iterator[LinkAnswer]:
    """Link each pair and yield its answer: done, or why not. A request without a BigCommerce product
    means the one that the POS product clashed with. Everything is read once, before the first."""
    products = [request.product for request in requests]
    links = session.deps.links.get(session.store, products)
    wanted = [
        replace(each, web=each.web or _clashed_with(links.get(each.product))) for each in requests
    ]
    known = _Known(
        links,
        read_back(session, products),
        _webs(deps, session, [each.web for each in wanted if each.web is not None]),
    )
    for each in wanted:
        refusal = _link(deps, session, known, each)
        yield LinkAnswer(each.product, each.web, done=not refusal, words=refusal)


def _clashed_with(link: Link | None) -> StoreProductId | None:
    if link is None or link.problem is None or link.problem.holder is None:
        return None
    return StoreProductId(link.problem.holder)


def _webs(
    deps: LinkingDeps, session: Session, ids: Sequence[StoreProductId]
) -> Mapping[StoreProductId, WebProduct]:
    if not ids:
        return {}
    catalogue = deps.open_catalogue(session.connection, session.deadline_ms)
    ask, after, more = Ask(ids=tuple(ids)), 0, True
    found: dict[StoreProductId, WebProduct] = {}
    while more:
        page = with_throttling(session, partial(catalogue.page, ask, after))
        found |= {product.id: product for product in page.products}
        session.views.saw_online(page.products)
        after, more = page.last, page.more
    return found


def _link(deps: LinkingDeps, session: Session, known: _Known, request: LinkRequest) -> str:
    """Link one pair. Return '' when it is linked, else why not, in words for people."""
    product, number = request.product, request.web
    if number is None:
        return (
            f"Tillbridge does not know which BigCommerce product belongs to '{product}'. "
            f"Give its number: tillbridge link {product} NUMBER"
        )
    record, web = known.records.get(product), known.webs.get(number)
    if record is None or record.deleted or web is None or record.unreadable or web.unreadable:
        return _not_there(record, web, product, number)
    link = known.links.get(product)
    if link is not None and link.is_linked and link.id == number:
        if link.content_version < 0:
            _push(session, request)  # a kill fell between the link and its push
        return ""
    refusal, gone = _held_by(session, number, product)
    refusal = _linked_or_creating(link, record) or refusal or _other_shape(record, web)
    if refusal:
        return refusal
    if link is not None and link.status is LinkStatus.BROKEN and link.id == number:
        gone = link  # it was thought deleted, and the old link must not outlive that
    if gone is not None:
        session.deps.links.unlink(session.store, gone)  # the link moves
        if gone.product != product:
            session.history.moved(request, gone.product, number)
    deps.replaced.keep(session.store, product, web)
    try:
        session.deps.links.linked(session.store, linked_by_hand(record, web, gone or link))
    except Conflict as conflict:
        return f"{conflict}. Check both products, then try again."
    session.history.outcomes.changed(request, Did.LINKED, number)
    _push(session, request)
    return ""


def _not_there(
    record: Product | None, web: WebProduct | None, product: PosProductId, number: StoreProductId
) -> str:
    """Return why one of the two cannot be linked: it does not exist, or cannot be read."""
    if record is None or record.deleted:
        return sentence(ProblemCode.NOT_IN_POS, product=product)
    if web is None:
        return f"BigCommerce has no product #{number}. Check the number, then try again."
    if record.unreadable:
        return problems(record)[0].words
    return sentence(ProblemCode.WEB_RECORD_UNREADABLE, number=web.id, what=web.unreadable)


def _linked_or_creating(link: Link | None, record: Product) -> str:
    if link is not None and link.is_linked:
        return (
            f"'{record.name}' is already linked to #{link.id}. Unlink it first: "
            f"tillbridge unlink {link.product}"
        )
    if link is not None and link.status is LinkStatus.CREATING:
        return being_created(link.product)
    return ""


def _other_shape(record: Product, web: WebProduct) -> str:
    difference = shape_differences(record, web)
    if not difference:
        return ""
    return (
        f"'{record.name}' and #{web.id} have different variants. {difference} "
        "Change one of them, then link again."
    )


def _held_by(
    session: Session, number: StoreProductId, product: PosProductId
) -> tuple[str, Link | None]:
    """Return why the BigCommerce product is not free, in words ('' when it is), and the link to be
    removed when the POS says that its product was deleted. What the POS only does not show is for a
    person to decide: one answer proves nothing."""
    holder = session.deps.links.holders(session.store, [number]).get(number)
    if holder is None or holder == product:
        return "", None
    if holder == IMPORTING:
        words = f"#{number} is being imported. Finish that first: tillbridge import --id {number}"
        return words, None
    theirs = pos_records(session.pos, [holder])[0].get(holder)
    if theirs is None or not theirs.deleted:
        whom = f"'{theirs.name}' ({holder})" if theirs is not None else f"'{holder}'"
        words = f"#{number} is linked to {whom}. Unlink that first: tillbridge unlink {holder}"
        return words, None
    return "", session.deps.links.get(session.store, [holder]).get(holder)


def _push(session: Session, request: LinkRequest) -> None:
    now, lane = session.now_ms(), Lane.ASKED
    change = of_our_own(session.store, lane, request.product, now, "link", force=True, manual=True)
    session.rows.mark([because_of_request(change, request.id, request.by)])
