"""The totals of a store's slices: API calls, products, lags."""

from dataclasses import dataclass
from functools import reduce

from cli.deployment.target import Target
from tillbridge.domain.history.call_line import slices_of
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_histogram import TO_THE_WEB, Histogram, merged
from tillbridge.domain.slices import SliceRecord

LONGEST_SLICE_MS = 130_000
"""A slice is dead after so long: its function's own timeout and a little."""

END_MS = 10**13 - 1
"""The last time that a line's key can have."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The totals of a store's slices, and their number."""

    total: SliceRecord
    slices: int

    def percentile(self, share: float) -> float:
        """Return how long changes in the POS took to the web, in seconds, at the percentile `share` (0 to
        1), told from buckets; 0 without writes."""
        found = [self.total.lags[path] for path in TO_THE_WEB if path in self.total.lags]
        return round(reduce(Histogram.plus, found, Histogram()).at(share) / 1_000, 3)


def ledger(target: Target, store: StoreId, since_ms: int = 0) -> Ledger:
    """Add up the slices of a store that ended at `since_ms` or later, with what is known of those that were
    killed."""
    total = SliceRecord()
    lines = target.call_lines.of(store, max(0, since_ms - LONGEST_SLICE_MS), END_MS)
    slices = [each for each in slices_of(lines) if each.ended_ms >= since_ms]
    for each in slices:
        total.calls.update(each.calls)
        total.throttled += each.throttled
        total.created += each.created
        total.updated += each.updated
        total.stocked += each.stocked
        total.failed += each.failed
        total.lags = merged(total.lags, each.lags)
    return Ledger(total, len(slices))
