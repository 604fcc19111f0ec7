"""What the API answers when something is wrong: a problem with a code, and never a value that was sent."""

import base64
import logging
from typing import Any

import pytest

from tests.console.api.calls import IN_STORE, JSON, OTHER, Console, a_person, call
from tillbridge.console.api import shown
from tillbridge.console.api.payload import MOST_BYTES
from tillbridge.domain.errors import RetryLater, SavedByNewer, UnreadableStore
from tillbridge.domain.people import Role
from tillbridge.usecases.console import list_products

PLANS = f"{IN_STORE}/plans"
SECRET = "5ecret"


@pytest.mark.parametrize(
    ("query", "place", "kind"),
    [
        (f"limit={SECRET}", "query.limit", "int_parsing"),
        ("limit=101", "query.limit", "less_than_equal"),
        ("limit=0", "query.limit", "greater_than_equal"),
        (f"status={SECRET}", "query.status", "enum"),
        ("lane=book", "query.lane", "literal_error"),
        ("sort=price", "query.sort", "literal_error"),
        ("q=" + SECRET * 40, "query.q", "string_too_long"),
        (f"q={SECRET}&q=b", "query.q", "string_type"),
        ("statsu=linked", "query.statsu", "extra_forbidden"),
    ],
)
def test_a_wrong_value_in_the_address_is_named_by_place_and_kind(
    console: Console, query: str, place: str, kind: str
) -> None:
    answered = call(console, "GET", f"{IN_STORE}/pos", query=query)
    assert answered.status == 422
    assert {"place": place, "kind": kind} in answered.body["fields"]
    assert SECRET not in str(answered)


_IDS = {"ids": ["p-1"]}


@pytest.mark.parametrize(
    ("body", "place", "kind"),
    [
        ({}, "body.do", "missing"),
        ({"do": SECRET, "select": _IDS}, "body.do", "literal_error"),
        ({"do": "push", "select": {"ids": []}}, "body.select.ids", "too_short"),
        ({"do": "push", "select": {"ids": [7]}}, "body.select.ids.0", "string_type"),
        ({"do": "push", "select": {"ids": [""]}}, "body.select.ids.0", "string_too_short"),
        ({"do": "push", "select": {"ids": ["x" * 256]}}, "body.select.ids.0", "string_too_long"),
        ({"do": "push", "select": {}}, "body.select", "one_of_ids_query_pairs"),
        ({"do": "push", "select": {**_IDS, "query": {}}}, "body.select", "one_of_ids_query_pairs"),
        ({"do": "push", "select": {**_IDS, "without": ["a"]}}, "body.select", "without_needs_query"),
        ({"do": "push", "select": {"query": {"stauts": SECRET}}}, "body.select.query.stauts", "extra_forbidden"),
        ({"do": "push", "select": {**_IDS, "side": "web"}}, "body.select.side", "extra_forbidden"),
        ({"do": "look", "select": _IDS}, "body.do", "literal_error"),
        ({"do": "push"}, "body", "missing"),
        ({"do": "push", "select": _IDS, "job": "j-1"}, "body", "of_undo"),
        ({"do": "push", "select": _IDS, "fields": ["price"]}, "body", "of_undo"),
        ({"do": "undo"}, "body", "undo_needs_job_or_ids"),
        ({"do": "undo", "select": {"query": {}}}, "body", "undo_needs_ids"),
        ({"do": "undo", "job": SECRET + "\n"}, "body.job", "string_pattern_mismatch"),
        ({"do": "undo", "job": "j-1", "fields": []}, "body.fields", "too_short"),
        ({"do": "undo", "job": "j-1", "fields": [""]}, "body.fields.0", "string_too_short"),
        ({"do": "import", "select": _IDS}, "body", "import_needs_numbers"),
        ({"do": "import", "select": {"ids": ["0"]}}, "body", "import_needs_numbers"),
        ({"do": "import", "select": {"ids": ["1" * 16]}}, "body", "import_needs_numbers"),
        ({"do": "import", "select": {"ids": ["\u0664"]}}, "body", "import_needs_numbers"),
        ({"do": "import", "select": {"query": {}, "without": ["x"]}}, "body", "import_needs_numbers"),
        ({"do": "link", "select": _IDS}, "body", "link_needs_pairs"),
        ({"do": "push", "select": {"pairs": [{"pos": "p", "web": 1}]}}, "body", "link_needs_pairs"),
        ({"do": "link", "select": {"pairs": [{"pos": "p", "web": True}]}}, "body.select.pairs.0.web", "int_type"),
        ({"do": "link", "select": {"pairs": [{"pos": "p", "web": 10**30}]}}, "body.select.pairs.0.web", "less_than_equal"),
        (None, "body", "missing"),
    ],
)  # fmt: skip
def test_a_wrong_value_in_a_body_is_named_by_place_and_kind(
    console: Console, body: Any, place: str, kind: str
) -> None:
    answered = call(console, "POST", PLANS, body=body)
    assert answered.status == 422
    assert {"place": place, "kind": kind} in answered.body["fields"]
    assert SECRET not in str(answered)


