"""What the port of pending rows promises of whole lanes: which have work, that long ones are served to
their end, and that many marks at once are as good as one after the other."""

from collections import Counter
from dataclasses import replace
from functools import partial

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_change
from tests.contract.ports.races import race
from tests.fakes.clock import FakeClock
from tests.fakes.link_requests import FakeLinkRequests
from tests.fakes.pending import FakePending
from tillbridge.adapters.dynamodb import pending as dynamo
from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.link_requests import DynamoLinkRequests
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.domain.ids import PosProductId, Rev, StoreId
from tillbridge.domain.lanes import DRAINED, Lane
from tillbridge.domain.link_requests import LinkRequest, LinkRequestKind
from tillbridge.domain.pending import Change, PendingRow
from tillbridge.ports.link_requests import LinkRequests
from tillbridge.ports.pending import PendingRows

NOW = 1_795_262_400_000
LATER = NOW + 60_000


@pytest.fixture(params=["fake", "dynamodb"])
def rows_and_requests(request: pytest.FixtureRequest) -> tuple[PendingRows, LinkRequests]:
    if request.param == "fake":
        requests = FakeLinkRequests()
        return FakePending(requests), requests
    client, table = (
        request.getfixturevalue("dynamodb"),
        request.getfixturevalue("make_table")("PendingTable"),
    )
    return DynamoPending(client, table), DynamoLinkRequests(
        client, table, table, table, FakeClock()
    )


@pytest.fixture
def pending(rows_and_requests: tuple[PendingRows, LinkRequests]) -> PendingRows:
    return rows_and_requests[0]


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("LEAST", 4), ("MOST", 8), ("_HEADS", 4)):
        monkeypatch.setattr(f"tillbridge.adapters.dynamodb.pending.{name}", size)


def several(count: int, lane: Lane, first: int = 0) -> list[Change]:
    return [a_change(f"p-{number:03d}", lane=lane, order=first + number) for number in range(count)]


def put_off(pending: PendingRows, lane: Lane, products: list[PosProductId]) -> None:
    rows = pending.of(STORE, lane, products)
    pending.postpone([replace(row, not_before_ms=LATER) for row in rows])


def test_every_lane_with_due_rows_shows_the_order_of_its_oldest(pending: PendingRows) -> None:
    lanes = [lane for lane in Lane if lane is not Lane.LINKS]
    for number, lane in enumerate(lanes):
        pending.mark([a_change(f"p-{n}", lane=lane, order=100 * number + n) for n in (7, 3, 5)])
    pending.mark([a_change(store=StoreId("lighthouse"), order=1)])

    expected = {lane: 100 * n + 3 for n, lane in enumerate(lanes) if lane in DRAINED}
    assert pending.look(STORE, NOW).oldest == expected
    assert pending.look(StoreId("nobody"), NOW).oldest == {}


def test_a_lane_whose_rows_all_wait_has_no_head(pending: PendingRows) -> None:
    pending.mark([a_change(lane=Lane.STOCK, order=1), a_change("p-2", lane=Lane.CONTENT, order=2)])
    put_off(pending, Lane.STOCK, [a_change().product])

    assert pending.look(STORE, NOW).oldest == {Lane.CONTENT: 2}
    assert pending.look(STORE, LATER).oldest == {Lane.STOCK: 1, Lane.CONTENT: 2}


def test_requests_about_links_have_a_head(
    rows_and_requests: tuple[PendingRows, LinkRequests],
) -> None:
    pending, requests = rows_and_requests
    asked = [
        LinkRequest("e", n, STORE, LinkRequestKind.UNLINK, PosProductId(f"p-{n}"), None, 50 - n)
        for n in range(3)
    ]
    requests.put(asked)
    pending.mark([a_change(lane=Lane.ASKED, order=9)])

    assert pending.look(STORE, NOW).oldest == {Lane.LINKS: 48, Lane.ASKED: 9}


