"""`orders` over its golden signals."""

import json
from collections.abc import Iterator

import pytest

from tests.booking_world import BookingWorld
from tests.handlers.conftest import Handler, LoadEvent
from tillbridge.domain.web_orders.entry import LaneState


def _metrics(printed: str) -> Iterator[dict[str, object]]:
    for line in printed.splitlines():
        if line.startswith('{"_aws"'):
            yield json.loads(line)


def test_a_signal_has_the_pos_told(
    orders: Handler, load_event: LoadEvent, booking: BookingWorld
) -> None:
    booking.order(2)
    assert orders(load_event("orders.signal")) == {"batchItemFailures": []}
    assert booking.state() is LaneState.BOOKED


def test_a_signal_too_many_makes_no_call_and_prints_no_metric(
    orders: Handler,
    load_event: LoadEvent,
    booking: BookingWorld,
    capsys: pytest.CaptureFixture[str],
) -> None:
    orders(load_event("orders.signal"))
    assert booking.pos.calls == []
    assert list(_metrics(capsys.readouterr().out)) == []


def test_what_is_overdue_is_counted_for_the_alarm(
    orders: Handler,
    load_event: LoadEvent,
    booking: BookingWorld,
    capsys: pytest.CaptureFixture[str],
) -> None:
    booking.pos.by_person = True
    booking.order(2)
    orders(load_event("orders.signal"))
    booking.clock.advance(16 * 60)
    capsys.readouterr()
    orders(load_event("orders.signal"))
    (metric,) = _metrics(capsys.readouterr().out)
    assert metric["orders_overdue"] == [1.0]
