"""What goes to X-Series' token endpoint, and what its answers mean."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.builders import a_pos_account
from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, Step, answer
from tillbridge.adapters.lightspeed_x.oauth import (
    App,
    LightspeedOauth,
    authorise_address,
    authorise_page,
)
from tillbridge.domain.errors import CannotConnect, NeedsAttention, PosDown
from tillbridge.domain.pos_grant import PosGrant

ADDRESS = "https://lantern.retail.lightspeed.app"
ACCOUNT = a_pos_account("lightspeed-lantern", address=ADDRESS)
APP = App("the-app", "app-secret")
BACK = "http://127.0.0.1:8765/back"
HELD = PosGrant("old-access", "old-refresh", 1, "the-app", "app-secret", ("products:read",))
GOOD: dict[str, Any] = {
    "access_token": "new-access",
    "token_type": "Bearer",
    "expires": 1_795_348_800,
    "expires_in": 86_400,
    "refresh_token": "new-refresh",
    "scope": "products:read inventory:read",
}


@dataclass
class Asked:
    """An OAuth client, and what it asked."""

    steps: list[Step]
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.canned = Canned(self.steps)
        self.oauth = LightspeedOauth(self.canned.http_session(), self.clock)

    @property
    def form(self) -> dict[str, list[str]]:
        (request,) = self.canned.asked
        assert request.url == f"{ADDRESS}/api/1.0/token"
        assert isinstance(request.body, bytes)
        return parse_qs(request.body.decode())


def said(status: int = 200, **changes: Any) -> Asked:
    return Asked([answer(status, json.dumps(GOOD | changes).encode())])


def test_a_person_is_sent_to_the_vendor_with_what_the_app_may() -> None:
    address = authorise_address("the-app", BACK, "a-state", ["products:read", "webhooks"])
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == (
        "https://secure.retail.lightspeed.app/connect"
    )
    assert parse_qs(parts.query) == {
        "response_type": ["code"],
        "client_id": ["the-app"],
        "redirect_uri": [BACK],
        "state": ["a-state"],
        "scope": ["products:read webhooks"],
    }


def test_a_code_becomes_a_grant_that_knows_its_app_and_its_end() -> None:
    asked = said()
    grant = asked.oauth.exchanged(ADDRESS, APP, "the-code", BACK)
    assert grant == PosGrant(
        "new-access",
        "new-refresh",
        asked.clock.now_ms() + 86_400_000,
        "the-app",
        "app-secret",
        ("products:read", "inventory:read"),
    )
    assert asked.form == {
        "grant_type": ["authorization_code"],
        "code": ["the-code"],
        "client_id": ["the-app"],
        "client_secret": ["app-secret"],
        "redirect_uri": [BACK],
    }


def test_a_refused_code_says_to_connect_again() -> None:
    with pytest.raises(CannotConnect, match="Connect again"):
        said(400).oauth.exchanged(ADDRESS, APP, "used-before", BACK)


def test_an_app_that_is_unknown_says_what_to_check() -> None:
    with pytest.raises(CannotConnect, match="client id and secret"):
        said(401, error="invalid_client").oauth.exchanged(ADDRESS, APP, "code", BACK)


def test_a_lab_has_a_page_of_its_own() -> None:
    assert authorise_page(ADDRESS) == "https://secure.retail.lightspeed.app/connect"
    assert authorise_page("http://127.0.0.1:8790/") == "http://127.0.0.1:8790/connect"


def test_a_grant_is_renewed_with_its_refresh_token() -> None:
    asked = said()
    grant = asked.oauth.refreshed(ACCOUNT, HELD)
    assert (grant.access_token, grant.refresh_token) == ("new-access", "new-refresh")
    assert asked.form == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["old-refresh"],
        "client_id": ["the-app"],
        "client_secret": ["app-secret"],
    }


def test_what_an_answer_leaves_out_is_as_before() -> None:
    body = json.dumps({"access_token": "new-access"}).encode()
    asked = Asked([answer(200, body)])
    grant = asked.oauth.refreshed(ACCOUNT, HELD)
    assert grant == PosGrant(
        "new-access",
        "old-refresh",
        asked.clock.now_ms() + 86_400_000,
        "the-app",
        "app-secret",
        ("products:read",),
    )


@pytest.mark.parametrize("ends", [None, -1, 10**12, True, "86400"])
def test_an_end_that_is_none_is_a_day_from_now(ends: object) -> None:
    asked = said(expires_in=ends)
    assert asked.oauth.refreshed(ACCOUNT, HELD).expires_ms == asked.clock.now_ms() + 86_400_000


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_dead_refresh_token_names_the_command_that_connects_again(status: int) -> None:
    with pytest.raises(NeedsAttention) as told:
        said(status, error="invalid_grant").oauth.refreshed(ACCOUNT, HELD)
    assert told.value.code == "pos_token_dead"
    assert "`tillbridge pos connect lightspeed --prefix lantern`" in str(told.value)
    assert "store add" not in str(told.value)


@pytest.mark.parametrize(
    "step",
    [
        answer(429, b"{}", {"Retry-After": "30"}),
        answer(503),
        answer(302, b"", {"Location": "https://elsewhere.example"}),
        answer(200, b"<html>"),
        answer(200, b'{"access_token": "with a space"}'),
        answer(200, b"[]"),
        requests.ReadTimeout(),
    ],
)
def test_nobody_knows_whether_the_token_was_used_and_it_is_asked_once(step: Step) -> None:
    asked = Asked([step])
    with pytest.raises(PosDown) as told:
        asked.oauth.refreshed(ACCOUNT, HELD)
    assert len(asked.canned.asked) == 1
    for secret in ("old-refresh", "app-secret", "old-access"):
        assert secret not in str(told.value)


def test_the_wait_that_is_asked_for_is_told() -> None:
    with pytest.raises(PosDown) as told:
        Asked([answer(429, b"{}", {"Retry-After": "30"})]).oauth.refreshed(ACCOUNT, HELD)
    assert told.value.wait == 30
