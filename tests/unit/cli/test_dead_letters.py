"""`tillbridge dead-letters` and `tillbridge retry`, typed."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

import cli.deployment.connections
import cli.deployment.dead_letters
import cli.deployment.failed
import cli.deployment.target
from cli.shapes.products import PushOutcome
from tests.fakes.clock import FakeClock
from tests.fakes.dead_letter_boxes import FakeDeadLetterBoxes
from tests.unit.cli.typed import typed
from tillbridge.domain.dead_letters import Box

OURS = '{"store_id":"harbour","name":"[red]\\u202elamp"}'


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> FakeDeadLetterBoxes:
    clock = FakeClock()
    found = FakeDeadLetterBoxes(clock)
    letters = SimpleNamespace(dead_letters=found, clock=clock)
    target: Any = SimpleNamespace(stores=SimpleNamespace(all=lambda: ["harbour", "quay"]))
    monkeypatch.setattr(cli.deployment.target, "need_target", lambda _: target)
    monkeypatch.setattr(cli.deployment.dead_letters, "letters_of", lambda _: letters)
    return found


def test_they_are_listed_and_stay_there_for_others(boxes: FakeDeadLetterBoxes) -> None:
    boxes.put(Box.POS_EVENTS, OURS, "No such product.")
    boxes.put(Box.WAKES, "{not json", "It is not JSON.")
    for _ in range(2):
        shown = typed("dead-letters")
        assert "No such product." in shown
        assert "It is not JSON." in shown
    listed = json.loads(typed("dead-letters", "--store", "harbour", "--json"))
    (one,) = listed["dead_letters"]
    assert (one["id"], one["queue"], one["store"]) == ("m-1", "pos-events", "harbour")


def test_none_is_said_and_so_is_a_queue_that_does_not_answer(boxes: FakeDeadLetterBoxes) -> None:
    assert "No dead letter." in typed("dead-letters")
    boxes.silent = {Box.IMPORTS}
    assert "“Batches of imports” does not answer" in typed("dead-letters")


def test_one_is_shown_whole(boxes: FakeDeadLetterBoxes) -> None:
    long = json.dumps({"store_id": "harbour", "x": "y" * 10_000})
    boxes.put(Box.POS_EVENTS, long)
    assert "y" * 10_000 in typed("dead-letters", "--show", "m-1").replace("\n", "")
    told = json.loads(typed("dead-letters", "--show", "m-1", "--json"))
    assert told["dead_letters"][0]["body"] == long
    assert boxes.left(Box.POS_EVENTS) == [long]


def test_one_is_sent_again_and_another_discarded(boxes: FakeDeadLetterBoxes) -> None:
    boxes.put(Box.POS_EVENTS, OURS)
    boxes.put(Box.POS_EVENTS, "{}")
    assert "Sent again: m-1" in typed("dead-letters", "--retry", "m-1")
    assert boxes.sent == [(Box.POS_EVENTS, OURS, "")]
    assert "Discarded: m-2" in typed("dead-letters", "--discard", "m-2")
    assert boxes.left(Box.POS_EVENTS) == []


@pytest.mark.parametrize("way", ["--show", "--retry", "--discard"])
def test_one_that_is_not_there_or_of_another_store_is_missed(
    way: str, boxes: FakeDeadLetterBoxes
) -> None:
    boxes.put(Box.POS_EVENTS, OURS)
    assert "no dead letter m-9" in typed("dead-letters", way, "m-9", status=1)
    assert "no dead letter m-1" in typed("dead-letters", way, "m-1", "--store", "quay", status=1)
    assert boxes.left(Box.POS_EVENTS) == [OURS]
    assert boxes.sent == []


def test_one_that_cannot_be_sent_again_says_where_to_look(boxes: FakeDeadLetterBoxes) -> None:
    boxes.put(Box.UNDELIVERED, '{"full": true}')
    said = typed("dead-letters", "--retry", "m-1", status=1)
    assert "--show says what to do instead" in said
    assert "begins again by itself" in typed("dead-letters", "--show", "m-1")


def test_two_ways_at_once_are_refused() -> None:
    said = typed("dead-letters", "--retry", "m-1", "--discard", "m-2", status=2)
    assert "one at a time" in said


@pytest.fixture
def failed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(cli.deployment.connections, "choose", lambda *_: (None, "harbour"))
    found = ["p-1", "p-2"]
    monkeypatch.setattr(cli.deployment.failed, "failed_products", lambda *_: found)
    return found


def test_a_retry_pushes_all_that_failed_or_those_named(
    failed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pushed: list[list[str]] = []

    def push_now(_: object, __: object, products: list[str]) -> PushOutcome:
        pushed.append(products)
        return {"linked": products, "failed": [], "waiting": [], "calls": 1}

    monkeypatch.setattr("cli.screen.waiting.push_now", push_now)
    typed("retry")
    typed("retry", "p-2")
    assert pushed == [["p-1", "p-2"], ["p-2"]]
    assert "have not failed: p-3" in typed("retry", "p-3", status=1)
    assert "2 products would be pushed again" in typed("retry", "--dry-run")
    failed.clear()
    assert "No product has failed." in typed("retry")
    assert len(pushed) == 2


def test_a_retry_as_json_says_what_still_fails(
    failed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    still = [{"product": "p-2", "code": "", "words": "Taken."}]
    told = {"linked": ["p-1"], "failed": still, "waiting": [], "calls": 2}
    monkeypatch.setattr("cli.screen.waiting.push_now", lambda *_: told)
    assert json.loads(typed("retry", "--json", status=1)) == told
    assert json.loads(typed("retry", "--json", "--dry-run")) == {"products": failed}
    failed.clear()
    assert json.loads(typed("retry", "--json"))["linked"] == []
