"""Read a page of BigCommerce products once, and cut it into batches that carry what was read."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import batched

from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.import_messages import PRODUCTS_A_MESSAGE, BatchMessage, PageMessage
from tillbridge.domain.importing import carried
from tillbridge.domain.link import IMPORTING
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import sentence
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.imports import Outcome
from tillbridge.ports.store_catalogue import PAGE, Page
from tillbridge.usecases.import_products.session import Session
from tillbridge.usecases.views import Seen, write_rows


def plan_page(session: Session, message: PageMessage) -> None:
    """Read up to 250 products, and queue those that are not linked, 25 a message. When the request
    was by id or filter, report the linked ones too."""
    deps = session.deps
    store = deps.open_store(session.connection, session.deadline_ms)
    page = store.page(message.ask, message.after)
    readable = [product for product in page.products if not product.unreadable]
    now = deps.clock.now_ms()
    seen = Seen(webs={product.id: product for product in readable}, now_ms=now)
    write_rows(deps.read_model, deps.links, session.store, session.connection.settings, seen)
    holders = deps.links.holders(session.store, [product.id for product in readable])
    free = [p for p in readable if holders.get(p.id, IMPORTING) == IMPORTING]
    outcomes = _missing(message, page)
    outcomes += [unreadable(p) for p in page.products if p.unreadable]
    if not message.ask.everything:
        outcomes += [already(p, holders[p.id]) for p in readable if p not in free]
    session.report(*outcomes)
    deps.imports.planned(
        session.store, session.request, message.after, len(free) + len(outcomes), more=page.more
    )
    carry = [carried(product, session.limits) for product in free]
    for part in batched(carry, PRODUCTS_A_MESSAGE, strict=False):
        deps.queue.put(BatchMessage(message.request, session.store, part, by=message.by))
    if page.more:
        deps.queue.put(replace(message, after=page.last, attempts=0))


def already(web: WebProduct, holder: str) -> Outcome:
    """Return the outcome of a product that is already linked."""
    return Outcome(
        web.id,
        "already_linked",
        f"'{web.name}' is already linked to POS product {holder}. There is nothing to import.",
        holder,
        web.name,
    )


def unreadable(web: WebProduct) -> Outcome:
    """Return the outcome of a product whose record cannot be read."""
    words = sentence(ProblemCode.WEB_RECORD_UNREADABLE, number=web.id, what=web.unreadable)
    return Outcome(web.id, "refused", words)


def asked_for(ids: Sequence[StoreProductId], after: int) -> list[StoreProductId]:
    """Return the ids of one page of a request by id."""
    return sorted(each for each in set(ids) if each > after)[:PAGE]


def _missing(message: PageMessage, page: Page) -> list[Outcome]:
    there = {product.id for product in page.products}
    return [
        Outcome(each, "refused", f"BigCommerce has no product #{each}. Check the number.")
        for each in asked_for(message.ask.ids, message.after)
        if each not in there and (each <= page.last or not page.more)
    ]
