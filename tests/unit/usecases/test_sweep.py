"""The sweep signals every store that has work and may be worked on, and no other; what fails on one
store, part of the table or call stops nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import STORE, a_change, a_connection
from tests.unit.usecases.sweep_net import DAMAGED, DOWN, GONE, OTHER, Net
from tillbridge.domain.backlog import BEGINNING, SEGMENTS, LaneBacklog, Swept
from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import Connection, Pause, Settings, StoreState, WebOrderMode
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.lanes import DRAINED, MEASURED, Lane
from tillbridge.domain.link_requests import LinkRequest, LinkRequestKind
from tillbridge.usecases.sweep import sweep


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
