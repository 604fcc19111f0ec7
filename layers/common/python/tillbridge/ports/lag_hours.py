"""How long changes took, hour by hour, kept for ninety days."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_histogram import HourLags

NO_HOUR = HourLags()


class LagHours(Protocol):
    """The hours as those who measure write them. Each method may raise RetryLater; nothing but what is told to
    people depends on it, so whoever writes goes on without."""

    def put(self, store: StoreId, hour: HourLags) -> None:
        """Keep an hour of the store's drain, in place of what was kept of it: put twice it counts
        once."""
        ...

    def add_orders(self, store: StoreId, hour: HourLags) -> None:
        """Add to an hour of the function `orders`, which has no running one: read, added and written. Of
        two that do so at once, one may be lost; none counts twice."""
        ...

    def of(
        self, store: StoreId, from_hour: int, to_hour: int, running: HourLags = NO_HOUR
    ) -> Sequence[HourLags]:
        """Return the hours from one to another (hours since the epoch, both included), oldest first, those
        of the drain and of `orders` together. `running` stands in place of what the drain put of that
        hour: a slice that was killed may have put it and left it running. One that cannot be read is left out, and logged."""
        ...
