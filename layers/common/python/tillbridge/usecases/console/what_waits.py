"""What waits for a store, and what it takes to send it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tillbridge.domain.backlog import LaneBacklog
from tillbridge.domain.estimates import backlog_calls, seconds_of
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.usecases.console.deps import ConsoleDeps

MOST_COUNTED = 1_000
"""Rows of a partition that are counted one by one; of more the figures of the last sweep are told."""


@dataclass(frozen=True, slots=True)
class WhatWaits:
    """Rows by lane; a row is a product, or a request about one. `about`: they were counted up to five minutes ago.
    `oldest_ms`: when the event of the oldest happened (epoch ms; 0: nothing waits)."""

    lanes: Mapping[Lane, LaneBacklog] = field(default_factory=dict)
    about: bool = False

    @property
    def count(self) -> int:
        """Return how many rows wait."""
        return sum(each.count for each in self.lanes.values())

    @property
    def oldest_ms(self) -> int:
        """Return when the event of the oldest happened."""
        return min((each.oldest_ms for each in self.lanes.values()), default=0)

    @property
    def calls(self) -> int:
        """Return about how many calls it takes to send it."""
        return backlog_calls({lane: each.count for lane, each in self.lanes.items()})

    @property
    def seconds(self) -> int:
        """Return about how long that takes under the quota."""
        return seconds_of(self.calls)


def what_waits(deps: ConsoleDeps, store: StoreId) -> WhatWaits:
    """Return what waits, at three requests; never by reading a large backlog. May raise RetryLater."""
    rows, whole = deps.waiting.first(store, MOST_COUNTED)
    counted: dict[str, LaneBacklog] = {}
    for row in rows:
        counted[row.lane] = counted.get(row.lane, LaneBacklog()).with_row(row)
    if whole:
        return WhatWaits(_known(counted))
    swept = next((each.backlog for each in deps.store_list.entries() if each.store == store), {})
    larger = {
        lane: max(
            counted.get(lane, LaneBacklog()), (swept or {}).get(lane, LaneBacklog()), key=_size
        )
        for lane in {**counted, **(swept or {})}
    }
    return WhatWaits(_known(larger), about=True)


def _size(backlog: LaneBacklog) -> int:
    return backlog.count


def _known(counted: Mapping[str, LaneBacklog]) -> dict[Lane, LaneBacklog]:
    """Return the lanes in the order in which they go; what nobody can read waits for nobody."""
    return {lane: counted[lane] for lane in Lane if lane in counted}
