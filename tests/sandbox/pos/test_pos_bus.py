"""Publishing to EventBridge: what AWS refuses is refused here, and nothing is lost in silence."""

from __future__ import annotations

from typing import Any, cast

import pytest

from sandbox.pos.bus import BusPublisher
from sandbox.pos.publisher import PublishError


class Events:
    """Stands in for boto3's client; each answer is a list of error codes by entry, used in turn."""

    def __init__(self, *answers: list[str | None]) -> None:
        self.calls: list[list[dict[str, Any]]] = []
        self._answers = list(answers)

    def put_events(self, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - boto3's name
        self.calls.append(Entries)
        codes = self._answers.pop(0) if self._answers else [None] * len(Entries)
        results = [{"ErrorCode": code} if code else {"EventId": "1"} for code in codes]
        return {"FailedEntryCount": sum(code is not None for code in codes), "Entries": results}


def an_entry(**changes: Any) -> dict[str, Any]:
    return {"source": "pos.reference", "detail-type": "sale.completed", "detail": {}} | changes


def publisher(events: Events) -> BusPublisher:
    return BusPublisher(cast(Any, events), "bus")


def test_at_most_ten_entries_go_in_one_call() -> None:
    events = Events()
    publisher(events).publish([an_entry()] * 23)
    assert [len(call) for call in events.calls] == [10, 10, 3]


def test_entries_that_together_are_too_large_go_in_several_calls() -> None:
    events = Events()
    publisher(events).publish([an_entry(detail={"x": "a" * 600_000})] * 2)
    assert [len(call) for call in events.calls] == [1, 1]


def test_an_entry_the_bus_did_not_take_is_sent_again_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sandbox.pos.bus.time.sleep", lambda _: None)
    events = Events([None, "ThrottlingException"])
    publisher(events).publish([an_entry(), an_entry(detail={"second": True})])
    assert [entry["Detail"] for entry in events.calls[1]] == ['{"second":true}']


def test_an_entry_the_bus_never_takes_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.pos.bus.time.sleep", lambda _: None)
    failing: list[str | None] = ["InternalFailure"]
    with pytest.raises(PublishError, match="InternalFailure"):
        publisher(Events(failing, failing, failing)).publish([an_entry()])


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (an_entry(detail="not json"), "not a JSON object"),
        (an_entry(detail="[]"), "not a JSON object"),
        (an_entry(source=""), "needs a source"),
        (an_entry(source="aws.pos"), "Amazon"),
        (an_entry(detail={"x": "a" * 1_100_000}), "larger"),
    ],
)
def test_what_aws_would_refuse_is_refused_before_it_is_sent(
    entry: dict[str, Any], words: str
) -> None:
    events = Events()
    with pytest.raises(PublishError, match=words):
        publisher(events).publish([entry])
    assert events.calls == []
