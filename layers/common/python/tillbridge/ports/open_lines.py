"""The lines of web orders that the POS may not have booked."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.web_orders.accounts import LineAccount


class OpenLines(Protocol):
    """What the web orders of a store owe."""

    def of(self, store: StoreId) -> Sequence[LineAccount]:
        """Return the account of every line that a POS record in use may not contain; strongly
        consistent."""
        ...


class NoOpenLines:
    """The answer while no orders are read: nothing is owed."""

    def of(self, store: StoreId) -> Sequence[LineAccount]:  # noqa: ARG002 - the port's own name
        """Return nothing."""
        return ()
