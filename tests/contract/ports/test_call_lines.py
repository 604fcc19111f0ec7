"""What the calls of slices promise, kept by the fake and by DynamoDB."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import LANTERN, STORE
from tests.contract.ports.kept_stores import LIGHTHOUSE
from tests.fakes.history import FakeCallLines
from tests.local_tables import items_in
from tillbridge.adapters.dynamodb.call_lines import DynamoCallLines
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.history.call_line import MOST_CALLS, CallLine, MadeFor, ToldCall
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lag_histogram import LagPath, histogram_of
from tillbridge.domain.slices import SliceRecord
from tillbridge.ports.call_lines import CallLines

NOW_MS = 1_795_262_400_123
BEGUN_MS = NOW_MS - 700
LEVELS = CallMade("PUT /inventory/adjustments/absolute", NOW_MS, status=204, ms=150, left=132)
IMAGE = CallMade(
    "DELETE /catalog/products/{product_id}/images/{image_id}",
    NOW_MS + 40,
    ids=(812, 7),
    status=422,
    ms=90,
    said='{"title":"Šroub"}',
)
SOLD = MadeFor(LANTERN, "stock", "e-1", "sale.completed", 3)
DONE = SliceRecord(
    started_ms=BEGUN_MS,
    ended_ms=NOW_MS + 300,
    throttled=1,
    created=2,
    updated=3,
    stocked=4,
    failed=5,
    lags={LagPath.STOCK: histogram_of([900, 1_200])},
)
FULL = CallLine(
    NOW_MS,
    "a1b2c3d4",
    BEGUN_MS,
    NOW_MS + 300,
    (
        ToldCall(LEVELS, (SOLD, replace(SOLD, lane="after", events=1)), 7),
        ToldCall(replace(LEVELS, left=0, status=0, ms=0)),
        ToldCall(IMAGE, (MadeFor(LANTERN, "content"),)),
    ),
    DONE,
)


@pytest.fixture(params=["fake", "dynamodb"])
def lines(request: pytest.FixtureRequest) -> CallLines:
    if request.param == "fake":
        return FakeCallLines()
    make = request.getfixturevalue("make_table")
    return DynamoCallLines(request.getfixturevalue("dynamodb"), make("HistoryTable"))


@pytest.fixture
def table(request: pytest.FixtureRequest) -> tuple[Any, str]:
    client = request.getfixturevalue("dynamodb")
    return client, request.getfixturevalue("make_table")("HistoryTable")


def a_line(at_ms: int = NOW_MS, **line: Any) -> CallLine:
    plain = {"token": "t", "begun_ms": at_ms, "ended_ms": at_ms, "calls": (ToldCall(LEVELS),)}
    return CallLine(at_ms, **{**plain, **line})


def test_a_line_comes_back_whole(lines: CallLines) -> None:
    lines.write(STORE, [FULL])

    assert lines.of(STORE, NOW_MS, NOW_MS) == [FULL]


def test_a_line_without_calls_says_what_its_slice_did(lines: CallLines) -> None:
    last = replace(FULL, calls=(), done=replace(DONE, lags={}))
    lines.write(STORE, [last])

    assert lines.of(STORE, 0, NOW_MS) == [last]


def test_lines_of_a_store_come_oldest_first_from_one_time_to_another(lines: CallLines) -> None:
    lines.write(STORE, [a_line(NOW_MS + ms) for ms in (20, 0, 10, 30, 9)])
    lines.write(LIGHTHOUSE, [a_line(NOW_MS + 15)])

    found = lines.of(STORE, NOW_MS + 10, NOW_MS + 20)

    assert [line.at_ms - NOW_MS for line in found] == [10, 20]


def test_the_newest_lines_come_newest_first(lines: CallLines) -> None:
    lines.write(STORE, [a_line(NOW_MS + ms) for ms in (20, 0, 10)])
    lines.write(LIGHTHOUSE, [a_line(NOW_MS + 15)])

    assert [line.at_ms - NOW_MS for line in lines.newest(STORE, 2)] == [20, 10]
    assert lines.newest(StoreId("quiet"), 2) == []


def test_lines_of_two_slices_at_one_time_are_both_kept_and_one_written_twice_once(
    lines: CallLines,
) -> None:
    lines.write(STORE, [a_line(token="a"), a_line(token="b")])
    lines.write(STORE, [a_line(token="b")])

    assert [line.token for line in lines.of(STORE, 0, NOW_MS)] == ["a", "b"]


def test_dynamodb_forgets_a_line_after_thirty_days(table: tuple[Any, str]) -> None:
    DynamoCallLines(*table).write(STORE, [FULL])

    (item,) = items_in(*table)

    assert item["expires_at"] == {"N": str((NOW_MS + 300) // 1_000 + 30 * 24 * 3600)}


def test_dynamodb_keeps_a_full_line_in_four_write_units(table: tuple[Any, str]) -> None:
    told = ToldCall(replace(IMAGE, said="ä" * 2_048), (SOLD,) * 20)
    lags = {path: histogram_of(range(0, 9_000_000, 10_000)) for path in LagPath}
    full = replace(FULL, calls=(told,) * MOST_CALLS, done=replace(DONE, lags=lags))
    DynamoCallLines(*table).write(STORE, [full])

    (item,) = items_in(*table)

    assert _size(item) <= 4_000


def test_dynamodb_keeps_the_line_of_a_sale_in_one_write_unit(table: tuple[Any, str]) -> None:
    sold = replace(
        SOLD, product=PosProductId("9d9c5f0a-2f6e-4a4b-9a36-0c8d9c0f6a11"), event="e" * 36, events=1
    )
    calls = (
        ToldCall(CallMade("GET /v2/orders", NOW_MS, status=204, ms=150, left=132), (sold,)),
        ToldCall(LEVELS, (sold,)),
        ToldCall(replace(LEVELS, name="PUT /catalog/products"), (replace(sold, lane="content"),)),
    )
    lags = {path: histogram_of([900]) for path in (LagPath.STOCK, LagPath.CONTENT)}
    DynamoCallLines(*table).write(
        STORE, [replace(FULL, calls=calls, done=replace(DONE, lags=lags))]
    )

    (item,) = items_in(*table)

    assert _size(item) <= 1_000


def test_one_line_that_cannot_be_read_hides_no_other(table: tuple[Any, str]) -> None:
    client, name = table
    lines = DynamoCallLines(client, name)
    lines.write(STORE, [a_line(NOW_MS - 1)])
    (item,) = items_in(client, name)
    client.put_item(TableName=name, Item={**item, "line": {"S": '{"c":[[4]]}'}})
    lines.write(STORE, [a_line()])

    assert lines.of(STORE, 0, NOW_MS) == [a_line()]


def _size(item: dict[str, dict[str, Any]]) -> int:
    values = [next(iter(value.values())) for value in item.values()]
    sizes = [len(value if isinstance(value, bytes) else value.encode()) for value in values]
    return sum(map(len, item)) + sum(sizes)
