"""How a store is follows from its state, from what waits and from how long its changes took."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_connection
from tillbridge.domain.backlog import LaneBacklog, StoreEntry, StoreFigures
from tillbridge.domain.connection import StoreState
from tillbridge.domain.health import (
    BEHIND_MS,
    DAY_HOURS,
    Health,
    freshness_of,
    health_of,
    last_day,
    oldest_ms,
)
from tillbridge.domain.lag_histogram import HOUR_MS, HourLags, LagPath, histogram_of

NOW_MS = 500_000 * HOUR_MS + 7
HOUR = NOW_MS // HOUR_MS
SALES = HourLags(HOUR, {LagPath.STOCK: histogram_of([900] * 19 + [61_000])})
FIGURES = StoreFigures(STORE, a_connection(), StoreEntry(STORE, compared_ms=1))


def of(figures: StoreFigures = FIGURES, hours: list[HourLags] | None = None) -> Health:
    return health_of(figures, [] if hours is None else hours, NOW_MS, NOW_MS)


def connected(**more: object) -> StoreFigures:
    return replace(FIGURES, connection=replace(a_connection(), **more))  # type: ignore[arg-type]  # those of Connection


def waiting(lane: str, ms: int) -> StoreFigures:
    backlog = {lane: LaneBacklog(2, NOW_MS - ms, 1)}
    return replace(FIGURES, entry=StoreEntry(STORE, backlog, compared_ms=1))


def test_a_store_whose_changes_arrive_is_healthy() -> None:
    assert of(hours=[SALES]) is Health.HEALTHY


def test_one_that_was_connected_today_is_new_and_not_well() -> None:
    assert of(replace(FIGURES, entry=StoreEntry(STORE))) is Health.NEW
    assert of(replace(FIGURES, entry=None)) is Health.NEW
    assert of(replace(FIGURES, entry=StoreEntry(STORE)), [SALES]) is Health.HEALTHY


def test_one_in_which_nothing_changed_is_quiet() -> None:
    assert of() is Health.QUIET
    orders = HourLags(HOUR, {LagPath.ORDER_FOUND: histogram_of([9])})
    assert of(hours=[orders]) is Health.QUIET


def test_without_its_hours_nobody_knows() -> None:
    assert health_of(FIGURES, None, NOW_MS, NOW_MS) is Health.UNKNOWN


@pytest.mark.parametrize(
    ("figures", "health"),
    [
        (replace(FIGURES, connection=None), Health.UNREADABLE),
        (connected(state=StoreState.NEEDS_ATTENTION), Health.NEEDS_ATTENTION),
        (connected(state=StoreState.PAUSED), Health.PAUSED),
        (connected(failures=3, not_before_ms=NOW_MS + 1), Health.HELD),
        (connected(failures=3, not_before_ms=NOW_MS), Health.HEALTHY),
        (connected(not_before_ms=NOW_MS + 1), Health.HEALTHY),
        (waiting("stock", BEHIND_MS + 1), Health.BEHIND),
        (waiting("stock", BEHIND_MS), Health.HEALTHY),
        (waiting("bulk", 99 * BEHIND_MS), Health.HEALTHY),
        (waiting("pictures", 99 * BEHIND_MS), Health.HEALTHY),
        (replace(FIGURES, entry=StoreEntry(STORE, None, compared_ms=1)), Health.HEALTHY),
    ],
)
def test_trouble_goes_before_how_fresh_it_is(figures: StoreFigures, health: Health) -> None:
    assert of(figures, [SALES]) is health


def test_how_long_a_change_waited_is_seen_by_the_sweep_and_not_by_a_later_look() -> None:
    figures = waiting("stock", BEHIND_MS - 1)
    assert health_of(figures, [SALES], NOW_MS, NOW_MS + 99 * BEHIND_MS) is Health.HEALTHY


def test_all_that_goes_to_the_web_counts_and_the_slowest_is_told_with_its_hour() -> None:
    early = HourLags(
        HOUR - 3,
        {
            LagPath.CONTENT: histogram_of([400]),
            LagPath.ASKED: histogram_of([90_000]),
            LagPath.ORDER_BOOKED: histogram_of([9_000_000]),
        },
    )
    found = freshness_of([early, SALES])
    assert found is not None
    assert (found.count, found.slowest_ms, found.slowest_hour) == (22, 90_000, HOUR - 3)
    assert found.half_ms < 1_200
    assert found.half_ms <= found.most_ms <= found.slowest_ms
    assert freshness_of([]) is None


def test_a_day_has_every_hour_of_the_clock_and_the_running_one_last() -> None:
    day = last_day([SALES, HourLags(HOUR - DAY_HOURS, SALES.lags)], NOW_MS)
    assert [each.hour for each in day] == list(range(HOUR - 23, HOUR + 1))
    assert [each.count for each in day] == [0] * 23 + [20]
    assert day[0].most_ms == 0
    assert day[-1].slowest_ms == 61_000


def test_the_oldest_is_that_of_the_lanes_in_which_nothing_should_wait() -> None:
    waits = {
        "stock": LaneBacklog(1, 50),
        "content": LaneBacklog(1, 40),
        "bulk": LaneBacklog(9, 3),
        "links": LaneBacklog(),
    }
    assert oldest_ms(waits) == 40
    assert oldest_ms({}) == 0


def test_every_health_has_words() -> None:
    assert all(each.words for each in Health)
