"""What the ports of the sweep promise, kept by the fakes and by DynamoDB."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import LANTERN, STORE, a_change, a_connection
from tests.fakes.clock import FakeClock
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.pending import FakePending
from tests.fakes.pending_scan import FakePendingScan
from tests.fakes.reconcile import FakeRuns
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb import keys, pending_scan
from tillbridge.adapters.dynamodb.attributes import new_item
from tillbridge.adapters.dynamodb.link_requests import DynamoLinkRequests
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.pending_scan import DynamoPendingScan
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.backlog import (
    BEGINNING,
    Figures,
    LaneBacklog,
    ScanPlace,
    StoreEntry,
    StoreFigures,
    Waiting,
)
from tillbridge.domain.connection import Connection
from tillbridge.domain.ended_run import EndedRun
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lag_histogram import HourLags, LagPath, histogram_of
from tillbridge.domain.lanes import PRODUCT_LANES, Lane
from tillbridge.domain.link_requests import LinkRequest, LinkRequestKind
from tillbridge.domain.order_cursor import OrdersRead
from tillbridge.domain.pending import arrival
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.run import Result, Run, Stage, ended_run
from tillbridge.domain.slices import Turn
from tillbridge.ports.pending_scan import PendingScan
from tillbridge.ports.store_list import StoreList

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

OTHER = StoreId("other")
NOW = 1_795_262_400_000


@dataclass
class Tables:
    """The ports of the sweep, and those that write what it reads."""

    pending: Any
    requests: Any
    scan: PendingScan
    stores: Any
    list: StoreList
    runs: Any
    small_pages: Callable[[], None]


@pytest.fixture(params=["fake", "dynamodb"])
def tables(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Tables:
    if request.param == "fake":
        rows, asked, stores, runs = FakePending(), FakeLinkRequests(), FakeStores(), FakeRuns()
        scan = FakePendingScan(rows, asked)
        stores.compared = runs.compared

        def small() -> None:
            scan.page_size = 3

        return Tables(rows, asked, scan, stores, FakeStoreList(stores, runs), runs, small)
    make, client = request.getfixturevalue("make_table"), request.getfixturevalue("dynamodb")
    pending, of_stores = make("PendingTable"), make("StoresTable")
    return Tables(
        DynamoPending(client, pending),
        DynamoLinkRequests(client, pending, of_stores, of_stores, FakeClock()),
        DynamoPendingScan(client, pending),
        DynamoStores(client, of_stores),
        DynamoStoreList(client, of_stores),
        DynamoRuns(client, of_stores),
        lambda: monkeypatch.setattr(pending_scan, "MOST_ROWS", 3),
    )


def a_run(ended_ms: int) -> Run:
    return Run(
        f"run-{ended_ms}", ended_ms, ended_ms=ended_ms, stage=Stage.ENDED, result=Result.CLEAN
    )


def everything(scan: PendingScan) -> list[Waiting]:
    """Read the table to its end, page by page."""
    found: list[Waiting] = []
    place: ScanPlace = BEGINNING
    while place:
        pages = scan.pages(place)
        assert {page.segment for page in pages} == set(place)
        found += [row for page in pages for row in page.rows]
        place = {page.segment: page.after for page in pages if page.after}
    return found


def test_a_row_of_each_lane_and_store_is_read_once_with_what_the_sweep_needs(
    tables: Tables,
) -> None:
    changes = [
        a_change(store=store, lane=lane, queued_ms=5_000)
        for store in (STORE, OTHER)
        for lane in PRODUCT_LANES
    ]
    tables.pending.mark(changes)
    (late,) = tables.pending.of(STORE, Lane.STOCK, [LANTERN])
    tables.pending.postpone([replace(late, attempts=4, not_before_ms=NOW)])
    request = LinkRequest("r-1", 0, OTHER, LinkRequestKind.LINK, LANTERN, None, arrival(NOW))
    tables.requests.put([request])

    found = everything(tables.scan)

    waiting = {(row.store, row.lane): row for row in found}
    assert len(found) == len(waiting) == 2 * len(PRODUCT_LANES) + 1
    assert waiting[STORE, "content"] == Waiting(STORE, "content", 0, 5_000, 0)
    assert waiting[STORE, "bulk"] == Waiting(STORE, "bulk", 0, 5_000, 0)
    assert waiting[STORE, "stock"] == Waiting(STORE, "stock", NOW, 5_000, 4)
    assert waiting[OTHER, "links"] == Waiting(OTHER, "links", 0, NOW, 0)


def test_pages_go_on_where_the_last_ended(tables: Tables) -> None:
    tables.small_pages()
    names = [(store, f"p-{number}") for store in ("a", "b", "c", "d", "e") for number in range(8)]
    tables.pending.mark(a_change(store=StoreId(s), product=PosProductId(p)) for s, p in names)
    assert len(everything(tables.scan)) == 40


def test_the_list_has_every_store_by_name_with_what_was_kept_of_it(tables: Tables) -> None:
    for store in (STORE, OTHER):
        tables.stores.save_connection(a_connection(store))
    backlog = {"content": LaneBacklog(3, NOW, 2), "links": LaneBacklog(1, 5, 0)}
    tables.list.keep_counting({STORE: {"stock": LaneBacklog(9)}, OTHER: {"stock": LaneBacklog(1)}})
    tables.list.keep_backlogs({STORE: backlog})
    tables.runs.note_begun(STORE, NOW)
    tables.runs.note_begun(STORE, NOW + 1)
    assert list(tables.list.entries()) == sorted(
        [
            StoreEntry(STORE, backlog, {}, NOW),
            StoreEntry(OTHER, {}, {"stock": LaneBacklog(1)}),
        ],
        key=lambda entry: entry.store,
    )
    tables.runs.note_ended(STORE, a_run(NOW + 2))
    assert {entry.store: entry.compared_ms for entry in tables.list.entries()} == {
        STORE: NOW + 2,
        OTHER: None,
    }


def test_the_list_tells_of_the_last_run_and_of_the_last_full_one(tables: Tables) -> None:
    tables.stores.save_connection(a_connection())
    full = replace(a_run(NOW), full=True, compared=40, repaired=2, result=Result.WAITING)
    full.found.update({"field": 3, "only_in_pos": 9})
    tables.runs.note_ended(STORE, full)
    tables.runs.note_ended(STORE, a_run(NOW + 5))
    (entry,) = tables.list.entries()
    assert entry.last_run == EndedRun(f"run-{NOW + 5}", NOW + 5)
    told = EndedRun(f"run-{NOW}", NOW, True, True, compared=40, drift=3, repaired=2)
    assert entry.last_full == told


def test_figures_tell_of_stores_what_their_rows_say(tables: Tables) -> None:
    for store in (STORE, OTHER):
        tables.stores.save_connection(a_connection(store))
    backlog = {"stock": LaneBacklog(3, NOW, 2)}
    tables.list.keep_backlogs({STORE: backlog})
    tables.list.keep_swept(NOW + 9)
    tables.runs.note_ended(STORE, a_run(NOW))
    hour = HourLags(NOW // 3_600_000, {LagPath.STOCK: histogram_of([900])})
    tables.stores.begin_slice(STORE, "one", NOW, NOW + 60_000)
    tables.stores.end_slice(STORE, "one", Turn(hour=hour))

    found = tables.list.figures([STORE, StoreId("gone")])

    entry = StoreEntry(STORE, backlog, {}, NOW, ended_run(a_run(NOW)))
    whole = StoreFigures(STORE, _without_account(a_connection()), entry, hour)
    assert found == Figures(NOW + 9, {STORE: whole})
    assert tables.list.figures([OTHER]).stores[OTHER].entry == StoreEntry(OTHER)


def test_the_list_tells_when_web_orders_were_last_read_to_the_end(tables: Tables) -> None:
    for store in (STORE, OTHER):
        tables.stores.save_connection(a_connection(store))
    assert tables.list.orders_read([STORE, OTHER]) == {}
    tables.stores.begin_slice(STORE, "one", NOW, NOW + 60_000)
    read = OrdersRead(cursor_ms=5, read_ms=NOW + 7)
    tables.stores.end_slice(STORE, "one", Turn(orders=read))
    assert tables.list.orders_read([STORE, OTHER]) == {STORE: NOW + 7}
    tables.stores.begin_slice(STORE, "two", NOW + 90_000, NOW + 150_000)
    assert tables.list.orders_read([STORE]) == {STORE: NOW + 7}, "also while a slice is under way"
    assert tables.list.orders_read([]) == {}


def test_before_any_sweep_the_figures_say_that_none_ran(tables: Tables) -> None:
    tables.stores.save_connection(a_connection())
    assert tables.list.figures([STORE]).swept_ms == 0
    assert tables.list.figures([]) == Figures(0, {})


def test_what_cannot_be_read_of_a_store_hides_nothing_else(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("StoresTable")
    stores, listed = DynamoStores(dynamodb, table), DynamoStoreList(dynamodb, table)
    for store in (STORE, OTHER):
        stores.save_connection(a_connection(store))
    odd: dict[str, dict[str, Any]] = {
        "connection": {"state": "odd"},
        "writer": {"hour": 5, "lags": b"\xff"},
    }
    for sk, values in odd.items():
        dynamodb.put_item(TableName=table, Item=new_item(keys.key(STORE, sk), values))
    entry = {"backlog": "odd", "last_run": {"id": "r"}, "last_full": 5, "compared_ms": NOW}
    dynamodb.put_item(TableName=table, Item=new_item(keys.key(keys.CONNECTED, STORE), entry))
    found = listed.figures([STORE, OTHER]).stores
    assert found[STORE] == StoreFigures(STORE, None, StoreEntry(STORE, None, {}, NOW), None)
    assert found[OTHER].connection is not None


def test_when_a_store_was_compared_is_read_with_its_connection(tables: Tables) -> None:
    assert tables.stores.with_compared(STORE) == (None, 0)
    tables.stores.save_connection(a_connection())
    assert tables.stores.with_compared(STORE) == (a_connection(), 0)
    tables.runs.note_ended(STORE, a_run(NOW))
    assert tables.stores.with_compared(STORE) == (a_connection(), NOW)


def test_connecting_a_store_again_keeps_what_the_list_says_of_it(tables: Tables) -> None:
    tables.stores.save_connection(a_connection())
    tables.list.keep_backlogs({STORE: {"stock": LaneBacklog(2, 1, 0)}})
    tables.runs.note_ended(STORE, a_run(NOW))
    tables.stores.save_connection(a_connection(location_id=7))
    assert list(tables.list.entries()) == [
        StoreEntry(STORE, {"stock": LaneBacklog(2, 1, 0)}, {}, NOW, ended_run(a_run(NOW)))
    ]


def test_a_note_about_a_store_that_was_disconnected_does_not_bring_it_back(tables: Tables) -> None:
    tables.list.keep_backlogs({STORE: {"stock": LaneBacklog(2)}})
    tables.list.keep_counting({STORE: {"stock": LaneBacklog(2)}})
    tables.runs.note_begun(STORE, NOW)
    tables.runs.note_ended(STORE, a_run(NOW))
    assert list(tables.list.entries()) == []
    assert list(tables.stores.all()) == []


def _without_account(connection: Connection) -> Connection:
    key = connection.pos_account.key
    return replace(connection, pos_account=PosAccount(key, address="", source=""))


def test_many_connections_are_read_at_once_and_those_that_are_gone_are_left_out(
    tables: Tables,
) -> None:
    paused = a_connection("s-007", not_before_ms=7)
    for number in range(120):
        tables.stores.save_connection(a_connection(f"s-{number:03d}"))
    tables.stores.save_connection(paused)
    asked = [StoreId(f"s-{number:03d}") for number in range(121)]
    found = tables.list.connections(asked)
    assert set(found) == set(asked[:120])
    assert found[paused.store] == _without_account(paused)


def test_the_place_of_a_reading_is_kept_until_it_ends(tables: Tables) -> None:
    assert tables.list.place() == {}
    place = {0: None, 3: ("store#content", "p-\U0001f6d2\"'#")}
    tables.list.keep_place(place)
    assert tables.list.place() == place
    tables.list.keep_place({})
    tables.list.keep_place({})
    assert tables.list.place() == {}
    assert list(tables.list.entries()) == [], "the place is no store"


@pytest.fixture
def real(dynamodb: "DynamoDBClient", make_table: Any) -> Any:
    return dynamodb, make_table("PendingTable"), make_table("StoresTable")


@pytest.mark.parametrize(
    "damage", [{}, {"order": 1, "not_before_ms": "soon"}, {"order": 1, "attempts": "x"}]
)
def test_a_row_that_cannot_be_read_is_due_and_hides_no_other(
    real: Any, damage: dict[str, Any]
) -> None:
    client, table, _ = real
    row = new_item(keys.pending(StoreId("harbour"), Lane.STOCK, "p-1"), damage)
    client.put_item(TableName=table, Item=row)
    DynamoPending(client, table).mark([a_change(store=OTHER)])
    found = {row.store: row for row in everything(DynamoPendingScan(client, table))}
    assert found[StoreId("harbour")] == Waiting(StoreId("harbour"), "stock")
    assert found[OTHER].queued_ms == 1_000


@pytest.mark.parametrize(
    "damage",
    [{"state": "of the art"}, {"settings": 5}, {}],
    ids=["a state of a newer version", "settings that are none", "attributes that are missing"],
)
def test_a_connection_that_cannot_be_read_is_none_and_hides_no_other(
    real: Any, damage: dict[str, Any]
) -> None:
    client, _, table = real
    stores = DynamoStores(client, table)
    for store in (STORE, OTHER):
        stores.save_connection(a_connection(store))
    client.put_item(TableName=table, Item=new_item(keys.key(STORE, keys.CONNECTION), damage))
    found = DynamoStoreList(client, table).connections([STORE, OTHER])
    assert found == {STORE: None, OTHER: _without_account(a_connection(OTHER))}


def test_an_entry_that_cannot_be_read_is_a_store_all_the_same(real: Any) -> None:
    client, _, table = real
    entry = {"backlog": {"stock": ["many"]}, "counting": 7, "compared_ms": "lately"}
    client.put_item(TableName=table, Item=new_item(keys.key(keys.CONNECTED, STORE), entry))
    DynamoStores(client, table).save_connection(a_connection(OTHER))
    found = {each.store: each for each in DynamoStoreList(client, table).entries()}
    assert found == {OTHER: StoreEntry(OTHER), STORE: StoreEntry(STORE, None, {}, 0)}


def test_a_place_that_cannot_be_read_lets_the_reading_begin_anew(real: Any) -> None:
    client, _, table = real
    client.put_item(TableName=table, Item=new_item(keys.SWEEP_PLACE, {"segments": "{"}))
    assert DynamoStoreList(client, table).place() == {}


def test_a_segment_that_the_database_throttles_stands_where_it_stood(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Throttled:
        def scan(self, *, Segment: int, **_: Any) -> dict[str, Any]:  # noqa: N803 - as boto3 names it
            if Segment == 1:
                raise RetryLater("The database is busy.")
            return {"Items": []}

    scan = DynamoPendingScan(Throttled(), "pending")  # type: ignore[arg-type]  # only scan is called
    pages = scan.pages({0: None, 1: ("a#stock", "p-1")})
    assert [(page.segment, page.after, page.busy) for page in pages] == [
        (0, None, False),
        (1, ("a#stock", "p-1"), True),
    ]
