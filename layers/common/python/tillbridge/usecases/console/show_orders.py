"""The web orders of a store, and one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, WebOrderId
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.ports.order_list import ListedOrder
from tillbridge.usecases.console.deps import ConsoleDeps

A_PAGE = 50

MOST_TOLD = 1
"""Products of an order whose history is read: a page makes five requests at most, two of them for the
connection and its account."""

HISTORY_MS = 90 * 86_400_000


@dataclass(frozen=True, slots=True)
class OrdersShown:
    """Orders by number, the highest first. `open`: those that are not settled, on the first page alone; `settled`:
    others, and on later pages all. `open_below`, `below`: what the next page is asked with; None: there is none."""

    connection: Connection
    open: Sequence[ListedOrder]
    settled: Sequence[ListedOrder]
    open_below: WebOrderId | None = None
    below: WebOrderId | None = None


@dataclass(frozen=True, slots=True)
class OrderShown:
    """One order, None where none is kept. `versions`: of the POS records that levels were last computed from;
    `lines`: what happened because of it, newest first, of its first products."""

    connection: Connection
    order: ListedOrder | None
    versions: Mapping[PosProductId, int]
    lines: Sequence[ProductLine] = ()


@dataclass(frozen=True, slots=True)
class OrderPage:
    """A page of one list, the highest number first; `below` as in OrdersShown."""

    orders: Sequence[ListedOrder]
    below: WebOrderId | None = None


_NONE = OrderPage(())


def list_orders(
    deps: ConsoleDeps,
    store: StoreId,
    *,
    below: WebOrderId | None = None,
    only_open: bool = False,
) -> OrdersShown:
    """Return a page of orders. It costs five requests at most. Raise UnknownStore."""
    connection = _connection(deps, store)
    open_, latest = _NONE, _NONE
    if below is None or only_open:
        open_ = _read(deps, store, below, only_open=True)
    if not only_open:
        latest = _read(deps, store, below, only_open=False)
    known = {number_of(each) for each in open_.orders}
    return OrdersShown(
        connection,
        open=open_.orders,
        settled=[each for each in latest.orders if number_of(each) not in known],
        open_below=open_.below,
        below=latest.below,
    )


def page_of(
    deps: ConsoleDeps,
    store: StoreId,
    below: WebOrderId | None,
    *,
    only_open: bool,
    limit: int = A_PAGE,
) -> tuple[Connection, OrderPage]:
    """Return the connection and a page of all orders, or of those that are open. It costs four requests at
    most. Raise UnknownStore."""
    return _connection(deps, store), _read(deps, store, below, only_open=only_open, limit=limit)


def _read(
    deps: ConsoleDeps,
    store: StoreId,
    below: WebOrderId | None,
    *,
    only_open: bool,
    limit: int = A_PAGE,
) -> OrderPage:
    read = deps.orders.open_page if only_open else deps.orders.latest
    # One more than is shown says whether more follow.
    found = read(store, limit + 1, below)
    more = number_of(found[limit - 1]) if len(found) > limit else None
    return OrderPage(found[:limit], more)


def show_order(deps: ConsoleDeps, store: StoreId, number: WebOrderId) -> OrderShown:
    """Return one order, at five requests at most. Raise UnknownStore."""
    connection = _connection(deps, store)
    order = next(iter(deps.orders.find(store, [number])), None)
    if not isinstance(order, OrderEntry):
        return OrderShown(connection, order, {})
    products = products_of(order)
    links = deps.links.get(store, products) if products else {}
    versions = {product: link.stock_version for product, link in links.items()}
    return OrderShown(connection, order, versions, _happened(deps, store, order, products))


def number_of(listed: ListedOrder) -> WebOrderId:
    """Return the number of an order, readable or not."""
    return listed.order.id if isinstance(listed, OrderEntry) else listed.id


def products_of(order: OrderEntry) -> Sequence[PosProductId]:
    """Return the products of an order that the POS has."""
    holders = (account.holder for account in order.accounts)
    return list(dict.fromkeys(holder.product for holder in holders if holder))


def _happened(
    deps: ConsoleDeps, store: StoreId, order: OrderEntry, products: Sequence[PosProductId]
) -> Sequence[ProductLine]:
    now = deps.clock.now_ms()
    lines = [
        line
        for product in products[:MOST_TOLD]
        for line in deps.history.of(store, product, now - HISTORY_MS, now)
        if line.order is not None and line.order.order == order.order.id
    ]
    return sorted(lines, key=lambda line: -line.at_ms)


def _connection(deps: ConsoleDeps, store: StoreId) -> Connection:
    connection = deps.stores.as_told(store)
    if connection is None:
        raise UnknownStore(store)
    return connection
