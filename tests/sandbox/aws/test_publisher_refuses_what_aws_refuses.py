"""The local bus takes anything; what AWS would refuse must fail here, before it is sent."""

import json
from typing import Any

import pytest

from sandbox.aws.publisher import MAX_BYTES, BusEvent, EventRefusedError, put_events


class RecordingBus:
    """An EventBridge client that takes what it is given; `fails` names detail-types it refuses."""

    def __init__(self, *fails: str) -> None:
        self.calls: list[list[dict[str, Any]]] = []
        self.fails = fails

    def put_events(self, *, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        self.calls.append(Entries)
        said = [
            {"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}
            if entry["DetailType"] in self.fails
            else {"EventId": f"id-{entry['Detail']}"}
            for entry in Entries
        ]
        return {"FailedEntryCount": sum("ErrorCode" in s for s in said), "Entries": said}


def _send(bus: RecordingBus, *events: BusEvent) -> tuple[str, ...]:
    return put_events(bus, "a-bus", events)  # type: ignore[arg-type]


def _event(number: int = 0, text: str = "") -> BusEvent:
    return BusEvent("pos.reference", "product.saved", {"number": number, "text": text})


def test_events_go_in_order_ten_to_a_call() -> None:
    bus = RecordingBus()
    ids = _send(bus, *(_event(n) for n in range(23)))
    assert [len(call) for call in bus.calls] == [10, 10, 3]
    sent = [json.loads(entry["Detail"])["number"] for call in bus.calls for entry in call]
    assert sent == list(range(23))
    assert len(ids) == 23


def test_large_events_share_a_call_only_as_far_as_aws_allows() -> None:
    bus = RecordingBus()
    _send(bus, *(_event(n, "x" * (MAX_BYTES // 3)) for n in range(4)))
    assert [len(call) for call in bus.calls] == [2, 2]


def test_an_event_over_one_mebibyte_is_refused_in_bytes_not_letters() -> None:
    _send(RecordingBus(), _event(text="x" * (MAX_BYTES - 200)))
    with pytest.raises(EventRefusedError, match="claim check"):
        _send(RecordingBus(), _event(text="x" * MAX_BYTES))


@pytest.mark.parametrize(
    "event",
    [
        BusEvent("", "product.saved", {}),
        BusEvent("pos.reference", "", {}),
        BusEvent("aws.events", "product.saved", {}),
    ],
)
def test_an_event_without_a_source_or_type_or_with_an_aws_source_is_refused(
    event: BusEvent,
) -> None:
    bus = RecordingBus()
    with pytest.raises(EventRefusedError):
        _send(bus, event)
    assert bus.calls == []


def test_a_number_that_is_no_json_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        _send(RecordingBus(), BusEvent("pos.reference", "product.saved", {"n": float("nan")}))


def test_an_entry_that_the_bus_did_not_take_is_not_passed_over() -> None:
    bus = RecordingBus("sale.completed")
    with pytest.raises(EventRefusedError, match=r"sale\.completed: ThrottlingException"):
        _send(bus, _event(), BusEvent("pos.reference", "sale.completed", {}))
