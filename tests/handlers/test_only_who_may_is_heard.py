"""An event whose sender may not ask for it goes to the dead letters; its neighbours go on."""

import json
from typing import Any

import pytest

from tests.fakes.dead_letters import FakeDeadLetters
from tests.fakes.link_requests import FakeLinkRequests
from tests.handlers.conftest import Handler, LoadEvent, import_handler, reconcile_handler
from tests.import_world import ImportWorld
from tests.reconcile_world import ReconcileWorld
from tests.world import World
from tillbridge.domain.lanes import FROM_POS, PUSH_REQUESTED, Lane
from tillbridge.domain.link_requests import LINK_TRIGGERS

FOREIGN = [
    {"source": "pos.somebody-else"},
    {"account": "123456789012"},
    {"source": "tillbridge.sweep"},
    {"source": "tillbridge.cli", "account": "123456789012"},
]


def _as_sent_by(record: dict[str, Any], **sender: str) -> dict[str, Any]:
    body = json.dumps({**json.loads(record["body"]), **sender})
    return {**record, "body": body, "messageId": f"forged {record['messageId']}"}


@pytest.mark.parametrize("forged", FOREIGN, ids=str)
@pytest.mark.parametrize("trigger", [*sorted(FROM_POS), PUSH_REQUESTED, *LINK_TRIGGERS])
def test_what_a_stranger_sends_is_refused_and_its_neighbour_is_marked(
    trigger: str,
    forged: dict[str, str],
    intake: Handler,
    load_event: LoadEvent,
    world: World,
    link_requests: FakeLinkRequests,
    dead_letters: FakeDeadLetters,
) -> None:
    (record,) = load_event(f"intake.{trigger}")["Records"]
    (neighbour,) = load_event("intake.sale.completed.burst")["Records"][:1]
    answer = intake({"Records": [_as_sent_by(record, **forged)]})
    assert answer == {"batchItemFailures": []}
    assert not world.pending.rows
    assert link_requests.every == []
    assert world.signals.signalled == []
    intake({"Records": [_as_sent_by(record, **forged), neighbour]})
    assert world.pending.rows
    for body, reason in dead_letters.letters:
        assert json.loads(body)["detail-type"] == trigger
        assert "may not ask" in reason or "does not speak for the store 'demo'" in reason


@pytest.mark.parametrize("source", ["pos.reference", "tillbridge.cli"])
def test_a_pos_and_a_person_cannot_ask_for_each_others_work(
    source: str, intake: Handler, load_event: LoadEvent, dead_letters: FakeDeadLetters
) -> None:
    asked = "link.requested" if source == "pos.reference" else "product.saved"
    (record,) = load_event(f"intake.{asked}")["Records"]
    intake({"Records": [_as_sent_by(record, source=source)]})
    assert len(dead_letters.letters) == 1


@pytest.mark.parametrize("forged", [*FOREIGN, {"source": "pos.reference"}], ids=str)
def test_only_people_ask_for_an_import(
    forged: dict[str, str],
    load_event: LoadEvent,
    dead_letters: FakeDeadLetters,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = ImportWorld()
    handle = import_handler(shop, dead_letters, monkeypatch)
    (record,) = load_event("import.import.requested.all")["Records"]
    handle({"Records": [_as_sent_by(record, **forged)]})
    assert not shop.queue.waiting
    ((_, reason),) = dead_letters.letters
    assert "may not ask for import.requested" in reason


@pytest.mark.parametrize("forged", [*FOREIGN, {"source": "pos.reference"}], ids=str)
def test_only_people_ask_for_a_run(
    forged: dict[str, str],
    load_event: LoadEvent,
    dead_letters: FakeDeadLetters,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = ReconcileWorld()
    handle = reconcile_handler(shop, dead_letters, monkeypatch)
    handle({**load_event("reconcile.reconcile.requested"), **forged})
    assert not shop.queue.sent
    ((_, reason),) = dead_letters.letters
    assert "may not ask for reconcile.requested" in reason


@pytest.mark.parametrize(
    "forged",
    [{"source": "tillbridge.cli"}, {"source": "pos.reference"}, {"account": "123456789012"}],
)
def test_only_the_sweep_asks_for_rounds_of_canaries(
    forged: dict[str, str], intake: Handler, load_event: LoadEvent, world: World
) -> None:
    (record,) = load_event("intake.canary.due")["Records"]
    intake({"Records": [_as_sent_by(record, **forged)]})
    assert not world.pending.rows
    intake({"Records": [record]})
    assert [row.lane for row in world.pending.rows] == [Lane.CANARY]