def test_of_a_thousand_wrong_values_twenty_are_named(console: Console) -> None:
    body = {"do": "push", "select": {"ids": [7] * 1_000}}
    assert len(call(console, "POST", PLANS, body=body).body["fields"]) == 20


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        '[{"do": "push", "select": {"ids": ["p-1"]}}]',
        "7",
        '"do"',
        '{"do": NaN}',
        '{"do": ' + "9" * 5_000 + "}",
        '{"do": "push", "select": {"ids": ["\\ud800"]}}',
        "[" * 100_000,
        '{"a":' * 40_000,
        "\ud800",
    ],
    ids=lambda body: body[:12].encode("unicode_escape").decode(),
)
def test_what_is_no_json_object_is_refused(console: Console, body: str) -> None:
    answered = call(console, "POST", PLANS, body=body)
    assert (answered.status, answered.body["code"]) == (400, "unreadable")


@pytest.mark.parametrize("body", ["&&&", base64.b64encode(b"\xff\xfe{}").decode(), "A"])
def test_a_body_that_the_gateway_encoded_must_be_text(console: Console, body: str) -> None:
    assert call(console, "POST", PLANS, body=body, encoded=True).status == 400


def test_a_body_that_the_gateway_encoded_is_read(console: Console) -> None:
    body = base64.b64encode(b'{"do": "push", "select": {"ids": ["p-1"]}}').decode()
    assert call(console, "POST", PLANS, body=body, encoded=True).status == 201


