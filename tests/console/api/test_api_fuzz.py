"""Whatever comes, the answer is a success or a problem: nothing crashes the API, and nobody gets past the table."""

from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.console.api.calls import IN_STORE, OTHER, Console, call

_READS = (
    "pos",
    "web",
    "jobs",
    "jobs/job-0",
    "plans/plan-0",
    "products/p%252F1/history",
    "products/p%252F1/why",
    "web/214/history",
    "settings",
    "products/p%252F1",
    "web/214",
)
_POSTS = ("plans", "jobs", "compare")
_NAMES = (
    st.sampled_from(
        ["q", "status", "lane", "sort", "after", "before", "limit", "field", "variant", "further"]
    )
    | st.text()
)
_VALUES = st.text() | st.sampled_from(
    ["linked", "stock", "name", "1", "50", "p-1", "job-0", "price"]
)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
_SELECT = st.fixed_dictionaries(
    {},
    optional={
        "side": _JSON | st.sampled_from(["pos", "web"]),
        "ids": _JSON | st.lists(st.text()),
        "query": _JSON | st.fixed_dictionaries({}, optional={"text": st.text(), "status": _JSON}),
        "without": _JSON | st.lists(st.text()),
        "pairs": _JSON | st.lists(st.fixed_dictionaries({"pos": st.text(), "web": _JSON})),
    },
)
_BODIES = (
    _JSON
    | st.fixed_dictionaries(
        {"do": st.sampled_from(["push", "link", "import", "x"]), "select": _SELECT}
    )
    | st.fixed_dictionaries({"plan": st.text() | st.just("plan-0")}, optional={"without": _JSON})
    | st.text()
)
_A_CONSOLE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
"""The console is one for all examples: what one leaves behind is part of the next."""


@_A_CONSOLE
@given(st.sampled_from(_READS), st.lists(st.tuples(_NAMES, _VALUES), max_size=4))
def test_no_query_makes_a_read_crash(
    console: Console, path: str, query: list[tuple[str, str]]
) -> None:
    sent = urlencode(query, errors="replace")
    answered = call(console, "GET", f"{IN_STORE}/{path}", query=sent)
    assert answered.status in {200, 400, 422} | ({404} if path.endswith("/why") else set())


@_A_CONSOLE
@given(st.sampled_from(_POSTS), _BODIES, st.booleans())
def test_no_body_makes_a_request_crash(
    console: Console, path: str, body: Any, encoded: bool
) -> None:
    answered = call(console, "POST", f"{IN_STORE}/{path}", body=body, encoded=encoded)
    assert answered.status in {201, 202, 400, 409, 422}


@_A_CONSOLE
@given(
    st.sampled_from(["GET", "POST", "PUT"]),
    st.lists(st.text(max_size=70), max_size=4),
    st.booleans(),
)
def test_no_path_makes_the_api_crash_or_leads_past_the_table(
    console: Console, method: str, parts: list[str], coded: bool
) -> None:
    path = "/stores/" + "/".join(quote(each, errors="replace") if coded else each for each in parts)
    answered = call(console, method, path, body="{}")
    assert answered.status in {404, 405}


@_A_CONSOLE
@given(st.text(), st.sampled_from(["pos", "web", "jobs"]))
def test_no_way_of_writing_another_store_opens_it(console: Console, more: str, page: str) -> None:
    for path in (f"{OTHER}/{page}", f"harbour{more}/../{OTHER}/{page}", f"{OTHER}{more}/{page}"):
        assert call(console, "GET", f"/stores/{path}").status == 404


@_A_CONSOLE
@given(st.dictionaries(st.text(), st.text()), st.text())
def test_no_header_makes_the_api_crash(console: Console, headers: dict[str, str], key: str) -> None:
    sent = {**headers, "Content-Type": "application/json", "Idempotency-Key": key}
    answered = call(console, "POST", f"{IN_STORE}/compare", body={}, headers=sent)
    assert answered.status in {202, 422}
