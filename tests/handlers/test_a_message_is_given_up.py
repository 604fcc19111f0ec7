"""A message that fails on a bug is given up with its reason in its fifth receive; one that only waits
never is."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.aws.package import load_template
from tests.builders import a_connection
from tests.docs.prose import ROOT
from tests.fakes.dead_letters import FakeDeadLetters
from tests.handlers.conftest import Handler, LoadEvent, import_handler
from tests.import_world import ImportWorld
from tests.template.rules.reading import functions, queues, sqs_sources
from tests.world import World
from tillbridge.domain.errors import RetryLater, UnreadableStore
from tillbridge.domain.ids import StoreId

GIVEN_UP_BY = {"IntakeFunction", "ImportFunction"}
TWO_DAYS_S = 2 * 24 * 3600


def received(event: dict[str, Any], times: int) -> dict[str, Any]:
    for record in event["Records"]:
        record["attributes"]["ApproximateReceiveCount"] = str(times)
    return event


@pytest.fixture
def fails_on_a_bug(
    intake: Handler, load_event: LoadEvent, world: World, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], bool]:
    """Return a function that has intake fail on a message in a certain receive, and returns whether
    the message returns to its queue."""
    monkeypatch.setattr(world.pending, "mark", lambda _: 1 // 0)

    def play(times: int) -> bool:
        event = received(load_event("intake.product.saved"), times)
        return bool(intake(event)["batchItemFailures"])

    return play


@pytest.mark.parametrize(("times", "kept"), [(1, True), (4, True), (5, False), (900, False)])
def test_a_bug_is_given_up_in_the_fifth_receive_with_its_reason(
    times: int,
    kept: bool,
    fails_on_a_bug: Callable[[int], bool],
    load_event: LoadEvent,
    dead_letters: FakeDeadLetters,
) -> None:
    assert fails_on_a_bug(times) is kept
    assert len(dead_letters.letters) == (0 if kept else 1)
    for body, reason in dead_letters.letters:
        assert body == load_event("intake.product.saved")["Records"][0]["body"]
        assert "failed on this message 5 times" in reason
        assert "ZeroDivisionError" in reason


@pytest.mark.parametrize("trouble", [RetryLater("Busy."), UnreadableStore("Odd.")], ids=repr)
def test_what_only_waits_is_never_given_up(
    trouble: Exception,
    intake: Handler,
    load_event: LoadEvent,
    world: World,
    dead_letters: FakeDeadLetters,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def waits(_: object) -> None:
        raise trouble

    monkeypatch.setattr(world.stores, "find", waits)
    event = received(load_event("intake.product.saved"), 999)
    assert len(intake(event)["batchItemFailures"]) == 1
    assert dead_letters.letters == []


def test_import_gives_up_the_message_that_fails_and_goes_on_with_its_group(
    load_event: LoadEvent, dead_letters: FakeDeadLetters, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = ImportWorld(connection=a_connection(StoreId("demo")))
    handler = import_handler(shop, dead_letters, monkeypatch)
    monkeypatch.setattr(shop.catalogue, "page", lambda *_: 1 // 0)
    event = received(load_event("import.page"), 5)
    assert handler(event)["batchItemFailures"] == []
    assert len(dead_letters.letters) == 1


def test_when_it_cannot_be_put_apart_it_returns_once_more(
    fails_on_a_bug: Callable[[int], bool],
    dead_letters: FakeDeadLetters,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dead_letters, "put", lambda *_: 1 // 0)
    assert fails_on_a_bug(7)


def test_the_queues_of_functions_that_give_up_themselves_let_a_message_wait_for_days() -> None:
    template = load_template(ROOT / "template.yaml")
    assert functions(template)
    for name, queue, _ in sqs_sources(template):
        most = queues(template)[queue]["RedrivePolicy"]["maxReceiveCount"]
        waits_s = most * queues(template)[queue]["VisibilityTimeout"]
        assert (waits_s >= TWO_DAYS_S) is (name in GIVEN_UP_BY), queue
