"""Exact plans, comparisons and accepted drift, as programs see them."""

from collections import Counter
from dataclasses import replace

from tests.builders import STORE
from tests.console.api.calls import IN_STORE, NOW_MS, Console, a_person, call
from tests.console.exact_shop import PRODUCTS
from tests.console.run_shop import FINDINGS, HELD, a_run
from tillbridge.domain.breaker import tally
from tillbridge.domain.exact_plan import Exact, ExactState, with_page
from tillbridge.domain.people import Role
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.run import Result
from tillbridge.domain.selection import Do, Selection

OWNER = a_person(harbour=Role.OWNER)
PLAN = "plan-7"


def planned(console: Console) -> None:
    ids = [each.id for each in PRODUCTS]
    made = RequestPlan(PLAN, STORE, Do.PUSH, Selection("pos"), "Mia", NOW_MS, updates=len(ids))
    console.plans.keep(made, ids)


def compared(console: Console) -> None:
    planned(console)
    exact = with_page(Exact(PLAN, total=len(PRODUCTS)), PRODUCTS)
    console.deps.exact.add_page(STORE, PLAN, 0, PRODUCTS)
    console.deps.exact.save(STORE, replace(exact, state=ExactState.READY))


def held(console: Console) -> None:
    found = Counter(each.code.value for each in FINDINGS)
    run = a_run(HELD, result=Result.WAITING, found=found, tally=tally(FINDINGS), pages=2)
    console.deps.runs.save(STORE, run)
    console.deps.runs.add_page(STORE, HELD, 0, FINDINGS)


def test_a_plan_is_compared_when_asked_and_then_tells_what_changes(console: Console) -> None:
    planned(console)
    assert call(console, "GET", f"{IN_STORE}/plans/{PLAN}").body["exact"] is None
    assert call(console, "GET", f"{IN_STORE}/plans/{PLAN}/items").status == 404
    asked = call(console, "POST", f"{IN_STORE}/plans/{PLAN}/exact")
    assert (asked.status, asked.headers["Location"]) == (202, f"/api/v1{IN_STORE}/plans/{PLAN}")
    assert [each[0] for each in console.requests.asked] == ["plan"]
    assert call(console, "GET", f"{IN_STORE}/plans/{PLAN}").body["exact"]["state"] == "making"
    compared(console)
    exact = call(console, "GET", f"{IN_STORE}/plans/{PLAN}").body["exact"]
    assert [(each["code"], each["count"]) for each in exact["losses"]] == [
        ("blanks_description", 2),
        ("lowers_price", 1),
    ]
    items = call(console, "GET", f"{IN_STORE}/plans/{PLAN}/items").body
    assert [each["id"] for each in items["data"]] == [each.id for each in PRODUCTS]
    assert items["next_page"] is None
    assert items["data"][3]["differences"] == [
        {"place": "price", "field": "price", "variant": "", "web": "179", "pos": "189"}
    ]


def test_a_comparison_tells_its_findings_page_by_page(console: Console) -> None:
    held(console)
    (run,) = call(console, "GET", f"{IN_STORE}/runs").body["data"]
    assert (run["id"], run["result"], run["drift"]) == (HELD, "waiting", 5)
    found = call(console, "GET", f"{IN_STORE}/runs/{HELD}/findings").body
    assert [each["code"] for each in found["data"]] == [each.code.value for each in FINDINGS]
    assert found["next_page"] == 1
    last = call(console, "GET", f"{IN_STORE}/runs/{HELD}/findings", query="page=1").body
    assert (last["data"], last["next_page"]) == ([], None)


def test_an_owner_has_a_comparison_repaired(console: Console) -> None:
    held(console)
    asked = call(console, "POST", f"{IN_STORE}/runs/{HELD}/repair", person=OWNER)
    assert asked.status == 202
    assert [(each[0], each[4]) for each in console.requests.asked] == [("approve", (HELD,))]


def test_an_owner_lets_drift_stay_and_takes_it_back(console: Console) -> None:
    held(console)
    body = {"product": "p-1007", "places": ["stock"], "until": "week", "why": "A sale"}
    (kept,) = call(console, "POST", f"{IN_STORE}/accept", person=OWNER, body=body).body["places"]
    assert (kept["place"], kept["by"], kept["why"]) == ("stock", "Mia", "A sale")
    assert kept["until"] is not None
    again = {"product": "p-1007", "places": ["stock"], "again": True}
    assert (
        call(console, "POST", f"{IN_STORE}/accept", person=OWNER, body=again).body["places"] == []
    )
    odd = {**body, "places": ["never"]}
    assert call(console, "POST", f"{IN_STORE}/accept", person=OWNER, body=odd).status == 409
    odd = {**body, "until": "tomorrow"}
    assert call(console, "POST", f"{IN_STORE}/accept", person=OWNER, body=odd).status in (400, 422)
