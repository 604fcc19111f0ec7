"""The pending rows."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, Look, PendingRow


class PendingRows(Protocol):
    """One row per store, lane and product. Every mark gives the row a new `rev`."""

    def mark(self, changes: Iterable[Change]) -> None:
        """Write a row per change. Over a row that exists, the highest version, the earliest queued
        time and force win. A row that waits goes on waiting, unless the change is forced."""
        ...

    def due(self, store: StoreId, lane: Lane, now_ms: int, limit: int) -> Sequence[PendingRow]:
        """Return up to `limit` rows that may be worked on at `now_ms`; strongly consistent. Fewer than
        `limit` are all that there are. They come in the lane's order: of a lane that has many more
        rows than `limit`, the order is that of the rows which were read, others each time."""
        ...

    def look(self, store: StoreId, now_ms: int, *, with_rows: bool = True) -> Look:
        """Return which lanes of the drain have rows that are due at `now_ms`; strongly consistent. Without
        `with_rows` no lane's rows come with it."""
        ...

    def of(self, store: StoreId, lane: Lane, products: Sequence[str]) -> Sequence[PendingRow]:
        """Return the rows of these products, due or not."""
        ...

    def of_lanes(
        self, store: StoreId, lanes: Sequence[Lane], products: Sequence[str]
    ) -> Sequence[PendingRow]:
        """Return the rows of these products in these lanes, due or not: what `of` returns of each."""
        ...

    def clear(self, rows: Iterable[PendingRow]) -> None:
        """Delete each row whose `rev` is still the one given; newer marks stay."""
        ...

    def postpone(self, rows: Iterable[PendingRow]) -> None:
        """Write what rows wait for, since when and until when, their attempts and queued time, where
        the `rev` is unchanged. A row that is `unsure` becomes so even when it was marked since."""
        ...

    def doubt(self, rows: Iterable[PendingRow]) -> None:
        """Make those of these rows that still exist `unsure`, and change nothing else."""
        ...
