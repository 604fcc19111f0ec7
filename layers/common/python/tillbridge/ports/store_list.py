"""The list of connected stores, with what is kept of each there so that nobody reads every store."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tillbridge.domain.backlog import Backlog, Figures, ScanPlace, StoreEntry
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId


class StoreList(Protocol):
    """Every method may raise RetryLater. Nothing is kept of a store that is not connected."""

    def entries(self) -> Sequence[StoreEntry]:
        """Return every connected store, by name."""
        ...

    def connections(self, stores: Sequence[StoreId]) -> Mapping[StoreId, Connection | None]:
        """Return the connections of these stores, which name their POS accounts and know nothing else
        of them: None for one that cannot be read, and no entry for one that was disconnected
        meanwhile."""
        ...

    def orders_read(self, stores: Sequence[StoreId]) -> Mapping[StoreId, int]:
        """Return when the last reading of these stores' web orders began that reached its end (epoch ms); no entry
        where none did, 0 where that cannot be read."""
        ...

    def figures(self, stores: Sequence[StoreId]) -> Figures:
        """Return what is told of these stores, of 33 at one request; no entry for one that is not
        connected. What cannot be read of one hides nothing else."""
        ...

    def keep_swept(self, at_ms: int) -> None:
        """Write when a reading of the table came to its end (epoch ms)."""
        ...

    def keep_backlogs(self, backlogs: Mapping[StoreId, Backlog]) -> None:
        """Write the figures of these stores, of a reading of the table that came to its end."""
        ...

    def keep_counting(self, counting: Mapping[StoreId, Backlog]) -> None:
        """Write the figures of these stores, of a reading of the table that goes on."""
        ...

    def place(self) -> ScanPlace:
        """Return how far the reading of the pending rows came that did not reach its end; empty when
        none goes on."""
        ...

    def keep_place(self, place: ScanPlace) -> None:
        """Write how far the reading came; empty at its end."""
        ...