@pytest.mark.usefixtures("small_pages")
def test_a_look_passes_many_requests_whatever_their_ids_begin_with(
    rows_and_requests: tuple[PendingRows, LinkRequests],
) -> None:
    pending, requests = rows_and_requests
    requests.put(
        LinkRequest(begins, n, STORE, LinkRequestKind.UNLINK, PosProductId(f"p-{n}"), None, 50 + n)
        for begins in ("~", "é", "\U0010ffff")
        for n in range(6)
    )
    pending.mark([a_change(lane=Lane.ASKED, order=9)])

    assert pending.look(STORE, NOW).oldest == {Lane.LINKS: 50, Lane.ASKED: 9}


@pytest.mark.usefixtures("small_pages")
def test_long_lanes_hide_no_other_and_waiting_rows_no_due_one(pending: PendingRows) -> None:
    for number, lane in enumerate((Lane.STOCK, Lane.CONTENT, Lane.BULK)):
        pending.mark(several(30, lane, 1_000 * number))
        last = pending.of(STORE, lane, [PosProductId("p-029")])
        put_off(pending, lane, [PosProductId(f"p-{n:03d}") for n in range(29)])
        assert pending.due(STORE, lane, NOW, 5) == last

    assert pending.look(STORE, NOW).oldest == {
        Lane.STOCK: 29,
        Lane.CONTENT: 1_029,
        Lane.BULK: 2_029,
    }
    assert set(pending.look(STORE, LATER).oldest) == {Lane.STOCK, Lane.CONTENT, Lane.BULK}


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("lane", [Lane.CONTENT, Lane.BULK])
def test_a_long_lane_is_served_to_its_end_each_row_once(pending: PendingRows, lane: Lane) -> None:
    pending.mark(several(40, lane))
    served: Counter[str] = Counter()
    while rows := pending.due(STORE, lane, NOW, 6):
        served.update(row.product for row in rows)
        pending.clear(rows)
        assert len(rows) == 6 or served.total() == 40, "fewer than asked for are all there are"

    assert served == {f"p-{number:03d}": 1 for number in range(40)}


@pytest.mark.usefixtures("small_pages")
def test_no_row_of_a_long_lane_starves_however_many_are_marked_meanwhile(
    pending: PendingRows,
) -> None:
    pending.mark([a_change("p-old", order=0)])
    for number in range(100):
        pending.mark([a_change(f"p-{number}-{n}", order=1_000 * number + n + 1) for n in range(8)])
        rows = pending.due(STORE, Lane.CONTENT, NOW, 4)
        if any(row.product == "p-old" for row in rows):
            return
        pending.clear(rows)
    raise AssertionError("it was never served")


def shown(row: PendingRow) -> PendingRow:
    """Return a row without its rev, which is new each time."""
    return replace(row, rev=Rev("any"))


def test_many_marks_at_once_say_what_they_say_one_by_one(pending: PendingRows) -> None:
    names = [PosProductId(f"p-{number}") for number in range(12)]
    before = [a_change(name, version=5, order=1, queued_ms=10) for name in names[4:]]
    marks = [
        a_change(
            name,
            version=version,
            order=20_000 * at,
            queued_ms=at,
            force=at % 3 == 0,
            manual=at % 4 == 1,
        )
        for at, (name, version) in enumerate([(n, v) for v in (5, 4, 9) for n in names], start=1)
    ]
    alone = FakePending()
    for table in (alone, pending):
        table.mark(before)
        put_off(table, Lane.CONTENT, names[4:8])
        old = {row.product: row.rev for row in table.of(STORE, Lane.CONTENT, names)}
        if table is alone:
            for mark in marks:
                table.mark([mark])
        else:
            table.mark(marks)
        found = table.of(STORE, Lane.CONTENT, names)
        assert all(old.get(row.product) != row.rev for row in found)

    def seen(table: PendingRows) -> dict[str, PendingRow]:
        return {row.product: shown(row) for row in table.of(STORE, Lane.CONTENT, names)}

    assert seen(pending) == seen(alone)


def test_many_marks_that_race_a_clear_are_never_lost(pending: PendingRows) -> None:
    names = [PosProductId(f"p-{number}") for number in range(30)]
    for version in range(2, 12):
        pending.mark([a_change(name, version=1) for name in names])
        read = pending.due(STORE, Lane.CONTENT, NOW, 100)
        marks = [a_change(name, version=version, force=version % 2 == 0) for name in names]
        assert race([partial(pending.clear, read), partial(pending.mark, marks)]) == [None, None]

        rows = pending.due(STORE, Lane.CONTENT, NOW, 100)
        assert Counter(row.version for row in rows) == {version: 30}, "a mark was lost"
        pending.clear(rows)


