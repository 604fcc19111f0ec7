"""A page of the POS view or of the Web view."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import PRODUCT_LANES, Lane
from tillbridge.domain.pending import PendingRow, arrived_ms
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import POS, WEB, ViewRow
from tillbridge.ports.listing import A_PAGE, Listing, ListPage
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.read_model import Views
from tillbridge.ports.stores import Stores

LISTED = tuple(lane for lane in PRODUCT_LANES if lane is not Lane.AFTER)
"""The lanes whose rows a list tells of, 50 products of which are two requests. What a create leaves behind is
not waited for by people."""


class ListDeps(Protocol):
    """What a list needs; the dependencies of the console have it."""

    @property
    def stores(self) -> Stores:
        """The connected stores."""
        ...

    @property
    def listing(self) -> Listing:
        """The lists."""
        ...

    @property
    def views(self) -> Views:
        """The rows."""
        ...

    @property
    def pending(self) -> PendingRows:
        """What waits."""
        ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """A product waits: in which lane, since when (epoch ms), because of what and for whom ('' nobody)."""

    lane: Lane
    since_ms: int
    because: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A row, and what of it waits."""

    row: ViewRow
    waiting: Waiting | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as it is shown. `further`: more may fit behind `after`, though the page is not full.
    `compared_ms`: when both sides were compared last (epoch ms), 0 where that is not known."""

    connection: Connection
    rows: Sequence[Shown]
    after: str = ""
    before: str = ""
    further: bool = False
    compared_ms: int = 0


def list_products(  # noqa: PLR0913 - each is a part of the address of a list
    deps: ListDeps,
    store: StoreId,
    side: str,
    question: Question,
    *,
    after: str = "",
    before: str = "",
    backwards: bool = False,
    lane: Lane | None = None,
    limit: int = A_PAGE,
) -> Listed:
    """Return a page: at most five requests for 50 rows, once the store was read before. With a `lane`, products that wait in it; of the Web view
    those that are linked. Raise UnknownStore, and BadCursor for a cursor that is not of this list."""
    connection, compared_ms = deps.stores.with_compared(store)
    if connection is None:
        raise UnknownStore(store)
    lanes: Sequence[Lane] = LISTED
    if lane is not None:
        page, lanes = _waiting_in(deps, store, side, lane, after, limit), (lane,)
    else:
        page = deps.listing.page(
            store, side, question, after=after, before=before, backwards=backwards, limit=limit
        )
    waiting = waiting_of(deps, store, page.rows, lanes)
    shown = [Shown(row, waiting.get(product_of(row))) for row in page.rows]
    return Listed(connection, shown, page.after, page.before, page.further, compared_ms)


def _waiting_in(
    deps: ListDeps, store: StoreId, side: str, lane: Lane, after: str, limit: int
) -> ListPage:
    page = deps.listing.waiting(store, lane, after=after, limit=limit)
    if side == POS:
        return page
    online = deps.views.get(store, WEB, [row.other for row in page.rows if row.other])
    return ListPage(tuple(online.values()), page.after)


def waiting_of(
    deps: ListDeps, store: StoreId, rows: Iterable[ViewRow], lanes: Sequence[Lane] = LISTED
) -> Mapping[str, Waiting]:
    """Return what waits of products, by their id in the POS; of several lanes the most urgent."""
    products = [product for row in rows if (product := product_of(row))]
    found = deps.pending.of_lanes(store, lanes, products) if products else ()
    by_urgency = sorted(found, key=lambda row: lanes.index(row.lane), reverse=True)
    return {str(row.product): _told(row) for row in by_urgency}


def product_of(row: ViewRow) -> str:
    """Return the POS product of a row of either side; "" where it has none."""
    return row.id if row.side == POS else row.other


def _told(row: PendingRow) -> Waiting:
    since_ms = arrived_ms(row.order)
    if row.because is None:
        return Waiting(row.lane, since_ms)
    asked = row.because.last.by or row.because.first.by
    return Waiting(row.lane, since_ms, row.because.last.type, asked)
