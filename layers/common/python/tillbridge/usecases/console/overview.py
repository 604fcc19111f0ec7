"""How a store is, at a glance: in a sentence, in what waits, and in a day of hours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.backlog import StoreFigures
from tillbridge.domain.causes import Cause, cause_of
from tillbridge.domain.connection import Connection, WebOrderMode
from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.first_day import has_first_day
from tillbridge.domain.health import (
    DAY_HOURS,
    Freshness,
    Health,
    HourTold,
    freshness_of,
    health_of,
    last_day,
)
from tillbridge.domain.history.call_line import CallLine
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_histogram import HOUR_MS, HourLags, Lags, merged
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.view_rows import POS, RowState
from tillbridge.ports.call_lines import CallLines
from tillbridge.ports.clock import Clock
from tillbridge.ports.lag_hours import NO_HOUR, LagHours
from tillbridge.ports.listing import Causes, Listing
from tillbridge.ports.oversold import OversoldRows
from tillbridge.ports.store_list import StoreList
from tillbridge.usecases.console.part import part

LINES = 10
"""Call lines that are read for what is left of the quota: the newest few of the newest slice."""

MOST_FAILED = 500
MOST_DEBTS = 50
WEEK_MS = 7 * DAY_HOURS * HOUR_MS

THROTTLED = 429


class GlanceDeps(Protocol):
    """What the overview and the problems need; the dependencies of the console have it."""

    @property
    def store_list(self) -> StoreList:
        """Return the list of stores."""
        ...

    @property
    def listing(self) -> Listing:
        """Return the lists."""
        ...

    @property
    def hours(self) -> LagHours:
        """Return how long changes took."""
        ...

    @property
    def calls(self) -> CallLines:
        """Return the calls of slices."""
        ...

    @property
    def oversold(self) -> OversoldRows:
        """Return what was sold twice."""
        ...

    @property
    def clock(self) -> Clock:
        """Return the time."""
        ...


@dataclass(frozen=True, slots=True)
class QuotaSeen:
    """What BigCommerce said last of the quota: calls left in its window (-1 where a refusal said nothing), when
    (epoch ms), and whether it refused a call because the quota was spent."""

    left: int
    at_ms: int
    spent: bool = False


@dataclass(frozen=True, slots=True)
class CauseCount:
    """How many products a cause holds back; `more`: at least so many."""

    cause: Cause
    count: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """What the overview tells. `figures`, with what waits as of `swept_ms` (epoch ms; 0: no sweep ever ran), the
    last comparisons and the connection; `lags` of the last day by path. What could not be read is None: `hours`
    with `lags`, `calls` with `quota`, `failed`, `oversold`; of calls and hours that are not there, empty. `oversold` are the last week's."""

    figures: StoreFigures
    now_ms: int
    swept_ms: int
    health: Health
    freshness: Freshness | None = None
    hours: tuple[HourTold, ...] | None = None
    lags: Lags | None = None
    calls: Sequence[CallLine] | None = None
    quota: QuotaSeen | None = None
    failed: tuple[CauseCount, ...] | None = None
    oversold: Sequence[Oversold] | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A store among others. `freshness`: of the running hour. None of `figures` where the store is not
    connected."""

    store: StoreId
    figures: StoreFigures | None
    health: Health
    freshness: Freshness | None = None


def overview(deps: GlanceDeps, store: StoreId) -> Overview:
    """Return how a store is: five requests, four while a first day is shown beside it (`leads`). Raise UnknownStore,
    and RetryLater when nothing can be read."""
    now_ms = deps.clock.now_ms()
    told = deps.store_list.figures([store])
    figures = told.stores.get(store)
    if figures is None:
        raise UnknownStore(store)
    hours = part(store, "hours", lambda: _hours(deps, store, figures.hour or NO_HOUR, now_ms))
    calls = part(store, "calls", lambda: deps.calls.newest(store, LINES))
    failed = part(
        store, "failed", lambda: deps.listing.causes(store, POS, RowState.FAILED, MOST_FAILED)
    )
    sold_twice: Sequence[Oversold] | None = ()
    if not leads(figures.connection):
        sold_twice = part(store, "oversold", lambda: oversold_lately(deps, store, now_ms))
    return Overview(
        figures=figures,
        now_ms=now_ms,
        swept_ms=told.swept_ms,
        health=health_of(figures, hours, told.swept_ms, now_ms),
        freshness=freshness_of(hours or ()),
        hours=None if hours is None else last_day(hours, now_ms),
        lags=None if hours is None else merged(*(each.lags for each in hours)),
        calls=calls,
        quota=quota_seen(calls or ()),
        failed=None if failed is None else counts_of(RowState.FAILED, failed),
        oversold=sold_twice,
    )


def leads(connection: Connection | None) -> bool:
    """Return whether the overview of a store leads through its first day. Where web orders are read it does not:
    then what was sold twice is told, and a page asks six times at most."""
    if connection is None or not has_first_day(connection):
        return False
    return connection.settings.web_orders is WebOrderMode.OFF


def cards(deps: GlanceDeps, stores: Sequence[StoreId]) -> list[Card]:
    """Return a card for each of these stores, of 33 at one request. May raise RetryLater."""
    told, now_ms = deps.store_list.figures(stores), deps.clock.now_ms()
    return [_card(store, told.stores.get(store), told.swept_ms, now_ms) for store in stores]


def _card(store: StoreId, figures: StoreFigures | None, swept_ms: int, now_ms: int) -> Card:
    if figures is None:
        return Card(store, None, Health.UNREADABLE)
    running = figures.hour if figures.hour and figures.hour.hour == now_ms // HOUR_MS else NO_HOUR
    hours = [running] if figures.hour is not None else None
    health = health_of(figures, hours, swept_ms, now_ms)
    return Card(store, figures, health, freshness_of([running]))


def quota_seen(lines: Iterable[CallLine]) -> QuotaSeen | None:
    """Return what the newest of these calls says of the quota; None when none says anything."""
    calls = [told.call for line in lines for told in line.calls]
    say = [call for call in calls if call.left >= 0 or call.status == THROTTLED]
    if not say:
        return None
    last = max(say, key=lambda call: call.at_ms)
    return QuotaSeen(last.left, last.at_ms, last.status == THROTTLED or last.left == 0)


def counts_of(state: RowState, found: Causes) -> tuple[CauseCount, ...]:
    """Return how many products of a state each cause holds back. Of the last cause there may be more than were
    read."""
    last = list(found.products)[-1:]
    return tuple(
        CauseCount(cause_of(state, code), len(ids), found.more and code in last)
        for code, ids in found.products.items()
    )


def oversold_lately(deps: GlanceDeps, store: StoreId, now_ms: int) -> Sequence[Oversold]:
    """Return what was sold twice in the last week, newest first, MOST_DEBTS at most."""
    found = deps.oversold.latest(store, MOST_DEBTS)
    return [each for each in found if each.at_ms > now_ms - WEEK_MS]


def _hours(deps: GlanceDeps, store: StoreId, running: HourLags, now_ms: int) -> Sequence[HourLags]:
    now = now_ms // HOUR_MS
    return deps.hours.of(store, now - DAY_HOURS + 1, now, running)
