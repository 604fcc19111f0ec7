"""The issuer of the local world, over HTTP, and our adapter against it."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sandbox.people.server import PeopleServer
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.oidc import OidcIssuer
from tillbridge.domain.errors import CannotSignIn, RetryLater

BACK = "http://127.0.0.1:1/sign-in/back"
VERIFIER = "v" * 43
SECONDS = 10


@pytest.fixture(scope="module")
def people() -> Iterator[PeopleServer]:
    with PeopleServer("console", BACK) as server:
        yield server


def wanted(**other: str) -> dict[str, str]:
    digest = hashlib.sha256(VERIFIER.encode()).digest()
    return {
        "response_type": "code",
        "client_id": "console",
        "redirect_uri": BACK,
        "scope": "openid profile",
        "state": "s",
        "nonce": "n",
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
        **other,
    }


def asked(people: PeopleServer, **other: str) -> requests.Response:
    return requests.get(
        f"{people.address}/authorize",
        params=wanted(**other),
        timeout=SECONDS,
        allow_redirects=False,
    )


def a_code(people: PeopleServer, who: str = "sam") -> str:
    ticket = asked(people).text.partition('name="ticket" value="')[2].partition('"')[0]
    answer = requests.post(
        f"{people.address}/choose",
        data={"ticket": ticket, "who": who},
        timeout=SECONDS,
        allow_redirects=False,
    )
    there = urlsplit(answer.headers["location"])
    assert answer.headers["location"].startswith(f"{BACK}?")
    found = parse_qs(there.query)
    assert found["state"] == ["s"]
    return found["code"][0]


def traded(people: PeopleServer, **form: str) -> requests.Response:
    sent = {
        "grant_type": "authorization_code",
        "redirect_uri": BACK,
        "client_id": "console",
        "code_verifier": VERIFIER,
        **form,
    }
    return requests.post(f"{people.address}/token", data=sent, timeout=SECONDS)


def adapter(people: PeopleServer, name: str = "") -> OidcIssuer:
    return OidcIssuer(name or people.address, "console", new_http_session(), SystemClock())


def test_three_people_are_offered(people: PeopleServer) -> None:
    page = asked(people).text
    for words in ("Olivia, owner of every store", "Sam, staff of demo", "Vera, may look"):
        assert words in page


def test_our_adapter_gets_the_claims_of_whoever_was_chosen(people: PeopleServer) -> None:
    issuer = adapter(people)
    assert issuer.authorization_endpoint() == f"{people.address}/authorize"
    claims = issuer.claims(a_code(people), VERIFIER, BACK)
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (people.address, "console", "n")
    assert (claims["name"], claims["tillbridge"]) == ("Sam", ["demo:staff"])


def test_a_code_is_good_once(people: PeopleServer) -> None:
    code, issuer = a_code(people), adapter(people)
    issuer.claims(code, VERIFIER, BACK)
    with pytest.raises(CannotSignIn):
        issuer.claims(code, VERIFIER, BACK)


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:1/"}, "invalid_grant"),
        ({"client_id": "other"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"code": "made-up"}, "invalid_grant"),
    ],
    ids=str,
)
def test_a_trade_that_is_not_right_in_every_part_is_refused_and_uses_the_code_up(
    people: PeopleServer, form: dict[str, str], error: str
) -> None:
    code = a_code(people)
    assert traded(people, **{"code": code, **form}).json()["error"] == error
    if "code" not in form:
        assert traded(people, code=code).json()["error"] == "invalid_grant"


def test_a_code_dies_in_a_minute(people: PeopleServer, monkeypatch: pytest.MonkeyPatch) -> None:
    code = a_code(people)
    later = people.issuer.now() + 61
    monkeypatch.setattr(people.issuer, "now", lambda: later)
    assert traded(people, code=code).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "other",
    [
        {"redirect_uri": "https://evil.example"},
        {"redirect_uri": BACK + "/"},
        {"redirect_uri": BACK + "?x=1"},
        {"client_id": "other"},
    ],
    ids=str,
)
def test_nobody_is_sent_to_an_address_that_is_not_the_clients(
    people: PeopleServer, other: dict[str, str]
) -> None:
    answer = asked(people, **other)
    assert (answer.status_code, answer.headers.get("location")) == (400, None)


@pytest.mark.parametrize(
    "other",
    [
        {"code_challenge": ""},
        {"code_challenge_method": "plain"},
        {"scope": "profile"},
        {"response_type": "token"},
        {"state": ""},
    ],
    ids=str,
)
def test_a_client_that_asks_wrongly_is_told_at_its_own_address(
    people: PeopleServer, other: dict[str, str]
) -> None:
    answer = asked(people, **other)
    assert answer.status_code == 303
    assert "error=" in answer.headers["location"]


def test_a_choice_is_made_once(people: PeopleServer) -> None:
    ticket = asked(people).text.partition('name="ticket" value="')[2].partition('"')[0]
    form = {"ticket": ticket, "who": "vera"}
    answers = [
        requests.post(
            f"{people.address}/choose", data=form, timeout=SECONDS, allow_redirects=False
        ).status_code
        for _ in range(2)
    ]
    assert answers == [303, 400]


def test_an_issuer_by_another_name_is_not_believed(people: PeopleServer) -> None:
    other = people.address.replace("127.0.0.1", "localhost")
    with pytest.raises(CannotSignIn, match="another name"):
        adapter(people, other).authorization_endpoint()


def test_an_issuer_that_is_not_there_is_tried_again_later() -> None:
    with PeopleServer("console", BACK) as gone:
        address = gone.address
    issuer = OidcIssuer(address, "console", new_http_session(), SystemClock())
    with pytest.raises(RetryLater):
        issuer.authorization_endpoint()


@pytest.mark.parametrize("name", ["http://people.example", "ftp://x", "https://a@b.example"])
def test_an_issuer_without_https_is_not_asked(name: str) -> None:
    issuer = OidcIssuer(name, "console", new_http_session(), SystemClock())
    with pytest.raises(CannotSignIn):
        issuer.authorization_endpoint()


def test_endpoints_without_https_are_not_used(
    people: PeopleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: dict[str, Any] = {**people.issuer.discovery(), "token_endpoint": "http://evil.example/t"}
    monkeypatch.setattr(type(people.issuer), "discovery", lambda self: said)
    with pytest.raises(CannotSignIn):
        adapter(people).authorization_endpoint()


def test_an_issuer_that_containers_reach_calls_itself_by_their_name_for_this_machine() -> None:
    with PeopleServer("console", BACK, known_as="localhost") as server:
        assert server.address.startswith("http://localhost:")
        assert adapter(server).authorization_endpoint() == f"{server.address}/authorize"
