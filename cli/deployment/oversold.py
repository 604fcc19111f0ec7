"""The debts of a store."""

from collections.abc import Sequence

from cli.cannot_run import CannotRun
from cli.deployment.target import Target
from tillbridge.domain.ids import StoreId
from tillbridge.domain.oversold import Oversold

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
