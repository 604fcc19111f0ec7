"""The debts of a store, and what is kept of how each came about."""

from collections.abc import Sequence

from cli.cannot_run import CannotRun
from cli.deployment.target import Target
from tillbridge.domain.autopsy.assembling import WINDOW_MS, Noticed, timeline_of
from tillbridge.domain.autopsy.verdict import Verdict, verdicts
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.web_orders.entry import OrderEntry

MOST = 1_000
"""Debts that are looked at."""


def debts(target: Target, store: StoreId, what: str) -> Sequence[Oversold]:
    """Return the debts of a store, newest first: all, or those of an order, a product or a SKU. Raise
    CannotRun when there are none of it."""
    found = target.oversold.latest(store, MOST)
    if not what:
        return found
    mine = [each for each in found if what in _names(each)]
    if not mine:
        raise CannotRun(
            f"Nothing of '{what}' was sold twice, as far as Tillbridge has noticed."
            " `tillbridge oversell` lists what was."
        )
    return mine


def _names(debt: Oversold) -> set[str]:
    return {*map(str, debt.orders), debt.holder.product, debt.sku} - {""}


def autopsy(target: Target, connection: Connection, debt: Oversold) -> tuple[Verdict, ...]:
    """Return what a debt came from, for each order in which its events can have happened; nothing when
    no history of that time is left."""
    store = connection.store
    lines = target.history.of(
        store, debt.holder.product, debt.at_ms - WINDOW_MS, debt.at_ms + WINDOW_MS
    )
    found = target.order_list.find(store, orders_of(debt, lines))
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
