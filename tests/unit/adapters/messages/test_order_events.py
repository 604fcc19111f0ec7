"""Web orders on the bus: ten a call, long ones alone, and what the bus does not take is said."""

from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from tests.unit.domain.web_orders.orders import NOW_MS, a_line, an_entry
from tillbridge.adapters.messages.order_events import BusOrderEvents
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.web_orders.order_events import OrderEvent, OrderEventType


class Bus:
    """A bus that notes what is put on it."""

    def __init__(self, missed: int = 0) -> None:
        self.calls: list[list[dict[str, str]]] = []
        self.missed = missed

    def put_events(self, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803 - boto3's name
        self.calls.append(Entries)
        return {"FailedEntryCount": self.missed}


def _event(number: int, lines: int = 1) -> OrderEvent:
    entry = an_entry(*(a_line(place) for place in range(1, lines + 1)))
    order = replace(entry.order, id=WebOrderId(number))
    entry = replace(entry, order=order)
    return OrderEvent(OrderEventType.BOOKED, StoreId("harbour"), entry, NOW_MS)


def test_ten_go_in_a_call_to_the_named_bus() -> None:
    bus = Bus()
    BusOrderEvents(bus, "till").tell([_event(n) for n in range(1, 24)])  # type: ignore[arg-type]  # a client of one call
    assert [len(call) for call in bus.calls] == [10, 10, 3]
    first = bus.calls[0][0]
    assert (first["Source"], first["DetailType"]) == ("tillbridge.orders", "web_order.booked")
    assert first["EventBusName"] == "till"


def test_a_long_order_goes_alone_and_fits() -> None:
    bus = Bus()
    BusOrderEvents(bus, "till").tell([_event(1), _event(2, 500), _event(3)])  # type: ignore[arg-type]  # as above
    assert sorted(len(call) for call in bus.calls) == [1, 2]
    assert max(len(each["Detail"].encode()) for call in bus.calls for each in call) < 256_000


def test_nothing_to_tell_makes_no_call() -> None:
    bus = Bus()
    BusOrderEvents(bus, "till").tell([])  # type: ignore[arg-type]  # as above
    assert bus.calls == []


def test_what_the_bus_does_not_take_is_said() -> None:
    with pytest.raises(RetryLater, match="1 of 1"):
        BusOrderEvents(Bus(missed=1), "till").tell([_event(1)])  # type: ignore[arg-type]  # as above


def test_a_bus_that_cannot_be_reached_is_trouble_of_the_moment() -> None:
    bus = Bus()

    def unreachable(Entries: object) -> dict[str, Any]:  # noqa: N803 - boto3's name
        raise EndpointConnectionError(endpoint_url="https://events")

    bus.put_events = unreachable  # type: ignore[method-assign]  # no network
    with pytest.raises(RetryLater):
        BusOrderEvents(bus, "till").tell([_event(1)])  # type: ignore[arg-type]  # as above