def test_many_marks_from_many_sides_end_with_the_newest_version(pending: PendingRows) -> None:
    names = [PosProductId(f"p-{number}") for number in range(10)]
    sides = [
        partial(pending.mark, [a_change(name, version=version) for name in names])
        for version in range(1, 7)
    ]
    assert race(sides) == [None] * 6
    rows = pending.due(STORE, Lane.CONTENT, NOW, 100)
    assert Counter(row.version for row in rows) == {6: 10}


def test_one_look_shows_the_oldest_row_of_each_lane_that_has_work(pending: PendingRows) -> None:
    assert pending.look(STORE, NOW).oldest == {}
    rows = {Lane.STOCK: (7,), Lane.BULK: (30, 9, 12, 40, 8), Lane.CONTENT: (5, 6)}
    pending.mark(
        a_change(PosProductId(f"p-{order}"), lane=lane, order=order)
        for lane, orders in rows.items()
        for order in orders
    )
    pending.mark([a_change(store=StoreId("other"), lane=Lane.ASKED, order=1)])
    assert pending.look(STORE, NOW).oldest == {Lane.STOCK: 7, Lane.BULK: 8, Lane.CONTENT: 5}

    (oldest,) = pending.of(STORE, Lane.CONTENT, ["p-5"])
    pending.postpone([replace(oldest, not_before_ms=NOW + 1)])
    pending.clear(pending.of(STORE, Lane.STOCK, ["p-7"]))
    assert pending.look(STORE, NOW).oldest == {Lane.BULK: 8, Lane.CONTENT: 6}

    pending.clear(pending.of(STORE, Lane.CONTENT, ["p-6"]))
    assert pending.look(STORE, NOW).oldest == {Lane.BULK: 8}
    assert pending.look(STORE, NOW + 1).oldest == {Lane.BULK: 8, Lane.CONTENT: 5}


def test_the_rows_of_products_are_found_in_several_lanes_at_once(pending: PendingRows) -> None:
    for lane in (Lane.CONTENT, Lane.BULK, Lane.STOCK):
        pending.mark(a_change(product, lane=lane) for product in (LANTERN, JUMPER))
    found = pending.of_lanes(STORE, [Lane.CONTENT, Lane.BULK, Lane.ASKED], [LANTERN, JUMPER])
    assert {(row.lane, row.product) for row in found} == {
        (lane, product) for lane in (Lane.CONTENT, Lane.BULK) for product in (LANTERN, JUMPER)
    }
    assert len(found) == 4


@pytest.mark.usefixtures("small_pages")
def test_a_look_shows_the_due_rows_of_short_lanes_as_a_reading_would(pending: PendingRows) -> None:
    pending.mark(several(3, Lane.STOCK))
    pending.mark(several(9, Lane.CONTENT))
    put_off(pending, Lane.STOCK, [PosProductId("p-001")])

    whole = pending.look(STORE, NOW).whole

    assert whole[Lane.STOCK] == pending.due(STORE, Lane.STOCK, NOW, 10)
    for lane, rows in whole.items():
        assert rows == pending.due(STORE, lane, NOW, 100), "a lane that a page cuts is not shown"
    plain = pending.look(STORE, NOW, with_rows=False)
    assert (plain.oldest, plain.whole) == (pending.look(STORE, NOW).oldest, {})


def test_of_a_long_lane_only_the_rows_that_are_asked_for_are_converted(
    pending: PendingRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four times as many are read, to find the oldest; converting them took a third of a window's time."""
    converted: list[object] = []
    real = dynamo.row_of

    def row(store: StoreId, item: Item) -> PendingRow:
        converted.append(item)
        return real(store, item)

    monkeypatch.setattr(dynamo, "row_of", row)
    pending.mark(several(60, Lane.CONTENT))
    assert len(pending.due(STORE, Lane.CONTENT, NOW, 10)) == 10
    assert len(converted) <= 10
