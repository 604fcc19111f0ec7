"""Who may open what, written by hand. A page without a row is not shipped: nobody decided who may see it."""

from dataclasses import replace

import pytest

from tests.console_house import ConsoleHouse, a_person, a_route
from tillbridge.console.routes import ROUTES
from tillbridge.console.session import form_token
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.people import Person, Right

WHO = ("no cookie", "bad signature", "expired", "other store", "viewer", "staff", "owner")

# Of a page: a browser without a session is sent to sign in. A store that one may not see does not exist.
PAGE = (303, 303, 303, 404, 200, 200, 200)
ANYWHERE = (303, 303, 303, 200, 200, 200, 200)
PAGE_TO_ACT = (303, 303, 303, 404, 403, 200, 200)
ACT = (401, 401, 401, 404, 403, 200, 200)
PAGE_OF_OWNERS = (303, 303, 303, 404, 403, 403, 200)
OWN = (401, 401, 401, 404, 403, 403, 200)
CONFIGURE = (401, 401, 401, 404, 403, 403, 200)

# What is no store's is for owners of every store; these people are of one.
PAGE_OF_NONE = (303, 303, 303, 403, 403, 403, 403)
OF_NONE = (401, 401, 401, 403, 403, 403, 403)
DECIDE = (401, 401, 401, 404, 403, 403, 200)
# Of no store: the handler itself asks for an owner of every store (below).
ANYWHERE_TO_ACT = (401, 401, 401, 200, 200, 200, 200)
PAGE_TO_DECIDE = (303, 303, 303, 404, 403, 403, 200)

