"""What alarms watch: the sweep measures what waits and for how long, and a store that nobody mends hides no other."""

from collections.abc import Mapping, Sequence

import pytest

from tests.builders import STORE, a_change, a_connection
from tests.unit.usecases.sweep_net import DOWN, OTHER, Net
from tillbridge.domain.backlog import LaneBacklog, Waiting
from tillbridge.domain.connection import Pause, Settings, StoreState, WebOrderMode
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import MEASURED, Lane
from tillbridge.domain.order_cursor import OrdersRead
from tillbridge.domain.run import Run
from tillbridge.domain.slices import Turn
from tillbridge.usecases.sweep import sweep

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
