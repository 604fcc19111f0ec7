"""The sweep signals every store that has work and may be worked on, and no other; what fails on one
store, part of the table or call stops nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import STORE, a_change, a_connection
from tests.fakes.canary_bus import FakeCanaryBus
from tests.fakes.clock import FakeClock
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.pending import FakePending
from tests.fakes.pending_scan import FakePendingScan
from tests.fakes.reconcile import FakeRuns
from tests.fakes.removals import FakeLeftovers, FakeRemovals
from tests.fakes.signals import FakeSignals
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tillbridge.domain.backlog import BEGINNING, SEGMENTS, LaneBacklog, Swept, Waiting
from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import Connection, Pause, Settings, StoreState, WebOrderMode
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.lanes import DRAINED, MEASURED, Lane
from tillbridge.domain.link_requests import LinkRequest, LinkRequestKind
from tillbridge.domain.order_cursor import OrdersRead
from tillbridge.domain.run import Run
from tillbridge.domain.slices import Turn
from tillbridge.usecases.delete_leftovers import LeftoverDeps
from tillbridge.usecases.sweep import SweepDeps, sweep

OTHER = StoreId("market")
DAMAGED = StoreId("damaged")
GONE = StoreId("gone")


class Net:
    """The sweep over fakes, with these stores connected."""

    def __init__(self, *stores: str) -> None:
        self.clock = FakeClock()
        self.stores = FakeStores([a_connection(store) for store in stores or (STORE,)])
        self.pending, self.requests = FakePending(), FakeLinkRequests()
        self.scan = FakePendingScan(self.pending, self.requests)
        self.runs, self.signals = FakeRuns(), FakeSignals()
        self.list = FakeStoreList(self.stores, self.runs)
        self.order_signals = FakeSignals()
        self.canaries = FakeCanaryBus()
        self.removals, self.leftovers = FakeRemovals(self.stores), FakeLeftovers(self.stores)
        self.deps = SweepDeps(
            self.scan,
            self.list,
            self.signals,
            self.order_signals,
            self.clock,
            self.canaries,
            LeftoverDeps(self.removals, self.leftovers, self.list, self.clock),
        )

    def sweeps(self) -> list[StoreId]:
        """Sweep, and return the stores that this signalled."""
        before = len(self.signals.signalled)
        sweep(self.deps)
        return sorted(self.signals.signalled[before:])

    def marks(self, store: StoreId, *products: str, lane: Lane = Lane.CONTENT) -> None:
        self.pending.mark(
            a_change(store=store, lane=lane, product=PosProductId(product)) for product in products
        )

    def backlog(self, store: StoreId = STORE) -> Mapping[str, LaneBacklog] | None:
        (entry,) = [entry for entry in self.list.entries() if entry.store == store]
        return entry.backlog


@pytest.mark.parametrize("lane", DRAINED)
def test_a_store_with_a_due_row_in_any_lane_is_signalled_once_and_no_other(lane: Lane) -> None:
    net = Net(STORE, OTHER)
    net.marks(OTHER, "p-1", "p-2", lane=lane)
    assert net.sweeps() == [OTHER]


def test_a_request_about_links_that_lost_its_signal_is_found() -> None:
    net = Net(STORE, OTHER)
    request = LinkRequest("r-1", 0, OTHER, LinkRequestKind.UNLINK, PosProductId("p-1"), None, 5)
    net.requests.put([request])
    assert net.sweeps() == [OTHER]


def test_a_row_that_waits_is_left_alone_until_its_time() -> None:
    net = Net()
    net.marks(STORE, "p-1")
    later = net.clock.now_ms() + 1
    net.pending.postpone([replace(row, not_before_ms=later) for row in net.pending.rows])
    assert net.sweeps() == []
    net.clock.advance(0.001)
    assert net.sweeps() == [STORE]


DOWN = {"failures": 3, "state": StoreState.NEEDS_ATTENTION}


@pytest.mark.parametrize("due", [True, False], ids=["rows are due", "nothing is due"])
@pytest.mark.parametrize(
    ("state", "signalled"),
    [
        ({}, None),
        (DOWN, True),
        ({"state": StoreState.NEEDS_ATTENTION}, True),
        (DOWN | {"not_before_ms": 2**50}, False),
        ({"not_before_ms": 2**50}, False),
        ({"state": StoreState.PAUSED}, False),
        (DOWN | {"state": StoreState.PAUSED}, False),
    ],
    ids=[
        "active",
        "its wait is over",
        "needs attention",
        "it waits after failures",
        "it waits",
        "paused",
        "paused while down",
    ],
)
def test_the_state_of_a_store_decides_whether_a_signal_makes_sense(
    state: dict[str, Any], signalled: bool | None, due: bool
) -> None:
    net = Net()
    net.stores.save_connection(a_connection(**state))
    if due:
        net.marks(STORE, "p-1")
    assert net.sweeps() == ([STORE] if (due if signalled is None else signalled) else [])


@pytest.mark.parametrize("state", [StoreState.ACTIVE, StoreState.PAUSED])
def test_a_store_whose_web_orders_are_read_is_signalled_though_nothing_is_due_unless_it_is_paused(
    state: StoreState,
) -> None:
    net = Net(STORE, OTHER)
    settings = Settings(web_orders=WebOrderMode.LEDGER)
    net.stores.save_connection(replace(a_connection(OTHER, settings=settings), state=state))
    assert net.sweeps() == ([OTHER] if state is StoreState.ACTIVE else [])


def test_a_store_that_nobody_can_read_is_signalled_and_keeps_no_other_waiting() -> None:
    net = Net(DAMAGED, OTHER)
    net.list.unreadable.add(DAMAGED)
    net.marks(OTHER, "p-1")
    assert net.sweeps() == [DAMAGED, OTHER]


def test_rows_of_a_store_that_was_disconnected_are_counted_and_signal_nobody() -> None:
    net = Net()
    net.marks(GONE, "p-1", "p-2")
    swept = sweep(net.deps)
    assert net.signals.signalled == []
    assert (swept.rows, swept.strays, swept.signalled) == (2, 2, 0)
    assert not any(swept.oldest_ms.values()), (
        "what nobody will ever do must raise no alarm for ever"
    )


def test_stores_whose_call_to_the_database_fails_are_signalled_when_they_have_due_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [f"s-{number:03d}" for number in range(201)]
    net = Net(*names)
    real = net.list.connections

    def busy(stores: Sequence[StoreId]) -> Mapping[StoreId, Connection | None]:
        if "s-100" in stores:
            raise RetryLater("The database is busy.")
        return real(stores)

    monkeypatch.setattr(net.list, "connections", busy)
    for name in ("s-000", "s-150", "s-200"):
        net.marks(StoreId(name), "p-1")
    assert sweep(net.deps).failed
    assert sorted(net.signals.signalled) == ["s-000", "s-150", "s-200"]


def test_a_segment_that_is_busy_leaves_the_others_and_is_read_by_the_next_sweep() -> None:
    names = [StoreId(f"s-{number}") for number in range(40)]
    net = Net(*names)
    for name in names:
        net.marks(name, "p-1")
    net.scan.busy.add(2)
    assert sweep(net.deps).failed
    first = {*net.signals.signalled}
    assert 0 < len(first) < len(names)
    net.scan.busy.clear()
    assert {*net.sweeps()} == {*names} - first
    assert [net.backlog(name) for name in names] == [{"content": LaneBacklog(1, 1_000)}] * 40


def test_every_store_gets_its_signal_though_some_cannot_be_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [StoreId(f"s-{number:02d}") for number in range(25)]
    net = Net(*names)
    for name in names:
        net.marks(name, "p-1")

    def some(stores: Sequence[StoreId]) -> Sequence[StoreId]:
        net.signals.signalled += [store for store in stores if store != "s-03"]
        return [store for store in stores if store == "s-03"]

    monkeypatch.setattr(net.signals, "signal_all", some)
    assert sweep(net.deps).failed
    assert sorted(net.signals.signalled) == [name for name in names if name != "s-03"]
    assert net.backlog(names[3]), "the figures are kept all the same"


def test_signals_go_ten_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [StoreId(f"s-{number:02d}") for number in range(25)]
    net = Net(*names)
    calls: list[int] = []
    for name in names:
        net.marks(name, *map(str, range(7)))
    net.scan.page_size = 3
    signal_all = net.signals.signal_all

    def counted(stores: Sequence[StoreId]) -> Sequence[StoreId]:
        calls.append(len(stores))
        return signal_all(stores)

    monkeypatch.setattr(net.signals, "signal_all", counted)
    sweep(net.deps)
    assert sum(calls) == 25
    assert all(size % 10 == 0 for size in calls[:-1])


def test_how_much_waits_is_kept_by_lane_and_written_only_when_it_changed() -> None:
    net = Net(STORE, OTHER)
    net.pending.mark(
        [
            a_change(product=PosProductId("p-1"), queued_ms=3_000),
            a_change(product=PosProductId("p-2"), queued_ms=2_000),
            a_change(product=PosProductId("p-1"), lane=Lane.STOCK, queued_ms=4_000),
        ]
    )
    rows = [row for row in net.pending.rows if row.product == "p-2"]
    net.pending.postpone([replace(row, attempts=6, not_before_ms=2**50) for row in rows])
    sweep(net.deps)
    assert net.backlog() == {"content": LaneBacklog(2, 2_000, 6), "stock": LaneBacklog(1, 4_000, 0)}
    assert net.list.writes == 1
    sweep(net.deps)
    assert net.list.writes == 1, "nothing changed"
    net.pending.clear(net.pending.rows)
    sweep(net.deps)
    assert (net.backlog(), net.list.writes) == ({}, 2)


def test_a_paused_store_has_its_figures_too() -> None:
    net = Net()
    net.stores.save_connection(a_connection(state=StoreState.PAUSED))
    net.marks(STORE, "p-1")
    swept = sweep(net.deps)
    assert net.backlog() == {"content": LaneBacklog(1, 1_000, 0)}
    assert not any(swept.oldest_ms.values()), "it waits because a person wants it to"


def test_a_sweep_whose_time_is_over_goes_on_from_there_and_misses_and_doubles_nothing() -> None:
    names = [StoreId(f"s-{number}") for number in range(30)]
    net = Net(*names)
    for name in names:
        net.marks(name, *(f"p-{number}" for number in range(10)))
    net.scan.page_size = 7
    net.scan.on_pages = lambda: net.clock.advance(61)  # three pages of a segment in 180 s
    swept: list[Swept] = []
    while not swept or not swept[-1].whole:
        swept.append(sweep(net.deps))
        assert len(swept) < 20
    assert len(swept) > 1
    assert sum(each.rows for each in swept) == 300, "no row was read twice"
    assert {*net.signals.signalled} == {*names}
    assert [net.backlog(name) for name in names] == [{"content": LaneBacklog(10, 1_000)}] * 30
    net.clock.advance(300)
    net.scan.on_pages = lambda: None
    assert {*net.sweeps()} == {*names}, "the next one begins anew"
    assert [net.backlog(name) for name in names] == [{"content": LaneBacklog(10, 1_000)}] * 30


def test_an_idle_deployment_reads_each_segment_once_and_writes_nothing() -> None:
    net = Net(*(f"s-{number}" for number in range(300)))
    asked: list[int] = []
    net.scan.on_pages = lambda: asked.append(1)
    assert sweep(net.deps) == Swept(stores=300, whole=True, oldest_ms=dict.fromkeys(MEASURED, 0))
    assert (len(asked), net.list.writes, net.signals.signalled) == (1, 0, [])
    assert len(net.scan.pages(BEGINNING)) == SEGMENTS


def test_the_stores_that_need_attention_are_counted() -> None:
    net = Net(STORE, OTHER)
    net.stores.save_connection(a_connection(OTHER, **DOWN))
    assert sweep(net.deps).needing_attention == 1


# --- orders that the POS is to be told of ----------------------------------------------------------------


def test_a_store_whose_pos_is_to_be_told_is_signalled_where_that_is_done() -> None:
    net = Net(STORE, OTHER)
    net.marks(OTHER, "1041", "1042", lane=Lane.BOOK)
    assert net.sweeps() == []
    assert net.order_signals.signalled == [OTHER]


def test_a_store_that_bigcommerce_refuses_still_tells_its_pos() -> None:
    net = Net()
    there = net.stores.find(STORE)
    assert there is not None
    net.stores.set_state(replace(there, failures=9, not_before_ms=2**60))
    net.marks(STORE, "1041", lane=Lane.BOOK)
    net.sweeps()
    assert net.order_signals.signalled == [STORE]


def test_a_paused_store_tells_nobody() -> None:
    net = Net()
    there = net.stores.find(STORE)
    assert there is not None
    net.stores.pause(there.store, Pause("Mia"))
    net.marks(STORE, "1041", lane=Lane.BOOK)
    net.sweeps()
    assert net.order_signals.signalled == []


def test_an_order_that_waits_for_people_is_no_old_work() -> None:
    net = Net()
    net.marks(STORE, "1041", lane=Lane.BOOK)
    assert not any(sweep(net.deps).oldest_ms.values())
    net.marks(STORE, "p-1")
    assert sweep(net.deps).oldest_ms == dict.fromkeys(MEASURED, 0) | {Lane.CONTENT: 1_000}


def test_a_store_that_cannot_be_told_of_its_orders_is_swept_again() -> None:
    net = Net()
    net.marks(STORE, "1041", lane=Lane.BOOK)
    net.order_signals.signal_all = lambda stores: stores  # type: ignore[method-assign]  # a queue that is throttled
    assert sweep(net.deps).failed


def a_canary(net: Net, minutes: float) -> Canary:
    """Return a canary whose last round was so long ago."""
    return Canary(StoreProductId(7), good_ms=net.clock.now_ms() - round(minutes * 60_000))


@pytest.mark.parametrize(
    ("minutes", "due", "late"), [(13, 0, 0), (14, 1, 0), (29, 1, 0), (30, 1, 1)]
)
def test_a_round_is_asked_for_after_a_quarter_of_an_hour_and_late_after_half_an_hour(
    minutes: float, due: int, late: int
) -> None:
    net = Net()
    net.stores.set_canary(STORE, a_canary(net, minutes))
    swept = sweep(net.deps)
    assert (len(net.canaries.put), swept.canaries_late) == (due, late)


def test_a_paused_store_has_no_rounds_and_is_not_late() -> None:
    net = Net()
    net.stores.save_connection(
        a_connection(state=StoreState.PAUSED, canary=a_canary(net, minutes=600))
    )
    swept = sweep(net.deps)
    assert (net.canaries.put, swept.canaries_late) == ([], 0)


def test_a_canary_of_a_store_that_needs_attention_rings_no_second_alarm() -> None:
    net = Net()
    net.stores.save_connection(
        a_connection(state=StoreState.NEEDS_ATTENTION, canary=a_canary(net, minutes=600))
    )
    assert sweep(net.deps).canaries_late == 0


def test_a_bus_that_takes_no_event_spoils_no_sweep() -> None:
    net = Net(STORE, OTHER)
    for store in (STORE, OTHER):
        net.stores.set_canary(store, a_canary(net, minutes=20))
    net.canaries.misses = {STORE}
    sweep(net.deps)
    assert net.canaries.put == [OTHER]
    net.canaries.busy = True
    assert sweep(net.deps).failed == 0


# --- what alarms watch -----------------------------------------------------------------------------------


HOUR_MS = 3_600_000
ORDERS = Settings(web_orders=WebOrderMode.LEDGER)


@pytest.mark.parametrize("lane", MEASURED)
def test_the_oldest_row_of_each_lane_is_measured_by_itself(lane: Lane) -> None:
    net = Net(STORE, OTHER)
    net.pending.mark([a_change(store=OTHER, lane=lane, queued_ms=700)])
    net.pending.mark([a_change(store=STORE, lane=lane, queued_ms=900)])
    swept = sweep(net.deps)
    assert swept.oldest_ms == dict.fromkeys(MEASURED, 0) | {lane: 700}
    assert swept.whose == {lane: OTHER}, "the log says which of many stores"


def test_a_store_that_nobody_mends_hides_no_other_and_rings_one_alarm_only() -> None:
    net = Net(STORE, OTHER)
    net.stores.save_connection(a_connection(OTHER, **DOWN, settings=ORDERS))
    net.pending.mark([a_change(store=OTHER, lane=Lane.STOCK, queued_ms=100)])
    net.pending.mark([a_change(store=STORE, lane=Lane.STOCK, queued_ms=900)])
    swept = sweep(net.deps)
    assert swept.oldest_ms[Lane.STOCK] == 900
    assert (swept.needing_attention, swept.orders_read_ms, swept.compared_ms) == (1, None, None)


def test_a_row_that_does_not_say_since_when_it_waits_hides_none_that_does() -> None:
    rows = [Waiting(STORE, Lane.STOCK, queued_ms=at) for at in (0, 700, 0, 900)]
    lane = LaneBacklog()
    for row in rows:
        lane = lane.with_row(row)
    assert (lane.count, lane.oldest_ms) == (4, 700)


@pytest.mark.parametrize(
    ("hours", "long"), [(0, 0), (24, 0), (25, 1), (24 * 30, 1)], ids=lambda each: f"{each}"
)
def test_a_store_that_is_paused_for_more_than_a_day_is_counted(hours: int, long: int) -> None:
    net = Net(STORE, OTHER)
    net.clock.now = 2**41
    net.stores.pause(OTHER, Pause("Mia", "", net.clock.now_ms() - hours * HOUR_MS))
    assert sweep(net.deps).paused_long == long
    net.stores.resume(OTHER)
    assert sweep(net.deps).paused_long == 0


def test_a_pause_of_which_nobody_noted_when_it_began_is_a_long_one() -> None:
    net = Net()
    net.clock.now = 2**41
    net.stores.save_connection(a_connection(state=StoreState.PAUSED))
    assert sweep(net.deps).paused_long == 1


def orders_were_read(net: Net, store: StoreId, at_ms: int) -> None:
    net.stores.begin_slice(store, "one", at_ms, at_ms + 1)
    net.stores.end_slice(store, "one", Turn(orders=OrdersRead(cursor_ms=1, read_ms=at_ms)))


def test_the_store_whose_web_orders_were_read_the_longest_ago_is_measured() -> None:
    net = Net(*("abc"))
    assert sweep(net.deps).orders_read_ms is None, "no store reads any"
    for store, at_ms in (("a", 900), ("b", 700), ("c", 800)):
        net.stores.save_connection(a_connection(store, settings=ORDERS))
        orders_were_read(net, StoreId(store), at_ms)
    swept = sweep(net.deps)
    assert (swept.orders_read_ms, swept.whose) == (700, {"orders": "b"})
    net.stores.pause(StoreId("b"), Pause("Mia"))
    assert sweep(net.deps).orders_read_ms == 800


def test_orders_that_were_never_read_wait_since_they_count() -> None:
    net = Net()
    net.stores.save_connection(a_connection(settings=ORDERS, web_orders_since_ms=600))
    assert sweep(net.deps).orders_read_ms == 600


def test_a_table_that_does_not_say_when_orders_were_read_spoils_no_other_figure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    net = Net()
    net.marks(STORE, "p-1")

    def busy(_: Sequence[StoreId]) -> Mapping[StoreId, int]:
        raise RetryLater("The database is busy.")

    monkeypatch.setattr(net.list, "orders_read", busy)
    swept = sweep(net.deps)
    assert (swept.failed, swept.oldest_ms[Lane.CONTENT], swept.signalled) == (1, 1_000, 1)


def compared(net: Net, store: str, at_ms: int) -> None:
    net.runs.note_ended(StoreId(store), Run("r", at_ms, ended_ms=at_ms))


def test_the_store_that_was_compared_the_longest_ago_is_measured() -> None:
    net = Net("a", "b", "c", "never")
    assert sweep(net.deps).compared_ms is None
    for store, at_ms in (("a", 900), ("b", 700), ("c", 800)):
        compared(net, store, at_ms)
    swept = sweep(net.deps)
    assert (swept.compared_ms, swept.whose) == (700, {"compared": "b"})
    net.stores.pause(StoreId("b"), Pause("Mia"))
    net.stores.save_connection(a_connection("c", **DOWN))
    assert sweep(net.deps).compared_ms == 900


def test_a_store_that_nobody_can_read_counts_as_one_that_is_to_be_compared() -> None:
    net = Net("a", "b")
    compared(net, "a", 5)
    compared(net, "b", 9)
    net.list.unreadable.add(StoreId("a"))
    assert sweep(net.deps).compared_ms == 5


def test_a_store_is_compared_since_its_first_run_began_until_one_ends() -> None:
    net = Net()
    net.runs.note_begun(STORE, 300)
    assert sweep(net.deps).compared_ms == 300


def test_rows_of_a_removed_store_are_no_strays_and_signal_nobody() -> None:
    net = Net(STORE, OTHER)
    net.marks(OTHER, "p-1")
    net.marks(GONE, "p-1")
    net.removals.remove(OTHER, "mina", net.clock.now_ms())
    swept = sweep(net.deps)
    assert (swept.strays, swept.rows, net.signals.signalled) == (1, 2, [])
    assert net.leftovers.deleted == []


def test_after_thirty_days_the_sweep_deletes_what_is_left() -> None:
    net = Net(STORE, OTHER)
    net.removals.remove(OTHER, "mina", net.clock.now_ms())
    net.clock.advance(30 * 24 * 3_600)
    net.sweeps()
    assert net.leftovers.deleted == [(OTHER, None)]
    assert net.removals.removed() == []


def test_a_list_of_removed_stores_that_cannot_be_read_stops_no_sweep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    net = Net()
    net.marks(STORE, "p-1")

    def busy() -> None:
        raise RetryLater("busy")

    monkeypatch.setattr(net.removals, "removed", busy)
    assert net.sweeps() == [STORE]