TABLE: dict[tuple[str, str], tuple[Right | None, tuple[int, ...]]] = {
    ("GET", "/"): (None, ANYWHERE),
    ("GET", "/stores"): (None, ANYWHERE),
    ("GET", "/keys"): (None, ANYWHERE),
    ("GET", "/stores/connect"): (Right.CONFIGURE, PAGE_OF_NONE),
    ("POST", "/stores/connect"): (Right.CONFIGURE, OF_NONE),
    ("GET", "/stores/{store}/first-day"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/first-day/links/{run}"): (Right.SEE, PAGE),
    ("POST", "/stores/{store}/first-day/links/{run}"): (Right.ACT, ACT),
    ("POST", "/stores/{store}/first-day/over"): (Right.CONFIGURE, CONFIGURE),
    ("GET", "/stores/{store}"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/problems"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/orders"): (Right.SEE, PAGE),
    ("POST", "/stores/{store}/orders/take"): (Right.ACT, ACT),
    ("GET", "/stores/{store}/orders/{number}"): (Right.SEE, PAGE),
    ("POST", "/stores/{store}/orders/{number}/retry"): (Right.ACT, ACT),
    ("POST", "/stores/{store}/orders/{number}/ack"): (Right.ACT, ACT),
    ("GET", "/stores/{store}/oversold"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/runs"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/settings"): (Right.SEE, PAGE),
    ("POST", "/stores/{store}/settings"): (Right.CONFIGURE, OWN),
    ("GET", "/stores/{store}/settings/change"): (Right.CONFIGURE, PAGE_OF_OWNERS),
    ("GET", "/stores/{store}/pause"): (Right.SEE, PAGE),
    ("POST", "/stores/{store}/pause"): (Right.CONFIGURE, OWN),
    ("POST", "/stores/{store}/resume"): (Right.CONFIGURE, OWN),
    ("GET", "/stores/{store}/token"): (Right.CONFIGURE, PAGE_OF_OWNERS),
    ("POST", "/stores/{store}/token"): (Right.CONFIGURE, OWN),
    ("GET", "/stores/{store}/remove"): (Right.CONFIGURE, PAGE_OF_OWNERS),
    ("POST", "/stores/{store}/remove"): (Right.CONFIGURE, OWN),
    ("GET", "/stores/{store}/pos"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/web"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/products/{product}"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/web/{number}"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/rows"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/link"): (Right.ACT, PAGE_TO_ACT),
    ("GET", "/stores/{store}/undo"): (Right.ACT, PAGE_TO_ACT),
    ("GET", "/stores/{store}/runs/{run}"): (Right.SEE, PAGE),
    ("POST", "/stores/{store}/runs/{run}/repair"): (Right.DECIDE, DECIDE),
    ("GET", "/stores/{store}/accept"): (Right.DECIDE, PAGE_TO_DECIDE),
    ("POST", "/stores/{store}/accept"): (Right.DECIDE, DECIDE),
    ("POST", "/stores/{store}/plans"): (Right.ACT, ACT),
    ("GET", "/stores/{store}/plans/{plan}"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/plans/{plan}/items"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/plans/{plan}/exact"): (Right.SEE, PAGE),
    ("POST", "/stores/{store}/plans/{plan}/exact"): (Right.ACT, ACT),
    ("POST", "/stores/{store}/jobs"): (Right.ACT, ACT),
    ("GET", "/stores/{store}/jobs"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/jobs/{job}"): (Right.SEE, PAGE),
    ("GET", "/stores/{store}/jobs/{job}/progress"): (Right.SEE, PAGE),
    ("POST", "/stores/{store}/compare"): (Right.ACT, ACT),
    ("GET", "/stores/{store}/letters"): (Right.READ_LETTERS, PAGE_TO_ACT),
    ("POST", "/stores/{store}/letters/look"): (Right.READ_LETTERS, ACT),
    ("POST", "/stores/{store}/letters/again"): (Right.DECIDE, DECIDE),
    ("POST", "/stores/{store}/letters/discard"): (Right.DECIDE, DECIDE),
    ("GET", "/letters"): (None, ANYWHERE),
    ("POST", "/letters/look"): (None, ANYWHERE_TO_ACT),
    ("POST", "/letters/again"): (None, ANYWHERE_TO_ACT),
    ("POST", "/letters/discard"): (None, ANYWHERE_TO_ACT),
}

BY_ADDRESS = {(each.method, each.path): each for each in ROUTES}


def test_every_page_has_a_row() -> None:
    assert set(BY_ADDRESS) == set(TABLE)


@pytest.mark.parametrize("address", TABLE, ids=" ".join)
def test_a_page_needs_the_right_that_was_written_down(address: tuple[str, str]) -> None:
    assert BY_ADDRESS[address].right is TABLE[address][0]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("address", TABLE, ids=" ".join)
def test_a_page_opens_to_whom_it_should(address: tuple[str, str], who: str) -> None:
    method, path = address
    _, statuses = TABLE[address]
    house = ConsoleHouse([replace(BY_ADDRESS[address], handler=lambda visit, deps: Answer("here"))])
    person = a_person("owner", store="other") if who == "other store" else _person(who)
    session = house.session(person)
    cookie = house.cookie(session)
    token = form_token(session, house.keys.now[0])
    if who == "bad signature":
        cookie = cookie[:-2] + ("AA" if cookie[-2:] != "AA" else "BB")
    if who == "expired":
        house.clock.now += 3_600_000
    answer = house.call(
        method,
        path.format(store="demo", plan="01A", job="01B", run="1", product="p%2F1", number="214"),
        cookies=[] if who == "no cookie" else [cookie],
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "sec-fetch-site": "same-origin",
        },
        body=f"token={token}" if method == "POST" else "",
    )
    assert answer["statusCode"] == statuses[WHO.index(who)]
    assert (answer["body"] == "here") == (answer["statusCode"] == 200)


def _person(who: str) -> Person:
    return a_person(who if who in {"viewer", "staff", "owner"} else "owner")


@pytest.mark.parametrize("way", ["", "/look", "/again", "/discard"])
@pytest.mark.parametrize(
    ("role", "store", "opens"),
    [("owner", "*", True), ("staff", "*", False), ("owner", "demo", False), ("viewer", "*", False)],
)
def test_dead_letters_of_no_store_are_for_owners_of_every_store(
    way: str, role: str, store: str, opens: bool
) -> None:
    house = ConsoleHouse(ROUTES)
    person = a_person(role, store=store)
    answer = house.post(f"/letters{way}", person) if way else house.get("/letters", person)
    assert answer["statusCode"] == ((303 if way else 200) if opens else 404)


def test_a_store_that_is_not_ones_own_looks_like_one_that_does_not_exist() -> None:
    house = ConsoleHouse([a_route("/stores/{store}", right=Right.SEE)])
    mine = a_person("owner", store="other")
    there, nowhere = house.get("/stores/demo", mine), house.get("/stores/nobody", mine)
    assert there == nowhere


def test_somebody_of_every_store_sees_those_connected_later_too() -> None:
    seen: list[Visit] = []

    def take(visit: Visit, deps: object) -> Answer:
        seen.append(visit)
        return Answer("here")

    house = ConsoleHouse([a_route("/stores", take)])
    house.get("/stores", a_person("viewer", store="*"))
    assert list(seen[0].stores) == ["demo", "other"]
    house.get("/stores", a_person("viewer", store="other"))
    assert list(seen[1].stores) == ["other"]


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("staff", 403), ("owner", 200)])
def test_only_an_owner_of_every_store_connects_one(role: str, status: int) -> None:
    house = ConsoleHouse([a_route("/stores/connect", right=Right.CONFIGURE)])
    assert house.get("/stores/connect", a_person(role, store="*"))["statusCode"] == status
    mine = house.get("/stores/connect", a_person("owner", store="demo"))
    assert mine["statusCode"] == 403


def test_no_store_stands_where_stores_are_connected() -> None:
    from tillbridge.console.dispatch import find
    from tillbridge.domain.store_names import name_refusal

    assert find(ROUTES, "GET", "/stores/connect").route.path == "/stores/connect"
    assert "page of the console" in name_refusal("connect")
