"""Who may call what, written by hand: each route by each kind of person."""

from typing import Any

import pytest

from tests.builders import STORE
from tests.console.api.calls import OTHER, Console, a_person, call
from tillbridge.console.api.routes import API_ROUTES
from tillbridge.console.claims import person_of_claims
from tillbridge.domain.people import Person, Role

NAMED = {
    "plan": "plan-0",
    "job": "job-0",
    "product": "p%252F1",
    "number": "214",
    "cause": "clash",
    "run": "run-0",
}
"""What stands for the names in braces: the console of these tests has each."""

QUERIES = {"/stores/{store}/products/{product}/why": "field=price"}
"""What an address must be asked with."""

PRICE_OFF = {"settings": {"price": "off"}}
PUSH = {"do": "push", "select": {"ids": ["p-1"]}}

RECEIPTS = {"receipts": ["made-up"]}

#        method, path                      body               nobody other viewer staff owner
TABLE: dict[tuple[str, str], tuple[Any, tuple[int, int, int, int, int]]] = {
    ("GET", "/me"): (None, (401, 200, 200, 200, 200)),
    ("GET", "/stores"): (None, (401, 200, 200, 200, 200)),
    ("GET", "/stores/{store}"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/problems"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/problems/{cause}"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/pos"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/web"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/products/{product}"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/web/{number}"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/products/{product}/history"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/products/{product}/why"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/web/{number}/history"): (None, (401, 404, 200, 200, 200)),
    ("POST", "/stores/{store}/plans"): (PUSH, (401, 404, 201, 201, 201)),
    ("GET", "/stores/{store}/plans/{plan}"): (None, (401, 404, 200, 200, 200)),
    ("POST", "/stores/{store}/plans/{plan}/exact"): (None, (401, 404, 403, 409, 409)),
    ("GET", "/stores/{store}/plans/{plan}/items"): (None, (401, 404, 404, 404, 404)),
    ("GET", "/stores/{store}/runs"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/runs/{run}/findings"): (None, (401, 404, 404, 404, 404)),
    ("POST", "/stores/{store}/runs/{run}/repair"): (None, (401, 404, 403, 403, 409)),
    ("POST", "/stores/{store}/accept"): ({"product": "p-1"}, (401, 404, 403, 403, 409)),
    ("POST", "/stores/{store}/jobs"): ({"plan": "plan-0"}, (401, 404, 403, 202, 202)),
    ("GET", "/stores/{store}/jobs"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/jobs/{job}"): (None, (401, 404, 200, 200, 200)),
    ("POST", "/stores/{store}/compare"): ({"full": True}, (401, 404, 403, 202, 202)),
    ("GET", "/stores/{store}/settings"): (None, (401, 404, 200, 200, 200)),
    ("PATCH", "/stores/{store}/settings"): (PRICE_OFF, (401, 404, 403, 403, 428)),
    ("POST", "/stores/{store}/pause"): ({"why": "a sale"}, (401, 404, 403, 403, 200)),
    ("POST", "/stores/{store}/resume"): ({}, (401, 404, 403, 403, 200)),
    ("POST", "/stores/{store}/token"): ({"token": "a" * 31}, (401, 404, 403, 403, 200)),
    ("GET", "/stores/{store}/orders"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/orders/{number}"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/letters"): (None, (401, 404, 403, 200, 200)),
    ("POST", "/stores/{store}/letters/look"): (RECEIPTS, (401, 404, 403, 200, 200)),
    ("POST", "/stores/{store}/letters/again"): (RECEIPTS, (401, 404, 403, 403, 409)),
    ("POST", "/stores/{store}/letters/discard"): (RECEIPTS, (401, 404, 403, 403, 409)),
}

NEW_STORE = {"name": "quay", "store_hash": "abc", "access_token": "t", "pos": "demo-pos"}
OF_EVERY_STORE: dict[tuple[str, str], tuple[Any, int]] = {("POST", "/stores"): (NEW_STORE, 201)}
"""What belongs to no store: with its status for an owner of every store, and 403 for everybody else."""

NOBODY, UNSEEN, VIEWER, STAFF, OWNER = range(5)
ROLES = {Role.VIEWER: VIEWER, Role.STAFF: STAFF, Role.OWNER: OWNER}
MIA = {"iss": "https://people.example", "sub": "u-1"}
PEOPLE: dict[str, tuple[Person | None, int]] = {
    "no claims": (person_of_claims({}, "tillbridge"), NOBODY),
    "somebody without a role": (a_person(), NOBODY),
    "claims without a role": (person_of_claims({**MIA, "tillbridge": "x"}, "tillbridge"), NOBODY),
    **{f"{role} of another store": (a_person(elsewhere=role), UNSEEN) for role in Role},
    **{f"{role} of the store": (a_person(harbour=role), place) for role, place in ROLES.items()},
    **{f"{role} of every store": (a_person(**{"*": role}), place) for role, place in ROLES.items()},
    "viewer here, owner elsewhere": (
        a_person(harbour=Role.VIEWER, elsewhere=Role.OWNER),
        VIEWER,
    ),
    "viewer here, owner of the others": (
        a_person(**{"harbour": Role.VIEWER, "*": Role.OWNER}),
        VIEWER,
    ),
}


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {(route.method, route.path) for route in API_ROUTES} == {*TABLE, *OF_EVERY_STORE}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("route", TABLE, ids=" ".join)
def test_a_person_may_what_the_table_says(
    console: Console, route: tuple[str, str], who: str
) -> None:
    (person, place), (body, statuses) = PEOPLE[who], TABLE[route]
    path = route[1].format(store=STORE, **NAMED)
    query = QUERIES.get(route[1], "")
    answered = call(console, route[0], path, person=person, body=body, query=query)
    assert answered.status == statuses[place]


@pytest.mark.parametrize("route", [each for each in TABLE if "{store}" in each[1]], ids=" ".join)
def test_a_store_that_one_may_not_see_is_as_one_that_is_not_there(
    console: Console, route: tuple[str, str]
) -> None:
    body, _ = TABLE[route]
    asked = [
        (OTHER, a_person(harbour=Role.OWNER)),
        ("nowhere", a_person(harbour=Role.OWNER)),
        ("nowhere", a_person(**{"*": Role.OWNER})),
    ]
    told = []
    for store, person in asked:
        path = route[1].format(store=store, **NAMED)
        query = QUERIES.get(route[1], "")
        told.append(call(console, route[0], path, person=person, body=body, query=query))
    # A plan of a store that is not there is planned by nobody, and its carrying out is refused for the plan.
    if route == ("POST", "/stores/{store}/jobs"):
        assert told.pop().status == 409
    assert {answered.status for answered in told} == {404}
    assert len({str(answered.body) for answered in told}) == 1


@pytest.mark.parametrize("route", [each for each in TABLE if "{store}" in each[1]], ids=" ".join)
def test_who_may_not_is_told_before_anything_is_read_of_the_call(
    console: Console, route: tuple[str, str]
) -> None:
    path = route[1].format(store=OTHER, **NAMED)
    wrong: dict[str, Any] = {"query": "limit=x", "body": "{", "headers": {}}
    assert call(console, route[0], path, **wrong).status == 404


def test_a_plan_and_a_job_of_another_store_are_not_found(console: Console) -> None:
    both = a_person(harbour=Role.OWNER, elsewhere=Role.OWNER)
    made = call(console, "POST", f"/stores/{OTHER}/plans", person=both, body=PUSH).body["id"]
    assert call(console, "GET", f"/stores/{STORE}/plans/{made}", person=both).status == 404
    job = call(console, "POST", f"/stores/{OTHER}/jobs", person=both, body={"plan": made}).body
    assert call(console, "GET", f"/stores/{STORE}/jobs/{job['id']}", person=both).status == 404
    asked = call(console, "POST", f"/stores/{STORE}/jobs", person=both, body={"plan": made})
    assert asked.status == 409


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("route", OF_EVERY_STORE, ids=" ".join)
def test_what_is_no_stores_is_for_an_owner_of_every_store(
    console: Console, route: tuple[str, str], who: str
) -> None:
    (person, place), (body, status) = PEOPLE[who], OF_EVERY_STORE[route]
    account, *_ = console.deps.connections.pos_accounts()
    answered = call(console, *route, person=person, body={**body, "pos": account.key})
    expected = 401 if place == NOBODY else 403
    everywhere = person and person.roles.get("*") is Role.OWNER
    assert answered.status == (status if everywhere else expected)
