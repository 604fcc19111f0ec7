"""What waits, counted over the pending rows in memory."""

from collections.abc import Sequence

from tests.fakes.pending import FakePending
from tillbridge.domain.backlog import Waiting
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import ENTRY, Place


class FakeWaitingRows:
    """Of each of the two places the first rows."""

    def __init__(self, pending: FakePending) -> None:
        self._pending = pending

    def first(self, store: StoreId, limit: int) -> tuple[Sequence[Waiting], bool]:
        rows = [row for row in self._pending.rows if row.store == store]
        taken: list[Waiting] = []
        whole = True
        for place in (Place.TOGETHER, Place.APART):
            here = [row for row in rows if ENTRY[row.lane].place is place]
            whole = whole and len(here) <= limit
            taken += [
                Waiting(store, row.lane, row.not_before_ms, row.queued_ms, row.attempts)
                for row in here[:limit]
            ]
        return taken, whole
