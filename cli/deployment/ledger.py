"""The totals of a store's slices: API calls, products, lags."""

from dataclasses import dataclass

from cli.deployment.target import Target
from tillbridge.domain.ids import StoreId
from tillbridge.domain.slices import SliceRecord


@dataclass(frozen=True, slots=True)
class Ledger:
    """The totals of a store's slices, and their number."""

    total: SliceRecord
    slices: int

    def percentile(self, share: float) -> float:
        """Return the lag, in seconds, at the percentile `share` (0 to 1); 0 without writes."""
        lags = sorted(self.total.lags_ms)
        return round(lags[min(len(lags) - 1, int(share * len(lags)))] / 1_000, 3) if lags else 0.0


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
        total.lags_ms.extend(each.lags_ms)
    return Ledger(total, len(slices))
