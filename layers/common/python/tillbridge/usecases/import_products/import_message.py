"""One message of an import: a page to be cut into batches, or a batch to be imported."""

import logging
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from tillbridge.domain.errors import NeedsAttention, PosBusy, Refused, RetryLater
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.import_messages import BatchMessage, ImportMessage, PageMessage
from tillbridge.domain.link import IMPORTING
from tillbridge.domain.waiting import MOST_ATTEMPTS, backoff_ms
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.imports import Outcome
from tillbridge.usecases.fence import Fault, is_fault, note
from tillbridge.usecases.import_products.create_product import CreatedProduct, create_product
from tillbridge.usecases.import_products.fenced import fence_product
from tillbridge.usecases.import_products.new_links import finish_linked, link_created
from tillbridge.usecases.import_products.plan_page import plan_page
from tillbridge.usecases.import_products.session import ImportDeps, Session, open_session

log = logging.getLogger(__name__)

LONGEST_WAIT_S = 900
THE_REST = StoreProductId(0)
"""Stands for the products of a page that could not be read."""


def import_message(message: ImportMessage, deps: ImportDeps) -> Counter[str]:
    """Process one message; any number of repeats ends in the same state. Queue what cannot be done
    now for later, with the products that are left. Return the number of products by the kind of
    their outcome; a repeat counts them again."""
    connection = deps.stores.find(message.store)
    if connection is None:
        log.warning("import for a store that is not connected", extra={"store_id": message.store})
        return Counter()
    session = open_session(deps, connection, message.request, message.by)
    try:
        if isinstance(message, BatchMessage):
            _batch(session, message)
        else:
            _page(session, message)
    finally:
        session.keep_history()
    return session.counts


def _page(session: Session, message: PageMessage) -> None:
    try:
        plan_page(session, message)
    except (RetryLater, NeedsAttention) as trouble:
        _later(session, message, trouble)
    except Refused as refusal:
        _give_up(session, message, refusal)
    except Exception as error:  # of a page, so of no product that could be told
        if not is_fault(error):
            raise
        note(Fault(error, "reading a page to import", session.store))
        _later(session, message, error)


def _batch(session: Session, message: BatchMessage) -> None:
    made: list[CreatedProduct] = []
    left: deque[WebProduct] = deque(message.products)
    waits: Exception | None = None
    try:
        session.waits_for_share()
        left = deque(_not_linked(session, message.products))
        _create_all(session, left, made)
    except (RetryLater, NeedsAttention) as trouble:
        left.rotate(-1)  # the product that failed goes last next time, behind those it held up
        waits = trouble
    try:
        link_created(session, made)
    except (RetryLater, NeedsAttention) as trouble:
        left.extend(fresh.web for fresh in made)
        waits = trouble
    if session.counts["linked"]:
        session.deps.signals.signal(session.store)  # the store's one writer makes those links
    if waits is not None:
        _later(session, replace(message, products=tuple(left)), waits)
        return
    log.info(
        "products imported",
        extra={
            "store_id": session.store,
            "request": session.request,
            "asked": len(message.products),
            "made": len(made),
            "left": len(left),
        },
    )
    if left:
        session.deps.queue.put(replace(message, products=tuple(left), attempts=0))


def _not_linked(session: Session, products: Sequence[WebProduct]) -> list[WebProduct]:
    ids = [product.id for product in products]
    holders = session.deps.links.holders(session.store, ids)
    linked = [p for p in products if holders.get(p.id, IMPORTING) != IMPORTING]
    if linked:
        begun = session.deps.imports.intents(session.store, [p.id for p in linked])
        for web in linked:
            under_way = web.id in begun
            fence_product(
                session, web, partial(_finish, session, web, holders[web.id], under_way=under_way)
            )
    return [p for p in products if p not in linked]


def _finish(session: Session, web: WebProduct, holder: PosProductId, *, under_way: bool) -> None:
    session.report(finish_linked(session, web, holder, under_way=under_way))
    if under_way:
        session.deps.imports.end(session.store, web.id)


def _create_all(session: Session, left: deque[WebProduct], made: list[CreatedProduct]) -> None:
    if not left:
        return
    index = session.index()
    begun = session.deps.imports.intents(session.store, [product.id for product in left])
    while left and session.has_time():
        fresh = fence_product(
            session,
            left[0],
            partial(create_product, session, left[0], begun.get(left[0].id, ()), index),
        )
        left.popleft()
        if fresh is not None:
            made.append(fresh)


def _later(session: Session, message: ImportMessage, trouble: Exception) -> None:
    attempts = message.attempts + 1
    if isinstance(trouble, PosBusy):
        # A large import waits for many windows of calls, and gives up nothing for that.
        attempts = message.attempts
        until = session.deps.clock.now_ms() + round(trouble.wait * 1_000)
        session.deps.warm.busy_until_ms[session.account] = until
    log.warning("import waits", extra={"store_id": session.store, "why": str(trouble)})
    if attempts >= MOST_ATTEMPTS:
        _give_up(session, message, trouble)
        return
    wait = trouble.wait if isinstance(trouble, RetryLater) else 0.0
    seconds = min(LONGEST_WAIT_S, max(wait, backoff_ms(attempts) / 1_000))
    session.deps.queue.later(replace(message, attempts=attempts), seconds)


def _give_up(session: Session, message: ImportMessage, trouble: Exception) -> None:
    if isinstance(message, PageMessage):
        deps = session.deps
        deps.imports.planned(session.store, session.request, message.after, 1, more=False)
        words = f"BigCommerce did not show the other products ({trouble}). Import again later."
        session.report(Outcome(THE_REST, "failed", words))
        return
    for web in message.products:
        words = f"'{web.name}' could not be imported ({trouble}). Import it again later."
        session.report(Outcome(web.id, "failed", words, name=web.name))
