"""POS products that failed because a BigCommerce product which no POS product owns has their name or
SKU: nobody but a run notices when web staff rename or delete that product."""

from collections.abc import Iterable
from functools import partial
from itertools import batched

from tillbridge.domain.claims import claims_of, keys
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link
from tillbridge.domain.product import Product
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.links import Blocked
from tillbridge.ports.store_reader import BATCH
from tillbridge.usecases.readable_links import readable_links
from tillbridge.usecases.reconcile.session import Session


def release_blocked(session: Session) -> None:
    """Have the products tried again whose name or SKU became free online. The push that succeeds
    forgets the block. A free name that is not free after all costs one refused call. Raise
    OutOfTime."""
    for some in batched(session.deps.links.blocked_online(session.store), BATCH, strict=False):
        _release(session, some)


def _release(session: Session, blocked: Iterable[Blocked]) -> None:
    deps, store = session.deps, session.store
    numbers = {each: _number(each) for each in blocked}
    asked = sorted(set(numbers.values()))
    there = {web.id: web for web in session.ask(partial(session.reader.products, asked))}
    products = list(dict.fromkeys(each.product for each in numbers))
    (links, _), records = readable_links(deps.links, store, products), session.records(products)
    free = []
    for each, number in numbers.items():
        link, record = links.get(each.product), records.get(each.product)
        if link is None or link.problem is None or link.problem.holder != number:
            continue  # unlinked, pushed, or failed for another reason since
        if not _holds(there.get(number), record, link):
            free.append(each)
    deps.pending.mark(session.forced(each.product, Lane.CONTENT, "release") for each in free)
    if free:
        deps.signals.signal(store)


def _holds(web: WebProduct | None, record: Product | None, link: Link) -> bool:
    if web is None or record is None:
        return False
    if web.unreadable:
        return True  # it had the name or SKU when it could be read
    return not set(claims_of(record, link)).isdisjoint(keys(web.name, web.skus))


def _number(blocked: Blocked) -> StoreProductId:
    return StoreProductId(int(blocked.holder.removeprefix("#")))
