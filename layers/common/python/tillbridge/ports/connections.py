"""Connecting stores: the writing side of the list of stores."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_account import PosAccount


class Connections(Protocol):
    """The connections and the POS accounts behind them. Every method may raise RetryLater."""

    def find(self, store: StoreId) -> Connection | None:
        """Return the connection with its POS account, or None when no such store is connected. Raise
        UnreadableStore when it was stored in a shape that cannot be read."""
        ...

    def pos_accounts(self) -> Sequence[PosAccount]:
        """Return every POS account, by key."""
        ...

    def save_connection(self, connection: Connection) -> None:
        """Connect a store, or replace all its settings, its state and its POS account; of an account
        that is there the epoch stays."""
        ...

    def save_new(self, connection: Connection) -> bool:
        """Connect a store as `save_connection` does, and return True; where one of this name is connected already,
        change nothing and return False."""
        ...

    def end_first_day(self, store: StoreId) -> None:
        """Note that nobody needs the first day of a store any more (`Connection.first_day_over`)."""
        ...
