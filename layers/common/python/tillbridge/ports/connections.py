"""Connecting stores: the writing side of the list of stores."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.removal import Removal


class Connections(Protocol):
    """The connections and the POS accounts behind them. Every method may raise RetryLater."""

    def find(self, store: StoreId) -> Connection | None:
        """Return the connection with its POS account, or None when no such store is connected. Raise
        UnreadableStore when it was stored in a shape that cannot be read."""
        ...

    def pos_accounts(self) -> Sequence[PosAccount]:
        """Return every POS account, by key."""
        ...

    def save_new(self, connection: Connection, *, pos_told: bool = True) -> bool:
        """Connect a store, and return True; where one of this name is connected already, change nothing and return
        False. A POS account that is there stays as it is unless it is `pos_told` anew, and keeps its epoch then, too.
        """
        ...

    def save_again(
        self, connection: Connection, seen: Connection, *, pos_told: bool = True
    ) -> bool:
        """Write what connecting a store again changes: its addresses, its POS account (as `save_new` does) and how it
        writes prices; what its batches ignore is forgotten, and its canary if it is another store now. Trouble ends,
        and a store that is paused at that moment stays so. All else, which others may have changed meanwhile, stays.
        Return False, with nothing written, unless it is connected to the store and POS that were `seen`; the key of
        its webhooks is written if none was seen, and must not be there then."""
        ...

    def removal(self, store: StoreId) -> Removal | None:
        """Return that a store was removed, and as what it can come back; None of any other."""
        ...

    def save_back(self, connection: Connection, removal: Removal, *, pos_told: bool = True) -> bool:
        """Connect a removed store again with all that is kept of it, writing what `save_again` writes. Return False,
        with nothing written, when it came back already or its deleting has begun."""
        ...

    def end_first_day(self, store: StoreId) -> None:
        """Note that nobody needs the first day of a store any more (`Connection.first_day_over`)."""
        ...
