"""Removed stores, and what the tables still have of them."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.removal import LeftoverPlace, Removal, RemovedEntry


class Removals(Protocol):
    """Every method may raise RetryLater."""

    def remove(self, store: StoreId, by: str, at_ms: int) -> bool:
        """Take a store out of the list of stores, and note who did when (epoch ms): from then on it counts as not
        connected, everywhere. Return False, with nothing written, when it is not connected."""
        ...

    def removal(self, store: StoreId) -> Removal | None:
        """Return that a store was removed; None of one that was not, or of which nothing is left."""
        ...

    def removed(self) -> Sequence[RemovedEntry]:
        """Return every removed store of which something may be left, by name."""
        ...

    def note_clean(self, entry: RemovedEntry) -> None:
        """Note that what was ours in BigCommerce is taken off."""
        ...

    def begin_deleting(self, entry: RemovedEntry) -> bool:
        """Note that a removed store cannot come back any more. Return False where it came back, or was removed
        again, since `entry` was read."""
        ...

    def keep_place(self, entry: RemovedEntry, place: LeftoverPlace) -> None:
        """Keep how far the deleting came."""
        ...

    def forget(self, entry: RemovedEntry) -> None:
        """Forget that a store was removed: nothing is left of it."""
        ...

    def leave_account(self, account: PosAccountKey, store: StoreId) -> None:
        """Delete what says that a store had this POS account."""
        ...

    def forget_account(self, account: PosAccountKey) -> None:
        """Delete a POS account that no store uses, the note of its polls, its counters, and what leads calls to it."""
        ...


class Leftovers(Protocol):
    """What the tables have of removed stores."""

    def delete(
        self, store: StoreId, place: LeftoverPlace, until_ms: int
    ) -> tuple[LeftoverPlace, bool]:
        """Delete every row of a store from a place on, and return how far it came when the time was over (epoch ms),
        and whether nothing is left. May raise RetryLater."""
        ...

    def delete_mirror(self, account: PosAccountKey, until_ms: int) -> bool:
        """Delete the mirror of a POS account, and return whether nothing is left of it when the time was over (epoch
        ms). May raise RetryLater."""
        ...
