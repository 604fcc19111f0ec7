"""The rows of work that wait."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, PendingRow


class PendingRows(Protocol):
    """One row per store, lane and product. Every mark gives the row a new `rev`."""

    def mark(self, changes: Iterable[Change]) -> None:
        """Upserts a row per change: the highest version, the first queued time and force stay.
        A row that waits goes on waiting, unless the change is forced."""
        ...

    def due(self, store: StoreId, lane: Lane, now_ms: int, limit: int) -> Sequence[PendingRow]:
        """Up to `limit` rows that may be worked on now, in the order they were asked for.
        Reads what was written before (strongly consistent)."""
        ...

    def of(self, store: StoreId, lane: Lane, products: Sequence[str]) -> Sequence[PendingRow]:
        """The rows of these products, due or not."""
        ...

    def clear(self, rows: Iterable[PendingRow]) -> None:
        """Deletes each row whose `rev` is still the one given; newer marks stay."""
        ...

    def postpone(self, rows: Iterable[PendingRow]) -> None:
        """Writes attempts, not_before_ms and seen_stale_ms of rows whose `rev` is unchanged."""
        ...

    def waits(self, store: StoreId, now_ms: int) -> bool:
        """Whether any lane of the store has a due row."""
        ...
