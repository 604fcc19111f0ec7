"""The rows of the views, written by whoever worked on a product: of the record that was read and of its link as
it is stored now. They are best effort, and no decision is made from them. A run of reconcile puts right what
they miss."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from tillbridge.domain.connection import Settings
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import IMPORTING, Link, LinkStatus
from tillbridge.domain.row_composing import web_row
from tillbridge.domain.view_rows import POS, WEB, ViewRow
from tillbridge.domain.view_state import as_sent, row_of_link, standing
from tillbridge.domain.web_product import NOT_READ, WebProduct
from tillbridge.ports.links import Links
from tillbridge.ports.read_model import ReadModel, RowKey
from tillbridge.usecases.bisect import halved
from tillbridge.usecases.fence import Fault, is_fault, note

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Seen:
    """What is known of products whose rows are due. `pos`: rows of POS records that were read, `versions` of
    them; `webs`: BigCommerce products that were read. `products` and `numbers`: what may stand otherwise to the
    other side, by its id in the POS or in BigCommerce. `took_ms`: when BigCommerce took something of a product
    (epoch ms)."""

    pos: dict[PosProductId, ViewRow] = field(default_factory=dict)
    versions: dict[PosProductId, int] = field(default_factory=dict)
    webs: dict[StoreProductId, WebProduct] = field(default_factory=dict)
    products: set[PosProductId] = field(default_factory=set)
    numbers: set[StoreProductId] = field(default_factory=set)
    took_ms: dict[PosProductId, int] = field(default_factory=dict)


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
        halved(
            asked, lambda some: views.revise(store, some, partial(compose, some)), guilty, is_fault
        )
    except RetryLater as trouble:
        log.warning("views are not refreshed", extra={"store_id": store, "why": str(trouble)})


def _linked(links: Links, store: StoreId, seen: Seen) -> tuple[_Linked, Sequence[RowKey]]:
    """Return the links as they are stored, and the keys of the rows that are due."""
    products = list({**seen.pos, **dict.fromkeys(seen.products), **seen.took_ms})
    found = dict(links.get(store, products)) if products else {}
    numbers = {link.id for link in found.values() if link.id is not None}
    others = (seen.numbers | seen.webs.keys()) - numbers
    found |= links_of(links, store, others)
    of_number = {str(link.id): link for link in found.values() if link.id is not None}
    asked = [(POS, str(each)) for each in products]
    asked += [(WEB, str(each)) for each in sorted(numbers | others)]
    return _Linked({str(key): link for key, link in found.items()}, of_number), asked


def links_of(
    links: Links, store: StoreId, numbers: Iterable[StoreProductId]
) -> Mapping[PosProductId, Link]:
    """Return the links of BigCommerce products, those that have one."""
    asked = list(numbers)
    holders = links.holders(store, asked) if asked else {}
    products = [holder for holder in holders.values() if holder != IMPORTING]
    return links.get(store, products) if products else {}


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
