"""Fact 13: the limit, its headers, the 429 with a date, and who must say who they are."""

from email.utils import parsedate_to_datetime

import pytest

from tests.sandbox.lightspeed_x.conftest import Clock, Shop


def spend(shop: Shop, calls: int) -> None:
    for _ in range(calls):
        assert shop.call("GET", "/outlets").status_code == 200


@pytest.mark.parametrize(("registers", "limit"), [(1, 350), (2, 650), (4, 1_250)])
def test_the_limit_is_three_hundred_a_register_and_fifty(
    clock: Clock, registers: int, limit: int
) -> None:
    shop = Shop(clock, registers=registers)
    headers = shop.call("GET", "/outlets").headers
    assert headers["X-RateLimit-Limit"] == str(limit)
    assert headers["X-RateLimit-Remaining"] == str(limit - 1)
    assert len(shop.get("/registers")["data"]) == registers


def test_beyond_the_limit_calls_are_refused_until_a_date(shop: Shop, clock: Clock) -> None:
    shop.control.spend(348)
    spend(shop, 2)
    refused = shop.call("GET", "/outlets")
    assert refused.status_code == 429
    assert refused.json() == {
        "error": "too_many_requests",
        "message": "The limit of calls is reached.",
    }
    until = parsedate_to_datetime(refused.headers["Retry-After"]).timestamp()
    assert 0 < until - clock.now <= 300
    clock.now = until
    spend(shop, 350)
    assert shop.call("GET", "/outlets").status_code == 429


def test_windows_are_fixed_whoever_calls(shop: Shop, clock: Clock) -> None:
    clock.now = 300.0 * 5_000_000 + 299
    shop.control.spend(350)
    assert shop.call("GET", "/outlets").status_code == 429
    clock.now += 1
    assert shop.call("GET", "/outlets").headers["X-RateLimit-Remaining"] == "349"


def test_every_answer_tells_what_is_left_a_refusal_too(shop: Shop) -> None:
    for path in ("/products", "/nonsense", "/products?colour=red"):
        assert "X-RateLimit-Remaining" in shop.call("GET", path).headers


def test_refused_calls_cost_nothing(shop: Shop) -> None:
    shop.control.spend(350)
    for _ in range(3):
        shop.call("GET", "/outlets")
    assert shop.account.quota.used == 350


def test_a_client_says_who_it_is(shop: Shop) -> None:
    answer = shop.call("GET", "/outlets", headers={"User-Agent": ""})
    assert answer.status_code == 400
    assert "User-Agent" in answer.json()["message"]


@pytest.mark.parametrize("path", ["/nonsense", "/products/unknown", "/products?after=x"])
def test_errors_are_two_texts_and_no_problem_document(shop: Shop, path: str) -> None:
    answer = shop.call("GET", path)
    assert answer.status_code in (400, 404)
    assert set(answer.json()) == {"error", "message"}
    assert answer.headers["Content-Type"] == "application/json"


def test_a_walk_can_be_refused_in_its_middle(shop: Shop, clock: Clock) -> None:
    shop.control.hazards(refuse_after=2, refuse_calls=2, retry_after_s=7)
    statuses = [shop.call("GET", "/outlets").status_code for _ in range(5)]
    assert statuses == [200, 200, 429, 429, 200]


def test_the_date_of_such_a_refusal_is_the_one_that_was_set(shop: Shop, clock: Clock) -> None:
    shop.control.hazards(refuse_after=0, retry_after_s=7)
    until = parsedate_to_datetime(shop.call("GET", "/outlets").headers["Retry-After"]).timestamp()
    assert 7 <= until - clock.now < 8
