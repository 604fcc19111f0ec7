"""What the port of what waits promises."""

import pytest

from tests.builders import STORE, a_change
from tests.contract.ports.kept_stores import LIGHTHOUSE
from tests.fakes.pending import FakePending
from tests.fakes.waiting_rows import FakeWaitingRows
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.waiting_rows import DynamoWaitingRows
from tillbridge.domain.lanes import Lane
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.waiting_rows import WaitingRows


@pytest.fixture(params=["fake", "dynamodb"])
def both(request: pytest.FixtureRequest) -> tuple[PendingRows, WaitingRows]:
    if request.param == "fake":
        pending = FakePending()
        return pending, FakeWaitingRows(pending)
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("PendingTable")
    return DynamoPending(client, table), DynamoWaitingRows(client, table)


def test_rows_of_both_partitions_come_with_lane_and_age(
    both: tuple[PendingRows, WaitingRows],
) -> None:
    pending, waiting = both
    pending.mark(
        [
            a_change("p-1", lane=Lane.STOCK, queued_ms=5_000),
            a_change("p-1", lane=Lane.BULK, queued_ms=7_000),
            a_change("p-2", store=LIGHTHOUSE, lane=Lane.STOCK),
        ]
    )
    rows, whole = waiting.first(STORE, 10)
    assert sorted((row.lane, row.queued_ms) for row in rows) == [("bulk", 7_000), ("stock", 5_000)]
    assert whole


def test_no_more_than_the_limit_is_read_of_each(both: tuple[PendingRows, WaitingRows]) -> None:
    pending, waiting = both
    pending.mark(
        a_change(f"p-{n}", lane=lane) for n in range(5) for lane in (Lane.STOCK, Lane.BULK)
    )
    rows, whole = waiting.first(STORE, 3)
    assert len(rows) == 6
    assert not whole
    assert waiting.first(LIGHTHOUSE, 3) == ([], True)
