"""Fact 12: authorise, exchange, refresh; each code and each refresh token is good once."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from sandbox.lightspeed_x.server.in_process import ADDRESS
from sandbox.lightspeed_x.state.config import SCOPES
from tests.sandbox.lightspeed_x.conftest import Clock, Shop

BACK = "http://127.0.0.1:8765/back"
APP = {"client_id": "sandbox-app", "client_secret": "sandbox-app-secret"}


def connect(shop: Shop, **changes: str) -> requests.Response:
    asked = {
        "response_type": "code", "client_id": "sandbox-app", "redirect_uri": BACK, "state": "s-1",
        "scope": "products:read inventory:read",
    } | changes  # fmt: skip
    url = f"{ADDRESS}/connect?{urlencode(asked)}"
    return shop.session.get(url, allow_redirects=False)


def code(shop: Shop, **changes: str) -> str:
    return parse_qs(urlsplit(connect(shop, **changes).headers["Location"]).query)["code"][0]


def grant(shop: Shop, **form: str) -> requests.Response:
    return shop.session.post(f"{ADDRESS}/api/1.0/token", data=APP | form)


def exchange(shop: Shop, given: str, **changes: str) -> requests.Response:
    form = {"grant_type": "authorization_code", "code": given, "redirect_uri": BACK} | changes
    return grant(shop, **form)


def refresh(shop: Shop, given: str) -> requests.Response:
    return grant(shop, grant_type="refresh_token", refresh_token=given)


def pair(shop: Shop) -> dict[str, Any]:
    answered: dict[str, Any] = exchange(shop, code(shop)).json()
    return answered


def status_with(shop: Shop, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return shop.call("GET", "/products", headers=headers).status_code


def test_the_authorize_page_sends_back_code_state_and_prefix(shop: Shop) -> None:
    answer = connect(shop)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{BACK}?")
    told = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (told["state"], told["domain_prefix"]) == (["s-1"], ["lantern"])


@pytest.mark.parametrize(
    "changes", [{"client_id": "other"}, {"scope": ""}, {"scope": "products"}, {"state": ""}]
)
def test_the_authorize_page_asks_for_all_that_is_needed(
    shop: Shop, changes: dict[str, str]
) -> None:
    assert connect(shop, **changes).status_code == 400


def test_a_code_gives_a_pair_and_says_what_was_granted(shop: Shop) -> None:
    given = pair(shop)
    assert given["token_type"] == "Bearer"
    assert given["expires_in"] == 86_400
    assert given["domain_prefix"] == "lantern"
    assert given["scope"] == "inventory:read products:read"
    assert status_with(shop, given["access_token"]) == 200


def test_granted_may_be_less_than_what_was_asked_for(clock: Clock) -> None:
    shop = Shop(clock, scopes=SCOPES - {"inventory:read"})
    assert pair(shop)["scope"] == "products:read"


def test_a_code_is_good_once_and_for_its_own_address(shop: Shop) -> None:
    given = code(shop)
    assert exchange(shop, given).status_code == 200
    assert exchange(shop, given).json()["error"] == "invalid_grant"
    assert exchange(shop, code(shop), redirect_uri="http://else").status_code == 400


def test_an_access_token_lives_for_a_day(shop: Shop, clock: Clock) -> None:
    given = pair(shop)
    clock.now += 86_399
    assert status_with(shop, given["access_token"]) == 200
    clock.now += 1
    assert status_with(shop, given["access_token"]) == 401


def test_a_refresh_kills_the_refresh_token_that_was_used(shop: Shop) -> None:
    first = pair(shop)
    second = refresh(shop, first["refresh_token"]).json()
    assert status_with(shop, second["access_token"]) == 200
    again = refresh(shop, first["refresh_token"])
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert refresh(shop, second["refresh_token"]).status_code == 200


def test_a_refresh_kills_the_old_access_token_too(shop: Shop) -> None:
    first = pair(shop)
    refresh(shop, first["refresh_token"])
    assert status_with(shop, first["access_token"]) == 401


def test_a_refresh_whose_answer_is_lost_leaves_no_token_that_is_good(shop: Shop) -> None:
    first = pair(shop)
    shop.control.hazards(lose_tokens=1)
    assert refresh(shop, first["refresh_token"]).status_code == 504
    assert refresh(shop, first["refresh_token"]).json()["error"] == "invalid_grant"
    assert status_with(shop, first["access_token"]) == 401


def test_an_app_that_was_removed_gets_nothing_by_refreshing(shop: Shop) -> None:
    first = pair(shop)
    shop.control.revoke(refresh=True)
    assert refresh(shop, first["refresh_token"]).json()["error"] == "invalid_grant"


def test_the_secret_of_the_app_is_asked_for(shop: Shop) -> None:
    form = {"grant_type": "authorization_code", "code": code(shop), "redirect_uri": BACK}
    answer = grant(shop, **form, client_secret="guess")
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_the_token_endpoint_has_a_small_limit_of_its_own(shop: Shop, clock: Clock) -> None:
    statuses = {refresh(shop, "none").status_code for _ in range(10)}
    assert statuses == {400}
    answer = refresh(shop, "none")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"].endswith("GMT")
    assert shop.call("GET", "/outlets").status_code == 200
    clock.now += 60
    assert refresh(shop, "none").status_code == 400
