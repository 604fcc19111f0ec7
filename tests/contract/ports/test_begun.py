"""What the port of work under way promises, kept by the fake and by DynamoDB."""

from typing import TYPE_CHECKING

import pytest

from tests.fakes.begun import FakeBegun
from tests.fakes.clock import FakeClock
from tests.local_tables import MakeTable, items_in
from tillbridge.adapters.dynamodb.begun import KEPT_SECONDS, DynamoBegun
from tillbridge.adapters.dynamodb.pending_scan import DynamoPendingScan
from tillbridge.domain.backlog import BEGINNING
from tillbridge.ports.begun import Begun

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture(params=["fake", "dynamodb"])
def begun(request: pytest.FixtureRequest) -> Begun:
    if request.param == "fake":
        return FakeBegun()
    table = request.getfixturevalue("make_table")("PendingTable")
    return DynamoBegun(request.getfixturevalue("dynamodb"), table, FakeClock())


def test_what_began_and_never_ended_is_counted_for_each_message(begun: Begun) -> None:
    assert begun.begin("one", 5) == 0
    assert begun.begin("one", 6) == 1
    assert begun.begin("other", 6) == 0
    assert begun.begin("one", 8) == 2


def test_what_ended_counts_no_more(begun: Begun) -> None:
    begun.begin("one", 5)
    begun.begin("one", 6)
    begun.end("one", 6)
    assert begun.begin("one", 7) == 1
    begun.end("one", 7)
    begun.end("one", 7)
    begun.end("never begun", 5)
    assert begun.begin("one", 8) == 1


def test_a_note_that_is_written_twice_after_a_lost_reply_counts_once(begun: Begun) -> None:
    assert begun.begin("one", 5) == 0
    assert begun.begin("one", 5) == 0
    assert begun.begin("one", 6) == 1


def test_a_note_is_no_row_that_waits_and_dynamodb_forgets_it(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table, clock = make_table("PendingTable"), FakeClock()
    DynamoBegun(dynamodb, table, clock).begin("one", 5)
    (item,) = items_in(dynamodb, table)
    assert item["expires_at"] == {"N": str(clock.now_ms() // 1_000 + KEPT_SECONDS)}
    pages = DynamoPendingScan(dynamodb, table).pages(BEGINNING)
    assert [row for page in pages for row in page.rows] == []
