"""OAuth against the simulated X-Series, whose refresh tokens die with their use: connecting, renewing, and what is
lost with an answer."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sandbox.lightspeed_x.server.in_process import ADDRESS, InProcess
from tests.builders import a_pos_account
from tests.fakes.pos_grants import FakePosGrants
from tests.lightspeed_lab import START, Lab
from tests.unit.adapters.canned_http import Canned
from tillbridge.adapters.lightspeed_x.oauth import App, LightspeedOauth, authorise_address
from tillbridge.domain.errors import CannotConnect, NeedsAttention, RetryLater
from tillbridge.domain.pos_account import PosKind
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.usecases.renew_pos_access import RenewDeps, refresh_when_due, renew

BACK = "http://127.0.0.1:8765/back"
ACCOUNT = a_pos_account("lightspeed-lantern", address=ADDRESS, kind=PosKind.LIGHTSPEED_X)
SCOPES = ("products:read", "inventory:read")
DAY_S = 86_400


class Connected(Lab):
    """An account that a person let our app into."""

    def __init__(self) -> None:
        super().__init__()
        config = self.account.config
        self.app = App(config.client_id, config.client_secret)
        self.oauth = LightspeedOauth(self.http, self.clock)
        self.grants = FakePosGrants()
        self.grants.kept[ACCOUNT.key] = self.connects()

    def code(self, state: str = "a-state") -> str:
        """Let the app in as a person does, and return the code that comes back."""
        page = authorise_address(self.app.client_id, BACK, state, SCOPES, f"{ADDRESS}/connect")
        answer = self.http.get(page)
        told = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert told["state"] == [state]
        assert told["domain_prefix"] == ["lantern"]
        return told["code"][0]

    def connects(self) -> PosGrant:
        return self.oauth.exchanged(ADDRESS, self.app, self.code(), BACK)

    @property
    def grant(self) -> PosGrant:
        return self.grants.kept[ACCOUNT.key]

    def works(self) -> bool:
        """Return whether the kept access token is taken."""
        with suppress(NeedsAttention):
            self.source(token=self.grant.access_token).items(START)
            return True
        return False

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Have nobody answer at the vendor's address."""
        self.http.mount(ADDRESS, Canned([requests.ConnectTimeout()] * 10))
        yield
        self.http.mount(ADDRESS, InProcess(self.account))

    def function(self) -> RenewDeps:
        """Return what a cold `poll` has."""
        return RenewDeps(self.grants, self.oauth, self.clock, self.clock.now_ms() + 60_000)

    def polls(self) -> None:
        refresh_when_due(ACCOUNT, self.function(), self.clock.now_ms())


@pytest.fixture
def lab() -> Iterator[Connected]:
    made = Connected()
    yield made
    made.http.close()


def test_a_code_is_good_once_and_its_grant_says_what_was_granted(lab: Connected) -> None:
    code = lab.code()
    grant = lab.oauth.exchanged(ADDRESS, lab.app, code, BACK)
    assert set(grant.scopes) == set(SCOPES)
    assert grant.expires_ms == lab.clock.now_ms() + DAY_S * 1_000
    with pytest.raises(CannotConnect):
        lab.oauth.exchanged(ADDRESS, lab.app, code, BACK)


def test_a_polled_account_stays_connected_for_a_month(lab: Connected) -> None:
    tokens = set()
    for _ in range(30 * 24 * 2):  # a poll each half hour is enough to show it
        lab.clock.advance(1_800)
        lab.polls()
        tokens.add(lab.grant.refresh_token)
    assert 38 <= len(tokens) <= 42, "renewed each 18 hours"
    assert lab.grant.expires_ms > lab.clock.now_ms()


def test_after_five_hours_of_outage_near_the_end_it_is_renewed_in_time(lab: Connected) -> None:
    lab.clock.advance(18 * 3_600)
    with lab.outage():
        for _ in range(5):
            lab.polls()
            lab.clock.advance(3_600)
    lab.polls()
    assert lab.grant.expires_ms > lab.clock.now_ms() + 23 * 3_600_000


def test_a_revoked_access_token_is_renewed_when_the_poll_meets_it(lab: Connected) -> None:
    lab.control.revoke()
    assert not lab.works()
    assert renew(ACCOUNT, lab.function())
    assert lab.works()


@pytest.mark.parametrize("lost", ["drop", "504"])
def test_an_answer_that_is_lost_loses_the_account_which_a_person_connects_again(
    lab: Connected, lost: str
) -> None:
    lab.clock.advance(20 * 3_600)
    lab.control.hazards(lose_tokens=1, lost=lost)
    lab.polls()  # nobody knows yet: the old access token lives
    with pytest.raises(NeedsAttention) as told:
        lab.polls()
    assert told.value.code == "pos_token_dead"
    assert "`tillbridge pos connect lightspeed --prefix lantern`" in str(told.value)
    lab.grants.kept[ACCOUNT.key] = lab.connects()
    lab.polls()
    assert lab.works()


def test_two_that_renew_at_once_end_with_one_living_grant(lab: Connected) -> None:
    lab.clock.advance(20 * 3_600)
    whole = lab.oauth.refreshed(ACCOUNT, lab.grant)  # another poll, which has not kept it yet
    late = replace(lab.function(), clock=_Keeps(lab, whole))
    refresh_when_due(ACCOUNT, late, lab.clock.now_ms())
    assert lab.grant == whole
    assert lab.works()


class _Keeps:
    """A clock in whose second the other poll keeps its grant."""

    def __init__(self, lab: Connected, grant: PosGrant) -> None:
        self._lab, self._grant = lab, grant

    def now_ms(self) -> int:
        return self._lab.clock.now_ms()

    def sleep(self, seconds: float) -> None:
        self._lab.clock.sleep(seconds)
        self._lab.grants.put(ACCOUNT.key, self._grant)


def test_an_app_that_the_merchant_deleted_needs_a_person(lab: Connected) -> None:
    grant = replace(lab.grant, client_secret="gone")
    with pytest.raises(NeedsAttention):
        lab.oauth.refreshed(ACCOUNT, grant)


def test_a_token_endpoint_that_is_down_when_nothing_lives_waits(lab: Connected) -> None:
    lab.clock.advance(25 * 3_600)
    with lab.outage(), pytest.raises(RetryLater):
        lab.polls()
    lab.polls()
    assert lab.works()
