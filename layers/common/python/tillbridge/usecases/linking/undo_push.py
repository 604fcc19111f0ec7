"""Undo of a push that somebody asked for, or of some fields: what still is in the store as it was sent goes
back, and is held until it changes in the POS. What somebody changed since, on either side, is left alone."""

from collections.abc import Collection, Mapping
from functools import partial

from tillbridge.domain.before_push import Before, Was
from tillbridge.domain.errors import Refused
from tillbridge.domain.history.fields_sent import sent
from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.lanes import CONTENT_LANES
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.link_requests import LinkAnswer, LinkRequest
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import sentence
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.existing import (
    after_undoing,
    holding_nothing,
    no_longer_holding,
)
from tillbridge.domain.undo_words import left_alone
from tillbridge.domain.undoing import as_written, replaced_by_first, undoing
from tillbridge.domain.web_product import WebProduct
from tillbridge.usecases.linking.session import LinkingDeps
from tillbridge.usecases.linking.writing_back import push_of_pos, write_back
from tillbridge.usecases.looking.reading import Eyes, with_brands
from tillbridge.usecases.pos_records import pos_record
from tillbridge.usecases.push.slice.calls import with_throttling
from tillbridge.usecases.push.slice.session import Session

NOT_THROUGH = "That push is not through yet. Undo it when its job has ended."


def undo_push(deps: LinkingDeps, session: Session, request: LinkRequest, link: Link) -> LinkAnswer:
    """Put back what a push replaced. Return the answer: done, or why not; the words of one that is done say what
    was left alone. The same request again finds what is back already."""

    def no(words: str) -> LinkAnswer:
        return LinkAnswer(request.product, link.id, done=False, words=words)

    if is_under_way(session, request):
        return no(NOT_THROUGH)
    record = pos_record(session.pos, request.product)
    if record is None or record.deleted or record.unreadable:
        return no(sentence(ProblemCode.NOT_IN_POS, product=request.product))
    before = _before(deps, session, request, link, record)
    if before is None:
        return no(nothing_to_undo(request))
    if before.number != link.id:
        return no(
            f"Since that push, {request.product} was linked to another product, #{link.id}, which it did"
            " not change."
        )
    web = _shown(session, before.number)
    if web is None or web.unreadable:
        return no(f"BigCommerce shows no product #{before.number} any more.")
    todo = undoing(before, record, link, web, frozenset(request.undoes.fields))
    words = left_alone(todo, before)
    if not todo.held:
        return no(f"Nothing was put back. {words}" if words else nothing_to_undo(request))
    return _put_back(session, request, record, link, before.name, todo.back, todo.held, words)


def is_under_way(session: Session, request: LinkRequest) -> bool:
    """Return whether the push to be undone is still to come for this product."""
    job = request.undoes.job
    rows = session.rows.of(CONTENT_LANES, [request.product]) if job else ()
    return any(row.job == job for row in rows)


def nothing_to_undo(request: LinkRequest) -> str:
    """Return why a product has nothing to undo, in words."""
    product = request.product
    if request.undoes.job:
        return (
            f"There is nothing to undo for {product}: that push changed nothing there that was not"
            " so before, or it is more than 90 days ago."
        )
    return (
        f"There is nothing to undo for {product}: old values are kept for 90 days after a "
        "link by hand. Change the product in the POS instead."
    )


def _before(
    deps: LinkingDeps, session: Session, request: LinkRequest, link: Link, record: Product
) -> Before | None:
    job, product = request.undoes.job, request.product
    if job:
        kept = session.deps.befores.of(session.store, job, [product]).get(product)
        return None if kept is None else kept.before
    first = deps.replaced.find(session.store, product)
    return None if first is None else replaced_by_first(first, record, holding_nothing(link))


def _shown(session: Session, number: StoreProductId) -> WebProduct | None:
    reader = session.reader()
    ask = partial(with_throttling, session)
    try:
        found = ask(partial(reader.products, [number]))
        readable = [product for product in found if not product.unreadable]
        named = with_brands(Eyes(reader, ask, session.connection.location_id), readable)
        return next((product for product in named if product.id == number), None)
    finally:
        session.record.calls.update(reader.record.calls)


def _put_back(
    session: Session,
    request: LinkRequest,
    record: Product,
    link: Link,
    name: str,
    back: Mapping[str, Was],
    held: Mapping[str, Was],
    words: str,
) -> LinkAnswer:
    if link.status is LinkStatus.FAILED:
        # What was refused may be held now: the push that follows says whether the failure is over.
        session.rows.mark([push_of_pos(session, record, request)])
    # Held first: a kill after the store was written must not let the next push undo it.
    session.deps.links.pushed(session.store, [after_undoing(link, record, held, session.settings)])
    assert link.id is not None, "only a linked product is undone"
    try:
        write_back(session, link, link.id, *as_written(back))
    except Exception as trouble:  # whatever it was, some of the old values may be in the store
        # As of the first push (`undo.py`): nothing may stay half undone.
        _push_again(session, record, link, held, request)
        if not isinstance(trouble, Refused):
            raise
        refused = (
            f"BigCommerce refused the old values of '{name}': {trouble.said}. "
            "Change the product in the POS instead."
        )
        return LinkAnswer(request.product, link.id, done=False, words=refused)
    fields = {key: sent(was.value) for key, was in held.items()}
    session.history.outcomes.changed(request, Did.UNDONE, link.id, fields, words)
    return LinkAnswer(request.product, link.id, done=True, words=words)


def _push_again(
    session: Session, record: Product, link: Link, keys: Collection[str], request: LinkRequest
) -> None:
    """Hold these values no longer, and push the POS's over what was written back. The row comes first: a kill
    between the two must leave one."""
    session.rows.mark([push_of_pos(session, record, request)])
    session.deps.links.pushed(session.store, [no_longer_holding(link, keys)])
