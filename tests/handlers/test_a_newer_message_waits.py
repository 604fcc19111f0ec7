"""An upgrade that is taken back: functions meet messages of the release that came after theirs, and of the one before."""

import json

import pytest

from tests.builders import STORE, a_connection
from tests.fakes.dead_letters import FakeDeadLetters
from tests.handlers.conftest import Handler, LoadEvent
from tests.handlers.test_a_message_fails_alone import (
    QUEUES,
    Handlers,
    Marks,
    Record,
    _of,
    _ten,
    handlers,
    marks,
    slices,
)
from tests.released.messages import messages_of
from tests.released.rows import releases
from tests.world import World
from tillbridge.domain import message_version
from tillbridge.domain.errors import SavedByNewer
from tillbridge.domain.lanes import LANES, Lane

__all__ = ["handlers", "marks", "slices"]


def _newer(record: Record) -> Record:
    body = json.loads(record["body"])
    told = {**record["attributes"], "ApproximateReceiveCount": "9"}
    return {**record, "body": json.dumps({**body, "v": 2}), "attributes": told}


@pytest.mark.parametrize(("function", "queue"), QUEUES)
def test_a_newer_message_waits_for_its_release_and_its_neighbours_do_not(
    function: str,
    queue: str,
    handlers: Handlers,
    load_event: LoadEvent,
    dead_letters: FakeDeadLetters,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (golden,) = load_event(QUEUES[function, queue])["Records"]
    newer = _newer(_of(golden, "demo", "newer"))
    records = [newer, _of(golden, "other", "beside")]
    for _ in range(2):  # however often it comes
        assert handlers.failed(function, records) == ["newer"]
    assert dead_letters.letters == []
    assert set(handlers.found) == {"other"}
    assert "saved by a newer Tillbridge (2)" in caplog.text

    monkeypatch.setattr(message_version, "MESSAGE_VERSION", 2)  # forward again
    assert handlers.failed(function, [newer]) == []
    assert "demo" in handlers.found


@pytest.mark.parametrize("release", releases())
def test_what_an_earlier_release_left_in_the_queues_of_intake_is_taken_in_once(
    release: str,
    intake: Handler,
    world: World,
    load_event: LoadEvent,
    dead_letters: FakeDeadLetters,
) -> None:
    (golden,) = load_event("intake.product.saved")["Records"]
    world.stores.save_connection(a_connection())
    left = {
        kind: body
        for kind, body in messages_of(release).items()
        if not kind.lstrip("0123456789 ").startswith(
            ("import", "reconcile", "run", "plan", "signal")
        )
    }
    assert len(left) > 7
    records = [
        {**golden, "messageId": kind, "body": body.replace('"demo"', '"harbour"')}
        for kind, body in left.items()
    ]
    for _ in range(2):  # SQS hands a message out twice
        assert intake({"Records": records}) == {"batchItemFailures": []}
    assert dead_letters.letters == []
    rows = {
        lane.lane: [
            row.product for row in world.pending.due(STORE, lane.lane, world.clock.now_ms(), 100)
        ]
        for lane in LANES
        if lane.lane is not Lane.LINKS
    }
    assert all(len(set(each)) == len(each) for each in rows.values())
    assert {"p-1", "p-2"} <= {product for each in rows.values() for product in each}
    assert STORE in world.signals.signalled


def test_an_event_of_a_product_whose_row_is_newer_waits_and_takes_no_other_along(
    handlers: Handlers,
    marks: Marks,
    load_event: LoadEvent,
    world: World,
    dead_letters: FakeDeadLetters,
) -> None:
    marks.failing = {"p-3": SavedByNewer("This row", 2, 1)}
    records = _ten(load_event)
    records[3]["attributes"] = {**records[3]["attributes"], "ApproximateReceiveCount": "9"}
    assert handlers.failed("IntakeFunction", records) == ["m-3"]
    assert {row.product for row in world.pending.rows} == {f"p-{n}" for n in range(10)} - {"p-3"}
    assert len(dead_letters.letters) == 1, "the unreadable one alone"

    marks.failing = {}  # forward again
    assert handlers.failed("IntakeFunction", [records[3]]) == []
    assert "p-3" in {row.product for row in world.pending.rows}
