"""The totals of a store's slices: API calls, products, lags."""

from dataclasses import dataclass
from functools import reduce

from cli.deployment.target import Target
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_histogram import TO_THE_WEB, Histogram, merged
from tillbridge.domain.slices import SliceRecord


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
    """Add up the slices of a store since `since_ms`."""
    total = SliceRecord()
    slices = target.stores.slices(store, since_ms)
    for each in slices:
        total.calls.update(each.calls)
        total.throttled += each.throttled
        total.created += each.created
        total.updated += each.updated
        total.stocked += each.stocked
        total.failed += each.failed
        total.lags = merged(total.lags, each.lags)
    return Ledger(total, len(slices))
