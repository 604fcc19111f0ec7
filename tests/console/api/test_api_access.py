"""Who may call what, written by hand: each route by each kind of person."""

from typing import Any

import pytest

from tests.builders import STORE
from tests.console.api.calls import OTHER, Console, a_person, call
from tillbridge.console.api.routes import API_ROUTES
from tillbridge.console.claims import person_of_claims
from tillbridge.domain.people import Person, Role

PUSH = {"do": "push", "select": {"ids": ["p-1"]}}

#        method, path                      body               nobody other viewer staff owner
TABLE: dict[tuple[str, str], tuple[Any, tuple[int, int, int, int, int]]] = {
    ("GET", "/me"): (None, (401, 200, 200, 200, 200)),
    ("GET", "/stores"): (None, (401, 200, 200, 200, 200)),
    ("GET", "/stores/{store}/pos"): (None, (401, 404, 200, 200, 200)),
    ("GET", "/stores/{store}/web"): (None, (401, 404, 200, 200, 200)),
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
}

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
    assert {(route.method, route.path) for route in API_ROUTES} == set(TABLE)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("route", TABLE, ids=" ".join)
def test_a_person_may_what_the_table_says(
    console: Console, route: tuple[str, str], who: str
) -> None:
    (person, place), (body, statuses) = PEOPLE[who], TABLE[route]
    path = route[1].format(store=STORE, plan="plan-0", job="job-0", run="run-0")
    answered = call(console, route[0], path, person=person, body=body)
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
        path = route[1].format(store=store, plan="plan-0", job="job-0", run="run-0")
        told.append(call(console, route[0], path, person=person, body=body))
    # A plan of a store that is not there is planned by nobody, and its carrying out is refused for the plan.
    if route == ("POST", "/stores/{store}/jobs"):
        assert told.pop().status == 409
    assert {answered.status for answered in told} == {404}
    assert len({str(answered.body) for answered in told}) == 1


@pytest.mark.parametrize("route", [each for each in TABLE if "{store}" in each[1]], ids=" ".join)
def test_who_may_not_is_told_before_anything_is_read_of_the_call(
    console: Console, route: tuple[str, str]
) -> None:
    path = route[1].format(store=OTHER, plan="plan-0", job="job-0", run="run-0")
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
