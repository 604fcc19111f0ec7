"""A message on which a function is killed, out of time or memory: nothing is answered, so its whole
batch returns. It ends as a dead letter, and its neighbours do not."""

from typing import Any

import pytest

from tests.builders import a_connection
from tests.fakes.begun import FakeBegun
from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.stores import FakeStores
from tests.handlers.conftest import Handler, LoadEvent, import_handler
from tests.import_world import ImportWorld
from tests.world import World
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId

DEADLY = StoreId("deadly")
MOST_RECEIVES = 10
"""Four in which it cannot be told from its neighbours, five alone, and the last."""


class Killed(BaseException):
    """The end of the process, which no code of ours sees."""


class Queue:
    """Hands a batch to a handler until it is empty, as SQS does: what was not answered returns."""

    def __init__(self, handler: Handler, records: list[dict[str, Any]]) -> None:
        self._handler = handler
        self.records = records
        self.receives = 0

    def run(self) -> None:
        while self.records:
            self.receives += 1
            assert self.receives <= MOST_RECEIVES
            for record in self.records:
                record["attributes"]["ApproximateReceiveCount"] = str(self.receives)
            try:
                failed = self._handler({"Records": self.records})["batchItemFailures"]
            except Killed:
                continue
            returns = {failure["itemIdentifier"] for failure in failed}
            self.records = [each for each in self.records if each["messageId"] in returns]


def _deadly(stores: FakeStores, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the process end whenever a message of the store 'deadly' is read."""
    real = stores.find

    def find(store: StoreId) -> Connection | None:
        if store == DEADLY:
            raise Killed
        return real(store)

    monkeypatch.setattr(stores, "find", find)


def _three(golden: dict[str, Any]) -> list[dict[str, Any]]:
    """Return three messages of a golden one; the one in the midst kills."""
    return [
        {
            **golden,
            "messageId": f"{place} {store}",
            "body": golden["body"].replace('"demo"', f'"{store}"'),
            "attributes": dict(golden["attributes"]),
        }
        for place, store in enumerate(["demo", DEADLY, "demo"])
    ]


def test_of_a_batch_that_intake_never_ends_only_the_message_that_kills_it_is_given_up(
    intake: Handler,
    load_event: LoadEvent,
    world: World,
    dead_letters: FakeDeadLetters,
    begun: FakeBegun,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _deadly(world.stores, monkeypatch)
    (golden,) = load_event("intake.product.saved")["Records"]
    Queue(intake, _three(golden)).run()
    ((body, reason),) = dead_letters.letters
    assert '"deadly"' in body
    assert "ran out of time or memory on this message 5 times" in reason
    assert world.pending.rows
    assert not any(notes for message, notes in begun.receives.items() if "demo" in message)


@pytest.mark.parametrize("queue", ["import.import.requested", "import.page"])
def test_so_it_is_with_import(
    queue: str,
    load_event: LoadEvent,
    dead_letters: FakeDeadLetters,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = ImportWorld(connection=a_connection(StoreId("demo")))
    handler = import_handler(shop, dead_letters, monkeypatch)
    _deadly(shop.stores, monkeypatch)
    (golden,) = load_event(queue)["Records"]
    records = _three(golden)
    Queue(handler, records if queue != "import.page" else records[1:2]).run()
    ((body, _),) = dead_letters.letters
    assert '"deadly"' in body


def test_a_message_that_returned_often_waits_for_aws_as_before(
    intake: Handler,
    load_event: LoadEvent,
    world: World,
    dead_letters: FakeDeadLetters,
    begun: FakeBegun,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def busy(_: StoreId) -> Connection | None:
        raise RetryLater("Busy.")

    event = load_event("intake.product.saved")
    (record,) = event["Records"]
    with monkeypatch.context() as patch:
        patch.setattr(world.stores, "find", busy)
        for receive in range(1, 40):
            record["attributes"]["ApproximateReceiveCount"] = str(receive)
            assert intake(event)["batchItemFailures"]
    assert intake(event)["batchItemFailures"] == []
    assert dead_letters.letters == []
    assert not begun.receives[record["messageId"]]


def test_a_neighbour_is_done_before_what_returned_often(
    intake: Handler, load_event: LoadEvent, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _deadly(world.stores, monkeypatch)
    (golden,) = load_event("intake.product.saved")["Records"]
    _, deadly, fresh = _three(golden)
    deadly["attributes"]["ApproximateReceiveCount"] = "5"
    with pytest.raises(Killed):
        intake({"Records": [deadly, fresh]})
    assert world.pending.rows


def test_a_note_that_cannot_be_written_is_trouble_of_aws(
    intake: Handler,
    load_event: LoadEvent,
    begun: FakeBegun,
    dead_letters: FakeDeadLetters,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def busy(*_: object) -> int:
        raise RetryLater("Busy.")

    event = load_event("intake.product.saved")
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = "6"
    monkeypatch.setattr(begun, "begin", busy)
    assert intake(event)["batchItemFailures"]
    monkeypatch.undo()


def test_a_note_that_cannot_be_taken_back_does_not_bring_back_its_message(
    intake: Handler, load_event: LoadEvent, begun: FakeBegun, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = load_event("intake.product.saved")
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = "6"
    monkeypatch.setattr(begun, "end", lambda *_: 1 // 0)
    assert intake(event)["batchItemFailures"] == []
