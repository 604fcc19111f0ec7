"""What holds the stock of what web orders sell, as far as it is linked."""

from collections.abc import Sequence
from itertools import chain

from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.link import Link
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.finding import Holders
from tillbridge.domain.web_orders.shown import WebOrder
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.readable_links import readable_links


def holders_of(session: Session, orders: Sequence[WebOrder]) -> Holders:
    """Return what holds the stock of each product and variant of these orders' lines that is linked.
    A line that names no variant, or one that no link knows, is the product's own."""
    lines = chain.from_iterable(order.lines for order in orders)
    numbers = list(dict.fromkeys(line.product for line in lines if line.product is not None))
    links = session.deps.links
    owners = links.holders(session.store, numbers) if numbers else {}
    found, unread = readable_links(links, session.store, list(owners.values()))
    holders: dict[tuple[StoreProductId, StoreVariantId | None], Holder] = {}
    for number, product in owners.items():
        if product in unread:  # its variants are not known, but that its units are owed is
            holders[number, None] = Holder(product)
            continue
        link = found.get(product)
        if link is not None and link.id == number:
            holders |= _of(number, link)
    return holders


def _of(
    number: StoreProductId, link: Link
) -> dict[tuple[StoreProductId, StoreVariantId | None], Holder]:
    own = {(number, None): Holder(link.product)}
    return own | {
        (number, variant.id): Holder(link.product, key) for key, variant in link.variants.items()
    }
