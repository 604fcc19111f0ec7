"""The web orders of a store, and what is needed to see to them."""

from collections.abc import Iterable, Mapping, Sequence

from cli.cannot_run import CannotRun
from cli.deployment.reaching_pos import reach
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.bootstrap.pos_of import open_pos
from tillbridge.domain.connection import Connection, Settings
from tillbridge.domain.ids import PosProductId, StoreId, WebOrderId
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.ports.order_list import UnreadableOrder
from tillbridge.ports.pos import Pos
from tillbridge.usecases.orders_by_hand import ByHandDeps

_POS_MS = 60_000


def by_hand(target: Target) -> ByHandDeps:
    """Return what the requests about single orders need."""
    return ByHandDeps(
        book=target.order_book,
        pending=target.pending,
        clock=SystemClock(),
        signals=target.signals,
        orders=target.order_signals,
    )


def pos_now(target: Target, connection: Connection) -> Pos:
    """Return the POS of a connection, to be asked within the next minute."""
    return open_pos(reach(target, connection.pos_account, _POS_MS))


def has_orders(target: Target, store: StoreId) -> bool:
    """Return whether anything is kept of a store's web orders."""
    return bool(target.order_list.latest(store, 1))


def the_order(target: Target, store: StoreId, number: WebOrderId) -> OrderEntry:
    """Return an order of the book. Raise CannotRun for one that is not there or cannot be read."""
    found = next(iter(target.order_list.find(store, [number])), None)
    if found is None:
        raise CannotRun(
            f"Tillbridge counts no web order {number}. `tillbridge orders` lists the latest; one that"
            f" was placed before web orders were on is counted by `tillbridge orders take {number}`."
        )
    if isinstance(found, UnreadableOrder):
        raise CannotRun(
            f"What is kept of web order {number} cannot be read. A later release may have written"
            " it: use its command line. The log says more."
        )
    return found


def versions_used(
    target: Target, store: StoreId, entries: Iterable[OrderEntry]
) -> Mapping[PosProductId, int]:
    """Return, for the products of these orders, of which POS record the levels were last computed."""
    accounts = (account for entry in entries for account in entry.accounts)
    products: Sequence[PosProductId] = list(
        dict.fromkeys(account.holder.product for account in accounts if account.holder)
    )
    links = target.links.get(store, products)
    return {product: link.stock_version for product, link in links.items()}


def booked_at(settings: Settings) -> str:
    """Return the outlet where web orders are booked, '' where the settings name none."""
    return settings.web_outlet or next(iter(sorted(settings.outlets)), "")


def unanswered(target: Target, store: StoreId, orders: Sequence[WebOrderId]) -> list[WebOrderId]:
    """Return those of these orders that the POS was asked to book, and may have booked."""
    found = target.order_list.find(store, orders)
    return [
        each.order.id
        for each in found
        if isinstance(each, OrderEntry)
        and not each.by_hand
        and any(account.asked is not None for account in each.accounts)
    ]
