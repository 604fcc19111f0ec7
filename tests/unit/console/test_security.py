"""What is thrown at the console: forged forms and cookies, tricky addresses, large bodies, words that look like
headers. Nothing of it does anything, and no secret shows."""

import logging
from typing import Any
from urllib.parse import unquote

import pytest

from tests.console_house import (
    FORM,
    OURS,
    REQUEST_ID,
    URL,
    ConsoleHouse,
    a_person,
    a_route,
    text_of,
)
from tillbridge.console.app import answered
from tillbridge.console.call import LONGEST_BODY
from tillbridge.console.parts import Console
from tillbridge.console.render import address
from tillbridge.console.session import form_token
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.errors import BadCursor, CannotAsk, RetryLater, SavedByNewer, UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.people import Right

PLANS = "/stores/demo/plans"


class Pages:
    """Two pages that remember who came."""

    def __init__(self) -> None:
        self.visits: list[Visit] = []
        self.house = ConsoleHouse(
            [
                a_route("/stores/{store}/plans", self._took, method="POST", right=Right.ACT),
                a_route("/stores/{store}/pos", self._took, right=Right.SEE),
                a_route("/stores/{store}/products/{product}", self._took, right=Right.SEE),
            ]
        )

    def _took(self, visit: Visit, deps: object) -> Answer:
        self.visits.append(visit)
        return Answer("done")


@pytest.fixture
def pages() -> Pages:
    return Pages()


# --- forms that others send ----------------------------------------------------------------------


def test_a_form_of_ours_is_taken_and_its_token_is_no_value_of_it(pages: Pages) -> None:
    assert pages.house.post(PLANS, a_person(), {"do": "push"})["statusCode"] == 200
    assert pages.visits[0].form == {"do": ["push"]}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},  # another port of this host
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://console.example.evil.example"},
        {"origin": "http://console.example"},
        {},
    ],
    ids=str,
)
def test_a_form_of_another_page_is_refused(pages: Pages, headers: dict[str, str]) -> None:
    session = pages.house.session(a_person())
    token = form_token(session, pages.house.keys.now[0])
    answer = pages.house.call(
        "POST",
        PLANS,
        cookies=[pages.house.cookie(session)],
        headers={"content-type": FORM["content-type"], "host": "console.example", **headers},
        body=f"token={token}",
    )
    assert answer["statusCode"] == 403
    assert not pages.visits


def test_an_old_browser_that_says_only_its_origin_is_believed(pages: Pages) -> None:
    session = pages.house.session(a_person())
    answer = pages.house.call(
        "POST",
        PLANS,
        cookies=[pages.house.cookie(session)],
        headers={"content-type": FORM["content-type"], "origin": URL},
        body=f"token={form_token(session, pages.house.keys.now[0])}",
    )
    assert answer["statusCode"] == 200


def test_a_form_without_a_token_or_with_anothers_is_refused(pages: Pages) -> None:
    house, mine = pages.house, pages.house.session(a_person())
    theirs = form_token(house.session(a_person(name="Eve")), house.keys.now[0])
    own = form_token(mine, house.keys.now[0])
    longer = own + "AAAA"
    for body in (
        "",
        "token=",
        f"token={theirs}",
        f"token={own}&token={own}",
        f"token={longer}",
        "token=%C3%A9",
    ):
        answer = house.call("POST", PLANS, cookies=[house.cookie(mine)], headers=FORM, body=body)
        assert answer["statusCode"] == 403, body
    assert not pages.visits


def test_a_token_looks_different_on_each_page(pages: Pages) -> None:
    session = pages.house.session(a_person())
    key = pages.house.keys.now[0]
    assert form_token(session, key) != form_token(session, key)


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data", ""])
def test_what_is_no_form_is_refused(pages: Pages, kind: str) -> None:
    answer = pages.house.post(PLANS, a_person(), None, **{"content-type": kind})
    assert answer["statusCode"] == 415


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "POST"])
def test_a_method_that_no_page_has_is_refused(pages: Pages, method: str) -> None:
    answer = pages.house.call(method, "/stores/demo/pos", headers=FORM)
    assert answer["statusCode"] == 405


# --- cookies --------------------------------------------------------------------------------------


def test_a_cookie_changed_by_one_bit_is_none(pages: Pages) -> None:
    house = pages.house
    name, _, text = house.cookie(house.session(a_person())).partition("=")
    for place in range(len(text)):
        for bit in range(7):
            other = chr(ord(text[place]) ^ 1 << bit)
            if other in ";\x00":
                continue
            changed = f"{name}={text[:place]}{other}{text[place + 1 :]}"
            answer = house.call("GET", "/stores/demo/pos", cookies=[changed])
            assert answer["statusCode"] == 303, (place, bit)
    assert not pages.visits


def test_the_key_before_is_believed_and_the_one_before_that_is_not(pages: Pages) -> None:
    house = pages.house
    cookie = house.cookie(house.session(a_person()))
    house.keys.now = [b"new" * 20, *house.keys.now]
    assert house.call("GET", "/stores/demo/pos", cookies=[cookie])["statusCode"] == 200
    house.keys.now = [b"newer" * 12, b"new" * 20]
    assert house.call("GET", "/stores/demo/pos", cookies=[cookie])["statusCode"] == 303


