"""How a store is, from its state, from what waits in it and from how long its changes took. Pure; times are epoch
milliseconds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.backlog import Backlog, StoreFigures
from tillbridge.domain.connection import StoreState
from tillbridge.domain.lag_histogram import (
    HOUR_MS,
    TO_THE_WEB,
    Histogram,
    HourLags,
    Lags,
)
from tillbridge.domain.lanes import AWAITED

DAY_HOURS = 24

BEHIND_MS = 15 * 60_000
"""A change that was seen to wait longer, in a lane in which nothing should wait, means that a store is behind."""

SWEPT_MS = 5 * 60_000
"""How often the sweep counts what waits."""

STALE_MS = 3 * SWEPT_MS
"""A count that is older than this says that the sweep does not run."""


class Health(StrEnum):
    """How a store is, the worst first. `held`: calls failed, and none goes out before a time. `new`: nothing was
    compared, and nothing has gone to the web. `quiet`: nothing went to the web for a day."""

    UNREADABLE = "unreadable"
    NEEDS_ATTENTION = "needs_attention"
    PAUSED = "paused"
    HELD = "held"
    BEHIND = "behind"
    NEW = "new"
    UNKNOWN = "unknown"
    QUIET = "quiet"
    HEALTHY = "healthy"

    @property
    def words(self) -> str:
        """Return it in a word or two."""
        return _WORDS[self]


_WORDS: Mapping[Health, str] = {
    Health.UNREADABLE: "Cannot be read",
    Health.NEEDS_ATTENTION: "Needs attention",
    Health.PAUSED: "Paused",
    Health.HELD: "Waits after a failure",
    Health.BEHIND: "Behind",
    Health.NEW: "New",
    Health.UNKNOWN: "Not known",
    Health.QUIET: "Quiet",
    Health.HEALTHY: "Healthy",
}


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long changes took from the POS to the web: how many there were, half of them and 95 of 100 within so
    many ms, the slowest, and in which hour (since the epoch) that was."""

    count: int
    half_ms: float
    most_ms: float
    slowest_ms: int
    slowest_hour: int


@dataclass(frozen=True, slots=True)
class HourTold:
    """What went to the web in an hour (since the epoch); without any change the times are 0."""

    hour: int
    count: int = 0
    half_ms: float = 0.0
    most_ms: float = 0.0
    slowest_ms: int = 0


def to_the_web(lags: Lags) -> Histogram:
    """Return the lags of all that goes from the POS to BigCommerce together."""
    found = Histogram()
    for path in TO_THE_WEB:
        found = found.plus(lags.get(path, Histogram()))
    return found


def freshness_of(hours: Sequence[HourLags]) -> Freshness | None:
    """Return how fresh the web was in these hours; None when nothing went there."""
    each = [(hour.hour, to_the_web(hour.lags)) for hour in hours]
    told = Histogram()
    for _, lags in each:
        told = told.plus(lags)
    if not told.count:
        return None
    slowest = max(each, key=lambda found: found[1].max_ms)[0]
    return Freshness(told.count, told.at(0.5), told.at(0.95), told.max_ms, slowest)


def last_day(hours: Sequence[HourLags], now_ms: int) -> tuple[HourTold, ...]:
    """Return the last 24 hours by the clock, oldest first, the running one last; also those in which nothing
    went to the web."""
    by_hour = {each.hour: to_the_web(each.lags) for each in hours}
    now = now_ms // HOUR_MS
    return tuple(_told(hour, by_hour.get(hour)) for hour in range(now - DAY_HOURS + 1, now + 1))


def _told(hour: int, lags: Histogram | None) -> HourTold:
    if lags is None or not lags.count:
        return HourTold(hour)
    return HourTold(hour, lags.count, lags.at(0.5), lags.at(0.95), lags.max_ms)


def oldest_ms(backlog: Backlog) -> int:
    """Return when the oldest change happened that waits in a lane in which nothing should; 0 without any."""
    waits = [backlog[lane].oldest_ms for lane in AWAITED if lane in backlog and backlog[lane].count]
    return min(waits, default=0)


def health_of(
    figures: StoreFigures, hours: Sequence[HourLags] | None, swept_ms: int, now_ms: int
) -> Health:
    """Return how a store is. `hours`: the last day's, None when they cannot be read; `swept_ms`: as of when its
    backlog is."""
    connection, entry = figures.connection, figures.entry
    if connection is None:
        return Health.UNREADABLE
    if connection.state is StoreState.NEEDS_ATTENTION:
        return Health.NEEDS_ATTENTION
    if connection.state is StoreState.PAUSED:
        return Health.PAUSED
    if connection.failures and connection.not_before_ms > now_ms:
        return Health.HELD
    waits_since_ms = oldest_ms(entry.backlog or {}) if entry else 0
    if waits_since_ms and swept_ms - waits_since_ms > BEHIND_MS:
        return Health.BEHIND
    if hours is None:
        return Health.UNKNOWN
    if freshness_of(hours) is not None:
        return Health.HEALTHY
    compared = entry is not None and entry.compared_ms is not None
    return Health.QUIET if compared else Health.NEW
