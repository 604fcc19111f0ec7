"""A call to X-Series: its token, its time, its quota, and what is repeated."""

import json
from decimal import Decimal

import pytest
import requests

from tests.unit.adapters.canned_http import Step, answer
from tests.unit.adapters.lightspeed_x.rows import ADDRESS, calls_on
from tillbridge.adapters.lightspeed_x.calls import Ask
from tillbridge.adapters.pos_session import AnswerTooLarge, body_of
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.errors import LostReply, NeedsAttention, OutOfTime, PosDown
from tillbridge.domain.spending import Spender

LIST = Ask("GET", "/products", query={"after": "7"})
CREATE = Ask("POST", "/products", body={"name": "Lamp"}, repeatable=False)
DOWN = requests.ConnectionError("reset")


def left(calls_left: int) -> Step:
    headers = {"X-RateLimit-Limit": "350", "X-RateLimit-Remaining": str(calls_left)}
    return answer(200, b"{}", headers)


def test_a_call_carries_its_token_its_version_and_who_we_are() -> None:
    calls, canned, _ = calls_on(answer(200))
    calls.send(LIST)
    (asked,) = canned.asked
    assert asked.url == f"{ADDRESS}/api/2026-07/products?after=7"
    assert asked.headers["Authorization"] == "Bearer sesame"
    assert asked.headers["User-Agent"].startswith("tillbridge/")
    assert "Content-Type" not in asked.headers


def test_an_id_cannot_leave_its_place_in_the_path() -> None:
    calls, canned, _ = calls_on(answer(200))
    calls.send(Ask("GET", "/products/{id}", ("../retailer?x={id}",)))
    assert canned.asked[0].url == f"{ADDRESS}/api/2026-07/products/..%2Fretailer%3Fx%3D%7Bid%7D"


def test_a_body_is_json() -> None:
    calls, canned, _ = calls_on(answer(201))
    calls.send(CREATE)
    assert json.loads(canned.asked[0].body or b"") == {"name": "Lamp"}
    assert canned.asked[0].headers["Content-Type"] == "application/json"


def test_a_dead_token_is_read_anew_once_and_then_needs_a_person() -> None:
    tokens = {False: "old", True: "new"}
    calls, canned, _ = calls_on(answer(401), answer(200), token=tokens.__getitem__)
    assert calls.send(LIST).status == 200
    assert [each.headers["Authorization"] for each in canned.asked] == ["Bearer old", "Bearer new"]
    calls, canned, _ = calls_on(answer(401), answer(401), token=tokens.__getitem__)
    with pytest.raises(NeedsAttention) as dead:
        calls.send(LIST)
    assert dead.value.code == AttentionCode.POS_TOKEN_DEAD
    assert len(canned.asked) == 2


@pytest.mark.parametrize("lost", [DOWN, answer(502)])
def test_a_create_whose_answer_is_lost_is_never_sent_twice(lost: Step | Exception) -> None:
    calls, canned, _ = calls_on(lost)
    with pytest.raises(LostReply):
        calls.send(CREATE)
    assert len(canned.asked) == 1


def test_a_create_that_was_surely_not_sent_is_sent_again() -> None:
    calls, canned, _ = calls_on(requests.ConnectTimeout("slow"), answer(201))
    assert calls.send(CREATE).status == 201
    assert len(canned.asked) == 2


def test_without_time_nothing_is_sent() -> None:
    calls, canned, clock = calls_on(answer(200))
    clock.advance(59.5)
    with pytest.raises(OutOfTime):
        calls.send(LIST)
    assert canned.asked == []


def test_who_has_spent_their_share_waits_for_the_end_of_the_window() -> None:
    calls, canned, clock = calls_on(left(176), left(175), left(349), spender=Spender.WALK)
    calls.send(LIST)
    clock.advance(10)
    calls.send(LIST)
    assert calls.quota_left == Decimal("0.5")
    with pytest.raises(PosDown) as spent:
        calls.send(LIST)
    assert spent.value.wait == 290
    assert len(canned.asked) == 2


def test_the_poll_of_each_minute_spends_to_the_last_call() -> None:
    calls, canned, _ = calls_on(left(1), left(0))
    assert not calls.quota_left
    calls.send(LIST)
    calls.send(LIST)
    with pytest.raises(PosDown):
        calls.send(LIST)
    assert len(canned.asked) == 2
    assert (calls.quota_left, calls.limit) == (Decimal(0), 350)


def test_each_call_is_told_without_its_token() -> None:
    heard: list[CallMade] = []
    calls, _, clock = calls_on(answer(404, b""), DOWN, left(9), told=heard.append)
    calls.send(Ask("GET", "/products/{id}", ("p-1",)))
    calls.send(LIST)
    at = clock.now_ms()
    assert [(each.name, each.status, each.left) for each in heard] == [
        ("GET /products/{id}", 404, -1),
        ("GET /products", 0, -1),
        ("GET /products", 200, 9),
    ]
    assert heard[-1].at_ms == at
    assert "sesame" not in repr(heard)


def test_an_answer_that_is_too_large_is_not_asked_for_again_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tillbridge.adapters.http.MOST_BYTES", 10)
    calls, canned, _ = calls_on(answer(200, b"x" * 11))
    with pytest.raises(AnswerTooLarge):
        calls.send(LIST)
    assert len(canned.asked) == 1
    calls, canned, _ = calls_on(answer(201, b"x" * 11))
    with pytest.raises(LostReply):
        calls.send(CREATE)
    assert len(canned.asked) == 1


def test_a_redirect_is_not_followed() -> None:
    calls, canned, _ = calls_on(answer(302, b"", {"Location": "https://elsewhere.example/"}))
    with pytest.raises(PosDown):
        calls.send(LIST)
    assert len(canned.asked) == 1


def test_numbers_are_read_exactly_and_a_page_of_words_is_no_answer() -> None:
    calls, _, _ = calls_on(answer(200, b'{"n": 12345678901234.12345}'), answer(200, b"<html>"))
    assert body_of(calls.send(LIST)) == {"n": Decimal("12345678901234.12345")}
    with pytest.raises(PosDown, match="not JSON"):
        body_of(calls.send(LIST))
