"""How long the changes of a store took."""

import time

from cli.deployment.target import Target
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_histogram import HOUR_MS, Lags, merged


def freshness(target: Target, store: StoreId, hours: int) -> Lags:
    """Return the lags of the last `hours` whole hours of the clock and of the one that runs."""
    now = time.time_ns() // 1_000_000 // HOUR_MS
    running = target.stores.running_hour(store)
    found = target.lag_hours.of(store, now - hours, now, running)
    return merged(*(each.lags for each in found))
