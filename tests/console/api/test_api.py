"""What the API answers when all is well."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.builders import STORE
from tests.console.api.calls import IN_STORE, NOW_MS, OTHER, Console, a_person, call
from tillbridge.console.api.lists import WaitsIn
from tillbridge.domain.lanes import PRODUCT_LANES, Lane
from tillbridge.domain.people import Role
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do, Question, Selection
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.usecases.console import plan_request, plan_undo
from tillbridge.usecases.console.deps import ConsoleDeps

NOW = dt.datetime.fromtimestamp(NOW_MS / 1_000, dt.UTC).isoformat()


def moment(told: str) -> str:
    return dt.datetime.fromisoformat(told).isoformat()


def chairs(console: Console, number: int) -> None:
    rows = [
        ViewRow("pos", f"p-{each}", f"Chair {each:02}", price="14.50", stock="3")
        for each in range(number)
    ]
    console.rows.put(STORE, rows)


def test_i_am_told_who_i_am_and_what_i_may(console: Console) -> None:
    assert call(console, "GET", "/me").body == {
        "issuer": "https://people.example",
        "subject": "u-1",
        "name": "Mia",
        "roles": {"harbour": "staff"},
    }


def test_i_see_the_stores_that_i_may_see_a_page_at_a_time(console: Console) -> None:
    (mine,) = call(console, "GET", "/stores").body["data"]
    assert mine == {"id": "harbour", "role": "staff", "health": "new", "fresh": None, "words": ""}
    all_stores = a_person(**{"*": Role.VIEWER, "harbour": Role.OWNER})
    first = call(console, "GET", "/stores", person=all_stores, query="limit=1").body
    assert [(each["id"], each["role"]) for each in first["data"]] == [(OTHER, "viewer")]
    then = call(console, "GET", "/stores", person=all_stores, query=f"after={first['after']}").body
    assert [(each["id"], each["role"]) for each in then["data"]] == [("harbour", "owner")]
    assert then["after"] == ""


def test_a_row_has_money_as_text_and_times_with_a_zone(console: Console) -> None:
    row = ViewRow(
        "pos",
        "p/1",
        "Oak chair",
        sku="CHAIR-1",
        price="14.50",
        stock="3",
        barcodes=("401",),
        state=RowState.FAILED,
        code="name_taken",
        words="BigCommerce has the name.",
        holder="812",
        synced_ms=NOW_MS,
    )
    console.rows.put(STORE, [row])
    answered = call(console, "GET", f"{IN_STORE}/pos").body
    (told,) = answered["data"]
    assert moment(told.pop("synced_at")) == NOW
    assert moment(answered["as_of"]) < NOW
    assert told == {
        "id": "p/1",
        "name": "Oak chair",
        "sku": "CHAIR-1",
        "product_number": "",
        "barcodes": ["401"],
        "price": "14.50",
        "price_to": "",
        "stock": "3",
        "image": "",
        "maker": "",
        "variants": 0,
        "status": "failed",
        "other": "",
        "code": "name_taken",
        "words": "BigCommerce has the name.",
        "notes": [],
        "holder": "812",
        "pending": None,
    }


def test_a_list_goes_forwards_and_back_as_asked(console: Console) -> None:
    chairs(console, 5)
    first = call(console, "GET", f"{IN_STORE}/pos", query="limit=2&sort=-name").body
    assert [row["id"] for row in first["data"]] == ["p-4", "p-3"]
    query = f"limit=2&sort=-name&after={first['after']}"
    then = call(console, "GET", f"{IN_STORE}/pos", query=query).body
    assert [row["id"] for row in then["data"]] == ["p-2", "p-1"]
    query = f"limit=2&sort=-name&before={then['before']}"
    assert call(console, "GET", f"{IN_STORE}/pos", query=query).body["data"] == first["data"]


@pytest.mark.parametrize("query", ["q=chair%2C+oak", "q=chair, oak", "q=chair%2c%20oak&status="])
def test_a_search_may_hold_a_comma(console: Console, query: str) -> None:
    console.rows.put(STORE, [ViewRow("web", "9", "Chair, oak"), ViewRow("web", "8", "Chair")])
    answered = call(console, "GET", f"{IN_STORE}/web", query=query.removesuffix("&status="))
    assert [row["id"] for row in answered.body["data"]] == ["9"]


def test_a_status_narrows_the_list(console: Console) -> None:
    linked = ViewRow("pos", "p-1", "Oak chair", state=RowState.LINKED, other="214")
    console.rows.put(STORE, [linked, ViewRow("pos", "p-2", "Oak stool")])
    answered = call(console, "GET", f"{IN_STORE}/pos", query="status=linked").body
    assert [(row["id"], row["other"]) for row in answered["data"]] == [("p-1", "214")]


def test_what_waits_in_a_lane_says_since_when(console: Console) -> None:
    chairs(console, 2)
    console.deps.listing.waits[Lane.STOCK] = ["p-1"]  # type: ignore[attr-defined] # of the fake
    (row,) = call(console, "GET", f"{IN_STORE}/pos", query="lane=stock").body["data"]
    assert moment(row["pending"].pop("since")) == NOW
    assert row["pending"] == {"lane": "stock", "because": "sale.completed", "by": ""}


def test_the_lanes_that_are_listed_are_those_of_products() -> None:
    assert set(WaitsIn.__args__[0].__args__[0].__args__) == {*PRODUCT_LANES} - {Lane.ORDERED}


@pytest.mark.parametrize(
    ("select", "selection"),
    [
        ({"ids": ["p-1", "p-2"]}, Selection("pos", ("p-1", "p-2"))),
        ({"query": {}}, Selection("pos", question=Question())),
        (
            {"query": {"text": "chair", "status": "not_linked"}, "without": ["p-9"]},
            Selection(
                "pos",
                question=Question("chair", RowState.NOT_LINKED),
                without=frozenset({"p-9"}),
            ),
        ),
    ],
)
def test_a_plan_is_made_of_what_was_selected(
    console: Console, select: dict[str, object], selection: Selection
) -> None:
    made = call(console, "POST", f"{IN_STORE}/plans", body={"do": "push", "select": select})
    assert made.headers["Location"] == f"/api/v1{IN_STORE}/plans/{made.body['id']}"
    plan = console.plans.get(STORE, made.body["id"])
    assert plan is not None
    assert (plan.do, plan.selection, plan.by) == (Do.PUSH, selection, "Mia")
    assert call(console, "GET", f"{IN_STORE}/plans/{plan.id}").body == made.body
    assert moment(made.body["expires_at"]) > moment(made.body["made_at"])
    assert made.body["warnings"][0]["products"][0]["name"] == "Oak chair"


def test_an_import_is_of_the_web_side_and_a_link_of_pairs(console: Console) -> None:
    body: dict[str, object] = {"do": "import", "select": {"query": {}}}
    made = console.plans.get(
        STORE, call(console, "POST", f"{IN_STORE}/plans", body=body).body["id"]
    )
    assert made is not None
    assert made.selection.side == "web"
    body = {"do": "link", "select": {"pairs": [{"pos": "p-1", "web": 214}]}}
    assert call(console, "POST", f"{IN_STORE}/plans", body=body).body["creates"] == 1


def test_an_undo_is_planned_by_job_by_product_and_by_field(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, object]] = []

    def planned(deps: ConsoleDeps, *_: object, **named: object) -> RequestPlan:
        asked.append(named)
        plan = RequestPlan("plan-9", STORE, Do.UNDO, Selection("pos"), "Mia", NOW_MS, updates=1)
        deps.plans.keep(plan, ())
        return plan

    monkeypatch.setattr(plan_undo, "plan_undo", planned)
    for body in (
        {"do": "undo", "job": "job-0"},
        {"do": "undo", "job": "job-0", "select": {"ids": ["p-1"]}, "fields": ["price"]},
        {"do": "undo", "select": {"ids": ["p-1", "p-2"]}},
    ):
        made = call(console, "POST", f"{IN_STORE}/plans", body=body)
        assert (made.status, made.body["do"], made.body["id"]) == (201, "undo", "plan-9")
    assert asked == [
        {"job": "job-0", "products": (), "fields": ()},
        {"job": "job-0", "products": ("p-1",), "fields": ("price",)},
        {"job": "", "products": ("p-1", "p-2"), "fields": ()},
    ]


def test_an_undo_that_cannot_be_asked_for_says_why(console: Console) -> None:
    answered = call(console, "POST", f"{IN_STORE}/plans", body={"do": "undo", "job": "nowhere"})
    assert (answered.status, answered.body["code"]) == (422, "cannot_ask")
    assert "no such job" in answered.body["detail"]


def test_a_plan_becomes_a_job_once_and_its_job_is_followed(console: Console) -> None:
    begun = [call(console, "POST", f"{IN_STORE}/jobs", body={"plan": "plan-0"}) for _ in range(2)]
    job = begun[0].body["id"]
    assert [each.body["id"] for each in begun] == [job, job]
    assert begun[0].headers["Location"] == f"/api/v1{IN_STORE}/jobs/{job}"
    told = call(console, "GET", f"{IN_STORE}/jobs/{job}").body
    assert (told["state"], told["done"], told["left"], told["eta_seconds"]) == ("running", 1, 2, 4)
    assert moment(told["products"][0].pop("at")) == NOW
    assert told["products"][0]["outcome"] == "done"


def test_jobs_are_listed_newest_first(console: Console) -> None:
    call(console, "POST", f"{IN_STORE}/jobs", body={"plan": "plan-0"})
    first = call(console, "GET", f"{IN_STORE}/jobs", query="limit=1").body
    assert [job["id"] for job in first["data"]] == ["job-of-plan-0"]
    then = call(console, "GET", f"{IN_STORE}/jobs", query=f"limit=5&after={first['after']}").body
    assert [job["id"] for job in then["data"]] == ["job-0"]
    assert then["after"] == ""


def with_key(key: str) -> dict[str, str]:
    return {"content-type": "application/json", "Idempotency-Key": key}


def test_the_same_key_is_the_same_job_and_asks_once(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[str] = []

    def a_new_job_each_time(*_: object, **__: object) -> str:
        carried.append(f"job-{len(carried)}")
        return carried[-1]

    monkeypatch.setattr(plan_request, "carry_out", a_new_job_each_time)
    body = {"plan": "plan-0", "without": ["p-2", "p-1"]}
    again = {"plan": "plan-0", "without": ["p-1", "p-2"]}
    ids = [
        call(console, "POST", f"{IN_STORE}/jobs", body=each, headers=with_key("k,1")).body["id"]
        for each in (body, again)
    ]
    assert ids == ["job-0", "job-0"]
    other = call(console, "POST", f"{IN_STORE}/jobs", body=body, headers=with_key("k2"))
    assert other.body["id"] == "job-1"


def test_a_key_of_another_person_or_store_is_another_key(console: Console) -> None:
    both = a_person(harbour=Role.OWNER, elsewhere=Role.OWNER)
    sam, ann = replace(both, subject="u-2"), replace(both, issuer="https://others.example")
    asked = ((both, STORE), (both, OTHER), (sam, STORE), (ann, STORE))
    for person, store in asked:
        call(
            console,
            "POST",
            f"/stores/{store}/compare",
            person=person,
            body={},
            headers=with_key("k"),
        )
    assert [each[1] for each in console.requests.asked] == [store for _, store in asked]


def test_a_key_that_asked_for_something_else_is_refused(console: Console) -> None:
    call(console, "POST", f"{IN_STORE}/compare", body={"full": True}, headers=with_key("k"))
    for path, body in (("compare", {"full": False}), ("jobs", {"plan": "plan-0"})):
        asked = call(console, "POST", f"{IN_STORE}/{path}", body=body, headers=with_key("k"))
        assert (asked.status, asked.body["code"]) == (422, "key_used")
    assert len(console.requests.asked) == 1


def test_what_a_key_began_is_no_plan_that_anybody_reads(console: Console) -> None:
    call(console, "POST", f"{IN_STORE}/compare", body={}, headers=with_key("k"))
    (record,) = (plan for _, plan in console.plans._plans if plan.startswith("key#"))
    for sent in (record, record.replace("#", "%23")):
        assert call(console, "GET", f"{IN_STORE}/plans/{sent}").status == 404


def test_a_comparison_is_asked_for_in_the_name_of_the_person(console: Console) -> None:
    asked = call(console, "POST", f"{IN_STORE}/compare", body={"full": True})
    assert console.requests.asked == [("compare", STORE, asked.body["id"], "Mia", (True,))]
