"""What every answer carries, and what is told where something goes wrong."""

import logging

import pytest

from tests.console_house import (
    OURS,
    REQUEST_ID,
    ConsoleHouse,
    a_person,
    a_route,
    text_of,
)
from tests.unit.console.guarded_pages import PLANS, Pages, pages
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.errors import BadCursor, CannotAsk, RetryLater, SavedByNewer, UnknownStore
from tillbridge.domain.people import Right

__all__ = ["pages"]


@pytest.mark.parametrize("place", ["/a\r\nSet-Cookie: b=c", "//evil.example", "https://x.example"])
def test_a_page_that_would_lead_elsewhere_is_a_fault(place: str) -> None:
    house = ConsoleHouse([a_route("/", lambda visit, deps: Answer(location=place, status=303))])
    assert house.get("/", a_person())["statusCode"] == 500


def test_a_header_with_a_line_break_is_a_fault() -> None:
    odd = Answer(headers={"x-search": "a\r\nset-cookie: b=c"})
    house = ConsoleHouse([a_route("/", lambda visit, deps: odd)])
    answer = house.get("/", a_person())
    assert (answer["statusCode"], "x-search" in answer["headers"]) == (500, False)


def test_every_answer_carries_the_policy(pages: Pages) -> None:
    house = pages.house
    answers = [
        house.get("/stores/demo/pos", a_person()),
        house.call("GET", "/nowhere"),
        house.call("GET", "/sign-in"),
        house.call("GET", "/health"),
        house.call("GET", "/api/v1/me"),
        house.call("POST", PLANS, headers={**OURS}),
    ]
    for answer in answers:
        policy = answer["headers"]["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "unsafe" not in policy
        assert answer["headers"]["cache-control"] == "no-store"
        assert answer["headers"]["x-content-type-options"] == "nosniff"
        assert answer["headers"]["strict-transport-security"]


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (UnknownStore("demo"), 404),
        (BadCursor("x"), 400),
        (CannotAsk("Choose something <first>."), 409),
        (RetryLater("busy", 3.2), 503),
        (ValueError("hunter2"), 500),
    ],
    ids=lambda each: str(each)[:20],
)
def test_trouble_of_a_page_is_told_on_a_page(trouble: Exception, status: int) -> None:
    def fails(visit: Visit, deps: object) -> Answer:
        raise trouble

    answer = ConsoleHouse([a_route("/", fails)]).get("/", a_person())
    assert answer["statusCode"] == status
    assert "hunter2" not in text_of(answer)
    assert "<first>" not in text_of(answer)
    assert answer["headers"].get("retry-after") == ("4" if status == 503 else None)


def test_what_a_newer_release_saved_is_told_in_words() -> None:
    def fails(visit: Visit, deps: object) -> Answer:
        raise SavedByNewer("This row", 2, 1)

    answer = ConsoleHouse([a_route("/", fails)]).get("/", a_person())
    assert answer["statusCode"] == 500
    assert "Deploy the newer one again" in text_of(answer)


def test_a_fault_is_logged_under_its_request_without_what_was_typed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(visit: Visit, deps: object) -> Answer:
        return Answer(str(int(visit.form["price"][0])))

    house = ConsoleHouse([a_route("/stores/{store}", fails, method="POST", right=Right.ACT)])
    with caplog.at_level(logging.DEBUG):
        answer = house.post("/stores/demo", a_person(), {"price": "hunter2"})
    assert REQUEST_ID in text_of(answer)
    (line,) = [each for each in caplog.records if each.getMessage() == "page failed"]
    logged = str(vars(line))
    assert REQUEST_ID in logged
    assert "ValueError" in logged
    assert "hunter2" not in logged
    assert "__Host-tb" not in logged


def test_no_answer_and_no_log_line_holds_a_key_or_the_session(
    pages: Pages, caplog: pytest.LogCaptureFixture
) -> None:
    house = pages.house
    cookie = house.cookie(house.session(a_person()))
    with caplog.at_level(logging.DEBUG):
        answers = [house.get("/stores/demo/pos", a_person()), house.post(PLANS, a_person())]
    shown = str(answers) + str([vars(each) for each in caplog.records])
    for secret in (house.keys.now[0].decode(), cookie.partition("=")[2]):
        assert secret not in shown
    assert "cookie" not in pages.visits[0].headers


def test_a_long_page_is_packed_for_a_browser_that_unpacks() -> None:
    house = ConsoleHouse([a_route("/", lambda visit, deps: Answer("päge " * 1_000))])
    packed = house.get("/", a_person(), **{"accept-encoding": "br, gzip"})
    plain = house.get("/", a_person(), **{"accept-encoding": "br, gzip;q=0"})
    assert packed["headers"]["content-encoding"] == "gzip"
    assert len(packed["body"]) < 500 < len(plain["body"])
    assert text_of(packed) == text_of(plain) == "päge " * 1_000


def test_a_page_that_did_not_change_is_not_sent_again() -> None:
    house = ConsoleHouse([a_route("/", lambda visit, deps: Answer("x", headers={"ETag": '"1"'}))])
    answer = house.get("/", a_person(), **{"if-none-match": '"1"'})
    assert (answer["statusCode"], answer["body"]) == (304, "")