@pytest.mark.parametrize("encoded", [False, True])
def test_a_body_over_256_kb_is_refused_before_it_is_parsed(
    console: Console, *, encoded: bool
) -> None:
    for size, status in ((MOST_BYTES, 400), (MOST_BYTES + 1, 413)):
        text = "{" * size
        body = base64.b64encode(text.encode()).decode() if encoded else text
        assert call(console, "POST", PLANS, body=body, encoded=encoded).status == status
    wide = "\u20ac" * (MOST_BYTES // 3 + 1)
    assert call(console, "POST", PLANS, body=wide).status == 413


@pytest.mark.parametrize(
    "sent",
    [None, "", "text/plain", "text/plain; application/json", "application/x-www-form-urlencoded",
     "multipart/form-data; boundary=x", "application/jsonx"],
)  # fmt: skip
def test_json_that_is_not_called_json_is_refused(console: Console, sent: str | None) -> None:
    headers = {} if sent is None else {"Content-Type": sent}
    body = {"do": "push", "select": _IDS}
    answered = call(console, "POST", PLANS, body=body, headers=headers)
    assert (answered.status, answered.body["code"]) == (415, "not_json")


@pytest.mark.parametrize("sent", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_may_name_its_characters(console: Console, sent: str) -> None:
    body = {"do": "push", "select": _IDS}
    assert call(console, "POST", PLANS, body=body, headers={"Content-Type": sent}).status == 201


@pytest.mark.parametrize(
    "store",
    ["..", "%2e%2e", "d%2F..%2Fx", "d/../x", "-x", ".x", "x" * 65, "a b", "a%00", "a\n", "é", "*",
     "<b>", "{store}", ""],
)  # fmt: skip
def test_an_odd_store_is_not_found(console: Console, store: str) -> None:
    anybody = a_person(**{"*": Role.OWNER})
    assert call(console, "GET", f"/stores/{store}/pos", person=anybody).status == 404


@pytest.mark.parametrize(
    "path", ["/", "", "/me/", "/ME", "/stores/", f"{IN_STORE}/", f"{IN_STORE}/pos\n"]
)
def test_an_address_that_is_none_is_not_found(console: Console, path: str) -> None:
    assert call(console, "GET", path).status == 404


def test_another_method_is_told_which_there_are(console: Console) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "get x"):
        answered = call(console, method, f"/stores/{OTHER}/jobs")
        assert (answered.status, answered.headers["Allow"]) == (405, "GET, POST")


def test_a_cursor_of_another_list_is_refused(console: Console) -> None:
    answered = call(console, "GET", f"{IN_STORE}/pos", query=f"after={SECRET}")
    assert (answered.status, answered.body["code"]) == (400, "bad_cursor")
    assert SECRET not in str(answered)


@pytest.mark.parametrize(
    ("query", "code"),
    [("after=1&before=2", "after_or_before"), ("lane=stock&q=chair", "lane_alone"),
     ("lane=stock&status=linked", "lane_alone"), ("lane=stock&sort=-name", "lane_alone")],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(console: Console, query: str, code: str) -> None:
    answered = call(console, "GET", f"{IN_STORE}/pos", query=query)
    assert (answered.status, answered.body["code"]) == (422, code)


def test_what_cannot_be_asked_is_told_in_words_for_the_person(console: Console) -> None:
    body = {"do": "push", "select": {"ids": ["too-many"]}}
    planned = call(console, "POST", PLANS, body=body)
    assert (planned.status, planned.body["code"]) == (422, "cannot_ask")
    assert planned.body["detail"] == "Staff may choose 2,000 products. Ask an owner."
    old = call(console, "POST", f"{IN_STORE}/jobs", body={"plan": "gone"})
    assert (old.status, old.body["code"]) == (409, "cannot_ask")


@pytest.mark.parametrize("key", ["a b", "x" * 129, "a\nb", "é"])
def test_an_odd_idempotency_key_is_refused(console: Console, key: str) -> None:
    headers = {**JSON, "idempotency-key": key}
    answered = call(console, "POST", f"{IN_STORE}/jobs", body={"plan": "plan-0"}, headers=headers)
    assert answered.status == 422
    assert answered.body["fields"][0]["place"].lower() == "header.idempotency-key"


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(list_products, "list_products", fail)


@pytest.mark.parametrize(("wait", "after"), [(0, "1"), (2.1, "3"), (10**9, "900")])
def test_what_may_succeed_later_says_when(
    console: Console, monkeypatch: pytest.MonkeyPatch, wait: float, after: str
) -> None:
    failing(monkeypatch, RetryLater("The table is busy.", wait))
    answered = call(console, "GET", f"{IN_STORE}/pos")
    assert (answered.status, answered.headers["Retry-After"]) == (503, after)
    assert answered.body["detail"] == "The table is busy."


@pytest.mark.parametrize(
    "error",
    [
        UnreadableStore("The connection of 'harbour' cannot be read."),
        SavedByNewer("This row", 2, 1),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_store_that_cannot_be_read_is_told_and_logged(
    error: Exception,
    console: Console,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing(monkeypatch, error)
    answered = call(console, "GET", f"{IN_STORE}/pos")
    assert (answered.status, answered.body["code"]) == (500, "store_unreadable")
    assert answered.body["detail"] == str(error)
    assert "call-1" in {getattr(line, "request_id", "") for line in caplog.records}


@pytest.mark.parametrize("error", [ValueError(SECRET), KeyError(SECRET), RecursionError(SECRET)])
def test_a_crash_tells_nothing_and_is_logged_once_with_the_number_of_the_call(
    console: Console,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    failing(monkeypatch, error)
    with caplog.at_level(logging.DEBUG):
        answered = call(console, "GET", f"{IN_STORE}/pos")
    assert (answered.status, answered.body["code"]) == (500, "failed")
    assert SECRET not in str(answered)
    assert "call-1" in answered.body["detail"]
    (line,) = (each for each in caplog.records if each.exc_info)
    assert line.name.startswith("tillbridge")
    assert getattr(line, "request_id", "") == "call-1"


def test_an_answer_of_ours_that_is_not_as_its_model_says_is_no_fault_of_the_caller(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "plan", lambda _: {"id": SECRET})
    answered = call(console, "GET", f"{IN_STORE}/plans/plan-0")
    assert (answered.status, answered.body["code"]) == (500, "failed")
    assert SECRET not in str(answered)


@pytest.mark.parametrize("path", ["/me", f"{IN_STORE}/pos", "/nowhere"])
def test_nobody_is_asked_for_a_token(console: Console, path: str) -> None:
    answered = call(console, "GET", path, person=None)
    assert (answered.status, answered.headers["WWW-Authenticate"]) == (401, "Bearer")