def test_people_of_another_issuer_are_not_ours(pages: Pages) -> None:
    other = ConsoleHouse()
    session = other.session(a_person())
    moved = session.person.__class__("https://old.example", "sub", "Sam", session.person.roles)
    cookie = other.cookie(session.__class__(moved, session.id, session.until_ms))
    assert pages.house.call("GET", "/stores/demo/pos", cookies=[cookie])["statusCode"] == 303


@pytest.mark.parametrize("text", ["", ".", "a.b", "e30.e30", "é.é", "." * 5000, "=", "null.null"])
def test_a_cookie_that_is_rubbish_is_none(pages: Pages, text: str) -> None:
    answer = pages.house.call("GET", "/stores/demo/pos", cookies=[f"__Host-tb={text}"])
    assert answer["statusCode"] == 303


def test_cookies_in_a_header_are_read_as_those_in_the_list(pages: Pages) -> None:
    cookie = pages.house.cookie(pages.house.session(a_person()))
    answer = pages.house.call("GET", "/stores/demo/pos", headers={"Cookie": f"a=b; {cookie}; c=d"})
    assert answer["statusCode"] == 200


# --- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/stores/a%2Fb/pos",
        "/stores/../pos",
        "/stores/%2e%2e/pos",
        "/stores/d%2F..%2Fx/pos",
        f"/stores/{'a' * 65}/pos",
        "/stores//pos",
        "/stores/demo/pos/",
        "/stores/demo%00/pos",
        "/stores/*/pos",
        "//stores/demo/pos",
        "/stores/demo/products/%zz",
        "/stores/demo/products/%ff",
        "/stores/demo/products/a%0Ab",
        "/stores/demo/products/" + "a" * 256,
        "/stores/demo/products/" + "%F0%9F%AA%91" * 256,
        "/stores/demo/products/",
    ],
)
def test_an_address_that_is_none_of_ours_is_not_found(pages: Pages, path: str) -> None:
    assert pages.house.get(path, a_person("owner", store="*"))["statusCode"] == 404
    assert not pages.visits


@pytest.mark.parametrize(
    "product",
    [
        "p-1",
        "a/b",
        "a?b#c",
        "50% off",
        "50%41",
        "%2F",
        "..",
        "Größe & <b>",
        "\N{FAMILY}\u200d🪑",
        "a" * 255,
        "🪑" * 255,
    ],
)
def test_a_product_of_the_pos_may_be_any_text(pages: Pages, product: str) -> None:
    # As an HTTP API hands an address of ours on: decoded, all but '%25'.
    path = unquote(address(StoreId("demo"), "products", product).replace("%25", "%2525"))
    assert pages.house.get(path, a_person())["statusCode"] == 200
    assert pages.visits[0].path["product"] == product


@pytest.mark.parametrize("query", ["q=%ff", "&".join(f"a{n}=1" for n in range(6_000))])
def test_a_query_that_cannot_be_read_is_said_to_be_so(pages: Pages, query: str) -> None:
    answer = pages.house.get(f"/stores/demo/pos?{query}", a_person())
    assert answer["statusCode"] == 400


@pytest.mark.parametrize("encoded", [False, True])
def test_a_body_over_256_kb_is_refused(pages: Pages, encoded: bool) -> None:
    raw = b"x" * (LONGEST_BODY + 1)
    body = raw if encoded else raw.decode()
    answer = pages.house.call("POST", PLANS, headers=FORM, body=body)
    assert answer["statusCode"] == 413


# --- words that want to be more -------------------------------------------------------------------


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


# --- trouble --------------------------------------------------------------------------------------


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


# --- packing, files, API -----------------------------------------------------------------------


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


def test_a_file_that_is_not_shipped_is_not_found(pages: Pages) -> None:
    for path in ("/static/", "/static/x/", "/static/x/../app.py", "/static/x/%2e%2e%2fapp.py"):
        assert pages.house.call("GET", path)["statusCode"] == 404


def test_the_api_without_claims_is_refused_whatever_stood_before_it(pages: Pages) -> None:
    cookie = pages.house.cookie(pages.house.session(a_person()))
    none: tuple[dict[str, Any] | None, ...] = (None, {})
    for claims in none:
        answer = pages.house.call("GET", "/api/v1/me", cookies=[cookie], claims=claims)
        assert answer["statusCode"] == 401
        assert answer["headers"]["content-type"] == "application/problem+json"


def test_health_needs_nobody(pages: Pages) -> None:
    assert pages.house.call("GET", "/health")["body"] == "ok"
    assert pages.house.call("HEAD", "/health")["body"] == ""


@pytest.mark.parametrize("event", [{}, {"rawPath": "/"}, {"headers": None, "body": "%%%"}], ids=str)
def test_an_event_that_lacks_things_is_a_call_like_any(event: dict[str, Any]) -> None:
    house = ConsoleHouse()
    answer = answered(event, Console(lambda: house.deps, house.entry, routes=()), REQUEST_ID)
    assert answer["statusCode"] == 404


def test_bytes_that_are_no_text_are_no_form(pages: Pages) -> None:
    session = pages.house.session(a_person())
    answer = pages.house.call(
        "POST", PLANS, cookies=[pages.house.cookie(session)], headers=FORM, body=b"\xff\xfe"
    )
    assert answer["statusCode"] == 400
