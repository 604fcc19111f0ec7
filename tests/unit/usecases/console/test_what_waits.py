"""What waits for a store is counted without reading a large backlog."""

import pytest

from tests.builders import STORE, a_change
from tests.console_deps import console_deps
from tests.fakes.clock import START_MS
from tests.fakes.pending import FakePending
from tillbridge.domain.backlog import LaneBacklog
from tillbridge.domain.lanes import Lane
from tillbridge.usecases.console import what_waits as counting
from tillbridge.usecases.console.what_waits import what_waits


def marked(lane: Lane, count: int, queued_ms: int = START_MS) -> FakePending:
    pending = FakePending()
    pending.mark(a_change(f"p-{n}", lane=lane, queued_ms=queued_ms + n) for n in range(count))
    return pending


def test_rows_are_counted_by_lane_with_the_age_of_the_oldest() -> None:
    pending = marked(Lane.STOCK, 3, START_MS - 9_000)
    pending.mark([a_change("p-9", lane=Lane.CONTENT, queued_ms=START_MS)])
    waits = what_waits(console_deps(pending=pending), STORE)
    assert {lane: each.count for lane, each in waits.lanes.items()} == {
        Lane.STOCK: 3,
        Lane.CONTENT: 1,
    }
    assert (waits.count, waits.oldest_ms, waits.about) == (4, START_MS - 9_000, False)
    assert waits.calls == 4  # one of levels; a read, a batch and its levels of content
    assert waits.seconds == 1


def test_nothing_waits_in_an_idle_store() -> None:
    waits = what_waits(console_deps(), STORE)
    assert (waits.count, waits.oldest_ms, waits.calls, waits.seconds) == (0, 0, 0, 0)


def test_of_a_large_backlog_the_sweeps_figures_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_COUNTED", 5)
    deps = console_deps(pending=marked(Lane.BULK, 9))
    deps.store_list.keep_backlogs(
        {STORE: {"bulk": LaneBacklog(9_000, 5, 0), "odd": LaneBacklog(1)}}
    )
    waits = what_waits(deps, STORE)
    assert waits.lanes == {Lane.BULK: LaneBacklog(9_000, 5, 0)}
    assert waits.about
