"""The overview says how a store is, and says what it cannot read."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.builders import STORE, a_connection
from tests.console_deps import console_deps
from tests.fakes.clock import FakeClock
from tests.fakes.history import FakeCallLines, FakeLagHours, FakeOversold
from tests.fakes.reconcile import FakeRuns
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tillbridge.domain.backlog import LaneBacklog
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.errors import RetryLater, UnknownStore
from tillbridge.domain.health import Health
from tillbridge.domain.history.call_line import CallLine, ToldCall
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lag_histogram import HOUR_MS, HourLags, LagPath, histogram_of
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.run import Run
from tillbridge.domain.slices import Turn
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.overview import WEEK_MS, QuotaSeen, cards, overview, quota_seen

OTHER = StoreId("other")


@dataclass
class Told:
    """A console of two stores, and what writes what it tells."""

    deps: ConsoleDeps
    clock: FakeClock
    runs: FakeRuns
    list: FakeStoreList
    hours: FakeLagHours
    calls: FakeCallLines
    oversold: FakeOversold
    stores: FakeStores

    @property
    def hour(self) -> int:
        return self.clock.now_ms() // HOUR_MS

    def runs_hour(self, *lags_ms: int) -> None:
        """Leave a running hour with changes of stock."""
        now = self.clock.now_ms()
        self.stores.begin_slice(STORE, "one", now, now + 60_000)
        lags = {LagPath.STOCK: histogram_of(lags_ms)}
        self.stores.end_slice(STORE, "one", Turn(hour=HourLags(self.hour, lags)))


@pytest.fixture
def told() -> Told:
    clock, runs = FakeClock(), FakeRuns()
    stores = FakeStores([a_connection(), a_connection(OTHER)])
    deps = console_deps(
        stores=stores, clock=clock, runs=runs, store_list=FakeStoreList(stores, runs)
    )
    listed, parts = deps.store_list, (deps.hours, deps.calls, deps.oversold)
    return Told(deps, clock, runs, listed, *parts, stores)  # type: ignore[arg-type]  # fakes


def a_call(at_ms: int, left: int = -1, status: int = 200) -> CallLine:
    call = CallMade("PUT /catalog/products", at_ms, status=status, left=left)
    return CallLine(at_ms, "t", at_ms, at_ms, (ToldCall(call),))


def a_debt(at_ms: int) -> Oversold:
    return Oversold(at_ms, Holder(PosProductId("p-1")), 1, at_ms, "Lamp")


def test_a_store_that_was_only_connected_is_told_as_new(told: Told) -> None:
    seen = overview(told.deps, STORE)
    assert seen.health is Health.NEW
    assert (seen.freshness, seen.quota, seen.swept_ms) == (None, None, 0)
    assert (seen.failed, seen.oversold, seen.calls) == ((), [], [])
    assert seen.hours is not None
    assert len(seen.hours) == 24
    assert seen.figures.connection is not None


def test_a_store_that_is_not_connected_is_not_there(told: Told) -> None:
    with pytest.raises(UnknownStore):
        overview(told.deps, StoreId("gone"))


def test_the_running_hour_and_those_before_are_told_together(told: Told) -> None:
    told.hours.put(STORE, HourLags(told.hour - 5, {LagPath.CONTENT: histogram_of([2_000] * 3)}))
    told.hours.put(STORE, HourLags(told.hour - 24, {LagPath.CONTENT: histogram_of([9_000_000])}))
    told.runs_hour(900, 26_000)

    seen = overview(told.deps, STORE)

    assert seen.health is Health.HEALTHY
    assert seen.freshness is not None
    assert (seen.freshness.count, seen.freshness.slowest_ms) == (5, 26_000)
    assert seen.hours is not None
    assert [hour.count for hour in seen.hours if hour.count] == [3, 2]
    assert seen.lags is not None
    assert set(seen.lags) == {LagPath.STOCK, LagPath.CONTENT}


def test_what_waits_is_as_of_the_sweep_and_the_comparisons_are_the_last_ones(told: Told) -> None:
    told.list.keep_backlogs({STORE: {"stock": LaneBacklog(3, 5, 0)}})
    told.list.keep_swept(77)
    full = Run("full", 1, full=True, ended_ms=50)
    told.runs.note_ended(STORE, full)
    told.runs.note_ended(STORE, Run("hourly", 60, ended_ms=70))

    seen = overview(told.deps, STORE)

    entry = seen.figures.entry
    assert entry is not None
    assert entry.backlog == {"stock": LaneBacklog(3, 5, 0)}
    assert seen.swept_ms == 77
    assert entry.last_full is not None
    assert entry.last_run is not None
    assert (entry.last_full.id, entry.last_run.id) == ("full", "hourly")


def test_failed_products_are_counted_by_cause(told: Told) -> None:
    failed = [ViewRow("pos", f"p-{n}", "Lamp", state=RowState.FAILED) for n in range(3)]
    told.deps.views.put(STORE, [replace(row, code="name_taken") for row in failed])
    seen = overview(told.deps, STORE)
    assert seen.failed is not None
    ((cause, count, more),) = [(each.cause.code, each.count, each.more) for each in seen.failed]
    assert (cause, count, more) == ("name_taken", 3, False)


def test_only_the_last_weeks_debts_are_told(told: Told) -> None:
    now = told.clock.now_ms()
    told.oversold.note(STORE, [a_debt(now - WEEK_MS - 1), a_debt(now - WEEK_MS + 1)])
    seen = overview(told.deps, STORE)
    assert seen.oversold is not None
    assert [debt.at_ms for debt in seen.oversold] == [now - WEEK_MS + 1]


@pytest.mark.parametrize(
    ("lines", "seen"),
    [
        ([], None),
        ([a_call(5)], None),
        ([a_call(5, 90), a_call(9, 80), a_call(12)], QuotaSeen(80, 9)),
        ([a_call(9, 80), a_call(5, 90)], QuotaSeen(80, 9)),
        ([a_call(9, 0)], QuotaSeen(0, 9, spent=True)),
        ([a_call(5, 90), a_call(9, status=429)], QuotaSeen(-1, 9, spent=True)),
        ([a_call(5, status=429), a_call(9, 400)], QuotaSeen(400, 9)),
    ],
)
def test_the_quota_is_what_the_newest_call_says(
    lines: list[CallLine], seen: QuotaSeen | None
) -> None:
    assert quota_seen(lines) == seen


PARTS = {"hours": "of", "calls": "newest", "listing": "causes", "oversold": "latest"}


@pytest.mark.parametrize("port", PARTS)
def test_a_part_that_cannot_be_read_hides_no_other(
    told: Told, port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RetryLater("The database is busy.")

    monkeypatch.setattr(type(getattr(told.deps, port)), PARTS[port], fails)
    told.runs_hour(900)

    seen = overview(told.deps, STORE)

    parts = {
        "hours": seen.hours,
        "calls": seen.calls,
        "listing": seen.failed,
        "oversold": seen.oversold,
    }
    assert [name for name, part in parts.items() if part is None] == [port]
    assert seen.health is (Health.UNKNOWN if port == "hours" else Health.HEALTHY)


def test_cards_tell_of_each_store_and_the_unreadable_hides_no_other(told: Told) -> None:
    told.runs_hour(900)
    told.list.unreadable.add(OTHER)
    gone = StoreId("gone")
    found = {card.store: card for card in cards(told.deps, [STORE, OTHER, gone])}
    assert found[STORE].health is Health.HEALTHY
    assert found[STORE].freshness is not None
    assert found[OTHER].health is Health.UNREADABLE
    assert found[gone].figures is None


def test_a_card_tells_of_no_hour_that_is_over(told: Told) -> None:
    told.runs_hour(900)
    told.clock.now += 2 * HOUR_MS
    told.runs.note_ended(STORE, Run("r", 1, ended_ms=1))
    (card,) = cards(told.deps, [STORE])
    assert (card.health, card.freshness) == (Health.QUIET, None)


def test_a_failure_that_is_told_leaves_the_overview_standing(told: Told) -> None:
    there = replace(a_connection(), failures=2, not_before_ms=told.clock.now_ms() + 60_000)
    told.stores.save_connection(there)
    assert overview(told.deps, STORE).health is Health.HELD
