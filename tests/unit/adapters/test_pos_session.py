"""What calls to a POS have in common, whoever made it: each line is told of the contract's POS and of X-Series."""

import logging
import traceback
from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, Step, answer
from tillbridge.adapters.http import Incoming, Outgoing
from tillbridge.adapters.lightspeed_x.calls import Ask, LightspeedCalls
from tillbridge.adapters.pos_cloud.calls import PosCalls
from tillbridge.adapters.pos_session import PosCall
from tillbridge.domain.errors import LostReply, PosDown, RetryLater, TillbridgeError

ADDRESS = "https://pos.example"

type Send = Callable[[Canned, FakeClock, float], Any]


def _by_contract(canned: Canned, clock: FakeClock, seconds: float) -> Any:
    deadline = clock.now_ms() + round(seconds * 1_000)
    calls = PosCalls(ADDRESS, lambda _: "sesame", clock, deadline, canned.http_session())
    return calls.send(PosCall("GET", "/v1/products"))


def _by_x_series(canned: Canned, clock: FakeClock, seconds: float) -> Any:
    deadline = clock.now_ms() + round(seconds * 1_000)
    calls = LightspeedCalls(ADDRESS, lambda _: "sesame", clock, deadline, canned.http_session())
    return calls.send(Ask("GET", "/products"))


@pytest.fixture(params=[_by_contract, _by_x_series])
def send(request: pytest.FixtureRequest) -> Send:
    chosen: Send = request.param
    return chosen


@pytest.mark.parametrize("trouble", [answer(500), answer(408), requests.ConnectionError("reset")])
def test_trouble_is_tried_again_twice_and_then_told(send: Send, trouble: Step | Exception) -> None:
    canned, clock = Canned([trouble, trouble, answer(200)]), FakeClock()
    assert send(canned, clock, 60).status == 200
    assert len(clock.slept) == 2
    canned = Canned([trouble] * 3)
    with pytest.raises(PosDown, match="The POS cannot be reached"):
        send(canned, FakeClock(), 60)
    assert len(canned.asked) == 3


@pytest.mark.parametrize("status", [408, 503])
def test_whoever_names_a_wait_is_not_asked_before_it(send: Send, status: int) -> None:
    canned = Canned([answer(status, b"", {"Retry-After": "30"})])
    with pytest.raises(PosDown) as down:
        send(canned, FakeClock(), 60)
    assert (down.value.wait, len(canned.asked)) == (30, 1)


def test_what_was_never_made_is_not_asked_for_again() -> None:
    canned = Canned([answer(501)])
    assert _by_contract(canned, FakeClock(), 60).status == 501
    canned = Canned([answer(501)])
    with pytest.raises(PosDown, match="nothing at /products"):
        _by_x_series(canned, FakeClock(), 60)
    assert len(canned.asked) == 1


@pytest.mark.parametrize(("seconds", "read"), [(60, 20), (5, 5)])
def test_no_call_outlives_the_slice(send: Send, seconds: float, read: float) -> None:
    canned = Canned([answer(200)])
    send(canned, FakeClock(), seconds)
    assert [waiting for _, waiting in canned.timeouts] == [read]


def test_without_a_second_left_nothing_is_sent(send: Send) -> None:
    canned = Canned([])
    with pytest.raises(RetryLater):
        send(canned, FakeClock(), 0.9)
    assert canned.asked == []


def test_a_create_that_the_server_gave_up_waiting_for_may_have_been_done() -> None:
    canned, clock = Canned([answer(408)]), FakeClock()
    calls = LightspeedCalls(ADDRESS, lambda _: "sesame", clock, 2**62, canned.http_session())
    with pytest.raises(LostReply):
        calls.send(Ask("POST", "/products", body={}, repeatable=False))
    assert len(canned.asked) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        answer(401, b'{"error": "token sesame is dead"}'),
        answer(403),
        answer(408),
        answer(429),
        answer(503),
        requests.ConnectionError("reset"),
        requests.exceptions.InvalidHeader("Bearer sesame"),
    ],
)
def test_no_log_and_no_traceback_of_trouble_holds_the_token(
    send: Send, trouble: Step | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(TillbridgeError) as raised:
        send(Canned([trouble] * 3), FakeClock(), 60)
    told = "".join(traceback.format_exception(raised.value))
    assert "sesame" not in told + caplog.text


def test_no_representation_of_a_call_or_an_answer_shows_what_it_carries() -> None:
    call = Outgoing("POST", ADDRESS, {"Authorization": "Bearer sesame"}, body=b"secret=sesame")
    assert "sesame" not in repr((call, Incoming(200, {}, b'{"access_token": "sesame"}')))
