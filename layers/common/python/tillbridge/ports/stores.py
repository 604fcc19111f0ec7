"""Connected stores and what is remembered of each."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.slices import SliceRecord


class Stores(Protocol):
    """The connections, their state, small caches and the ledger of slices."""

    def find(self, store: StoreId) -> Connection | None:
        """The connection, or None when no such store is connected."""
        ...

    def all(self) -> Sequence[StoreId]:
        """Every connected store."""
        ...

    def set_state(self, connection: Connection) -> None:
        """Writes state, attention, not_before and failures; settings stay untouched. A store that a
        person paused meanwhile stays paused."""
        ...

    def set_reconcile_mode(self, store: StoreId, mode: str) -> None:
        """Writes this one setting: 'report' or 'repair'."""
        ...

    def categories(self, store: StoreId) -> Mapping[str, int]:
        """Remembered category ids by casefolded name."""
        ...

    def remember_categories(self, store: StoreId, categories: Mapping[str, int]) -> None:
        """Adds to the remembered categories."""
        ...

    def begin_slice(self, store: StoreId, token: str, now_ms: int, until_ms: int) -> int:
        """Make `token` the store's one writer until `until_ms`, and return 0; or return until when
        (epoch ms) another slice still is, at `now_ms`. Of several at once one gets it."""
        ...

    def end_slice(self, store: StoreId, token: str) -> None:
        """Let the next slice write; one that has begun after this one's time was over stays."""
        ...

    def record_slice(self, store: StoreId, record: SliceRecord) -> None:
        """Keeps what a slice did for 30 days."""
        ...
