"""The rows of the views, written by whoever worked on a product: of the record that was read and of its link as
it is stored now. They are best effort, and no decision is made from them. A run of reconcile puts right what
they miss."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from tillbridge.domain.connection import Settings
from tillbridge.domain.details.composing import SentContent, after_sending, is_whole, web_detail
from tillbridge.domain.details.detail import Detail
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import IMPORTING, Link, LinkStatus
from tillbridge.domain.row_composing import web_row
from tillbridge.domain.view_rows import POS, WEB, ViewRow
from tillbridge.domain.view_state import as_sent, row_of_link, standing
from tillbridge.domain.web_product import NOT_READ, WebProduct
from tillbridge.ports.links import Links
from tillbridge.ports.read_model import Details, ReadModel, RowKey
from tillbridge.usecases.bisect import halved
from tillbridge.usecases.fence import Fault, is_fault, note
from tillbridge.usecases.readable_links import readable_links

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Seen:
    """What is known of products whose rows are due. `pos`: rows of POS records that were read, `versions` of
    them; `webs`: BigCommerce products that were read. `products` and `numbers`: what may stand otherwise to the
    other side, by its id in the POS or in BigCommerce. `took_ms`: when BigCommerce took something of a product
    (epoch ms). `details`: of POS records that were read; `sent`: what BigCommerce took of the content of a product,
    after it was read where it was. `now_ms`: the time (epoch ms)."""

    pos: dict[PosProductId, ViewRow] = field(default_factory=dict)
    versions: dict[PosProductId, int] = field(default_factory=dict)
    webs: dict[StoreProductId, WebProduct] = field(default_factory=dict)
    products: set[PosProductId] = field(default_factory=set)
    numbers: set[StoreProductId] = field(default_factory=set)
    took_ms: dict[PosProductId, int] = field(default_factory=dict)
    details: dict[PosProductId, Detail] = field(default_factory=dict)
    sent: dict[PosProductId, SentContent] = field(default_factory=dict)
    now_ms: int = 0


@dataclass(frozen=True, slots=True)
class _Linked:
    """The links of products, by their id on either side."""

    of_product: Mapping[str, Link]
    of_number: Mapping[str, Link]


def write_rows(
    views: ReadModel, links: Links, store: StoreId, settings: Settings, seen: Seen
) -> None:
    """Write the rows of both sides of what was seen, those that differ. Log that the tables are busy; note a
    fault on the product that it comes from."""

    def guilty(key: RowKey, error: Exception) -> None:
        note(Fault(error, "listing", store, key[1]))

    try:
        linked, asked = _linked(links, store, seen)
        compose = partial(_composed, settings, seen, linked)
        details = _details(seen, linked)

        def write(some: Sequence[RowKey]) -> None:
            needs = [key for key in some if key in details.needs]
            views.revise(store, some, partial(compose, some), replace(details, needs=needs))

        halved(asked, write, guilty, is_fault)
    except RetryLater as trouble:
        log.warning("views are not refreshed", extra={"store_id": store, "why": str(trouble)})


def _linked(links: Links, store: StoreId, seen: Seen) -> tuple[_Linked, Sequence[RowKey]]:
    """Return the links as they are stored, and the keys of the rows that are due."""
    products = list({**seen.pos, **dict.fromkeys(seen.products), **seen.took_ms})
    found, unread = readable_links(links, store, products)
    numbers = {link.id for link in found.values() if link.id is not None}
    others = (seen.numbers | seen.webs.keys()) - numbers
    more, hidden = _held(links, store, others)
    found = {**found, **more}
    of_number = {str(link.id): link for link in found.values() if link.id is not None}
    # Of what is linked, and nobody can say how, the rows stay as they are.
    asked = [(POS, str(each)) for each in products if each not in unread]
    asked += [(WEB, str(each)) for each in sorted(numbers | others - hidden)]
    return _Linked({str(key): link for key, link in found.items()}, of_number), asked


def links_of(
    links: Links, store: StoreId, numbers: Iterable[StoreProductId]
) -> Mapping[PosProductId, Link]:
    """Return the links of BigCommerce products, those that have one that can be read."""
    return _held(links, store, numbers)[0]


def _held(
    links: Links, store: StoreId, numbers: Iterable[StoreProductId]
) -> tuple[Mapping[PosProductId, Link], set[StoreProductId]]:
    """Return the links of BigCommerce products, and the products whose link cannot be read."""
    asked = list(numbers)
    holders = links.holders(store, asked) if asked else {}
    products = [holder for holder in holders.values() if holder != IMPORTING]
    found, unread = readable_links(links, store, products)
    return found, {number for number, holder in holders.items() if holder in unread}


def _composed(
    settings: Settings,
    seen: Seen,
    linked: _Linked,
    asked: Iterable[RowKey],
    there: Mapping[RowKey, ViewRow],
) -> Iterator[ViewRow]:
    for key in asked:
        side, id_ = key
        link = (linked.of_product if side == POS else linked.of_number).get(id_)
        before = there.get(key)
        if side == POS:
            row = _of_pos(seen, id_, link, before)
        else:
            row = _of_web(settings, seen, id_, link, before)
        if row is not None:
            product = PosProductId(id_ if side == POS else link.product if link else "")
            took_ms = seen.took_ms.get(product, 0)
            yield standing(replace(row, synced_ms=took_ms), link, before)


def _details(seen: Seen, linked: _Linked) -> Details:
    """Return what is kept of the content beside the rows. What was sent is written over what was there."""

    def compose(key: RowKey, stored: Detail | None) -> Detail | None:
        side, id_ = key
        if side == POS:
            return seen.details.get(PosProductId(id_))
        number, link = StoreProductId(int(id_)), linked.of_number.get(id_)
        web, found = seen.webs.get(number), None
        if web is not None and is_whole(web):
            found = web_detail(web, seen.now_ms, linked=link is not None)
        sent = seen.sent.get(link.product) if link is not None else None
        if link is None or sent is None:
            return found
        return after_sending(found or stored, number, link, sent, seen.now_ms) or found

    sent_to = (link for link in linked.of_number.values() if link.product in seen.sent)
    return Details(compose, frozenset((WEB, str(link.id)) for link in sent_to))


def _of_pos(seen: Seen, id_: str, link: Link | None, there: ViewRow | None) -> ViewRow | None:
    row = seen.pos.get(PosProductId(id_)) or there
    if row is None:
        return row_of_link(POS, id_, link) if link else None
    # A deleted product that was never listed needs no row.
    return None if row.deleted and there is None else row


def _of_web(
    settings: Settings, seen: Seen, id_: str, link: Link | None, there: ViewRow | None
) -> ViewRow | None:
    web = seen.webs.get(StoreProductId(int(id_)))
    row = web_row(web, there) if web is not None else there
    if link is None or (web is not None and web.price is not NOT_READ):
        return row
    if row is None and link.status is LinkStatus.BROKEN:
        return None  # it is no longer online
    product, row = link.product, row or row_of_link(WEB, id_, link)
    version = seen.versions.get(product, -1)
    return as_sent(row, link, settings, seen=seen.pos.get(product), version=version)
