"""What was sold more often than there was, and how each came about, from what is kept of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tillbridge.domain.autopsy.assembling import WINDOW_MS, Noticed, timeline_of
from tillbridge.domain.autopsy.verdict import Verdict, verdicts
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.ports.history import History
from tillbridge.ports.order_list import OrderList
from tillbridge.usecases.console.deps import ConsoleDeps

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class OversoldShown:
    """The newest debts of a store; `said`: how one of them came about, the one that was asked for, for each
    order in which its events can have happened: nothing when no history of that time is left."""

    connection: Connection
    debts: Sequence[Oversold]
    asked: Oversold | None = None
    said: tuple[Verdict, ...] = ()


def show_oversold(deps: ConsoleDeps, store: StoreId, key: str = "") -> OversoldShown:
    """Return the newest debts of a store, and how the one of a key (`key_of`) came about. It costs five requests
    at most. Raise UnknownStore."""
    connection = deps.stores.as_told(store)
    if connection is None:
        raise UnknownStore(store)
    debts = deps.oversold.latest(store, A_PAGE)
    asked = next((each for each in debts if key and key_of(each) == key), None)
    said = () if asked is None else autopsy(deps.history, deps.orders, connection, asked)
    return OversoldShown(connection, debts, asked, said)


def key_of(debt: Oversold) -> str:
    """Return what names a debt among those of its store."""
    return f"{debt.at_ms}/{debt.holder.product}/{debt.holder.variant or ''}"


def autopsy(
    history: History, orders: OrderList, connection: Connection, debt: Oversold
) -> tuple[Verdict, ...]:
    """Return what a debt came from, for each order in which its events can have happened; nothing when
    no history of that time is left."""
    store = connection.store
    lines = history.of(store, debt.holder.product, debt.at_ms - WINDOW_MS, debt.at_ms + WINDOW_MS)
    found = orders.find(store, orders_of(debt, lines))
    entries = [each for each in found if isinstance(each, OrderEntry)]
    return verdicts_of(debt, connection.settings, lines, entries)


def orders_of(debt: Oversold, lines: Sequence[ProductLine]) -> list[WebOrderId]:
    """Return the web orders that may have to do with a debt. `lines`: what happened at that time."""
    return sorted({WebOrderId(line.order.order) for line in lines if line.order} | {*debt.orders})


def verdicts_of(
    debt: Oversold,
    settings: Settings,
    lines: Sequence[ProductLine],
    entries: Sequence[OrderEntry],
) -> tuple[Verdict, ...]:
    """Return what a debt came from, by what is kept of its product and orders."""
    noticed = Noticed(
        debt.holder,
        debt.debt,
        debt.at_ms,
        safety=settings.safety_stock,
        told=settings.web_orders is WebOrderMode.POS,
        version=debt.version,
        level=debt.level,
    )
    timeline = timeline_of(noticed, lines, entries)
    return () if timeline is None else verdicts(timeline)
