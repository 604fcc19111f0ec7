"""Web orders on the bus: ten a call and no more bytes than one may have, and what is not taken is said."""

import json
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from tests.unit.domain.web_orders.orders import NOW_MS, a_line, an_entry
from tillbridge.adapters.messages.bus_calls import A_CALL_BYTES
from tillbridge.adapters.messages.order_events import BusOrderEvents
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.web_orders.order_events import OrderEvent, OrderEventType

type Entries = list[dict[str, str]]


class Bus:
    """A bus that notes what is put on it; `refuses`: so often it does not take these orders."""

    def __init__(self, refuses: dict[int, int] | None = None) -> None:
        self.calls: list[Entries] = []
        self.refuses = refuses or {}

    def put_events(self, Entries: Entries) -> dict[str, Any]:  # noqa: N803 - boto3's name
        self.calls.append(Entries)
        answers = [self._answer(json.loads(each["Detail"])) for each in Entries]
        missed = sum("ErrorCode" in each for each in answers)
        return {"FailedEntryCount": missed, "Entries": answers}

    def _answer(self, detail: dict[str, Any]) -> dict[str, str]:
        number = detail["data"]["order"]["id"]
        if not self.refuses.get(number):
            return {"EventId": "e"}
        self.refuses[number] -= 1
        return {"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}


def _told_by(bus: Bus) -> BusOrderEvents:
    return BusOrderEvents(lambda: bus, "till")  # type: ignore[arg-type, return-value]  # a client of one call


def _event(number: int, lines: int = 1) -> OrderEvent:
    entry = an_entry(*(a_line(place) for place in range(1, lines + 1)))
    order = replace(entry.order, id=WebOrderId(number))
    return OrderEvent(
        OrderEventType.BOOKED, StoreId("harbour"), replace(entry, order=order), NOW_MS
    )


def test_ten_go_in_a_call_to_the_named_bus() -> None:
    bus = Bus()
    assert _told_by(bus).tell([_event(n) for n in range(1, 24)]) == []
    assert [len(call) for call in bus.calls] == [10, 10, 3]
    first = bus.calls[0][0]
    assert (first["Source"], first["DetailType"]) == ("tillbridge.orders", "web_order.booked")
    assert first["EventBusName"] == "till"


def test_long_orders_share_a_call_as_far_as_they_fit_and_stay_in_order() -> None:
    bus = Bus()
    assert _told_by(bus).tell([_event(n, 300) for n in range(1, 12)]) == []
    sizes = [
        sum(len((e["Source"] + e["DetailType"] + e["Detail"]).encode()) for e in call)
        for call in bus.calls
    ]
    assert A_CALL_BYTES / 2 < max(sizes) <= A_CALL_BYTES
    numbers = [json.loads(e["Detail"])["data"]["order"]["id"] for call in bus.calls for e in call]
    assert numbers == list(range(1, 12))


def test_an_event_that_no_call_holds_is_logged_and_holds_up_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bus = Bus()
    assert _told_by(bus).tell([_event(1), _event(2, 3_000), _event(3)]) == []
    assert [len(call) for call in bus.calls] == [2]
    (line,) = caplog.records
    assert (vars(line)["store_id"], vars(line)["order_id"]) == ("harbour", 2)


def test_nothing_to_tell_asks_for_no_client() -> None:
    def nobody() -> Any:
        raise AssertionError

    assert BusOrderEvents(nobody, "till").tell([]) == []


def test_what_the_bus_did_not_take_at_first_is_put_once_more_alone() -> None:
    bus = Bus(refuses={2: 1})
    assert _told_by(bus).tell([_event(1), _event(2), _event(3)]) == []
    assert [len(call) for call in bus.calls] == [3, 1]


def test_what_the_bus_does_not_take_is_said() -> None:
    lost = _event(2)
    assert _told_by(Bus(refuses={2: 9})).tell([_event(1), lost, _event(3)]) == [lost]


@pytest.mark.parametrize(
    "trouble",
    [
        EndpointConnectionError(endpoint_url="https://events"),
        ClientError({"Error": {"Code": "AccessDeniedException"}}, "PutEvents"),
    ],
)
def test_a_bus_that_gives_no_answer_is_asked_once_and_took_nothing(trouble: Exception) -> None:
    calls = 0

    class Silent(Bus):
        def put_events(self, Entries: Entries) -> dict[str, Any]:  # noqa: N803 - boto3's name
            nonlocal calls
            calls += 1
            raise trouble

    events = [_event(n) for n in range(1, 24)]
    assert _told_by(Silent()).tell(events) == events
    assert calls == 1
