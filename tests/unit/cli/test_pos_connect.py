"""`tillbridge pos connect`: what was typed is judged before anybody is asked, and a person reads what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from cli.cannot_run import CannotRun
from cli.deployment import target as deployment
from cli.pos import connecting, granting, vendors
from cli.pos.granting import BACK, Asked, code_of
from cli.pos.scopes import NEEDED, SCOPES, not_granted, with_costs
from tests.builders import a_pos_account
from tests.fakes.clock import FakeClock
from tests.fakes.pos_accounts import FakePosAccounts
from tests.fakes.pos_hooks import FakePosHookSecrets
from tests.fakes.token_box import FakeTokenBox
from tests.fakes.vendor import QUAY, FakeVendor
from tests.unit.cli.typed import run
from tillbridge.adapters.lightspeed_x.resources import NEEDED as OF_THE_ADAPTER
from tillbridge.domain.errors import CannotConnect, NeedsAttention, PosDown
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.polling import PollNote
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.ports.pos_source import PosFacts

KEY = PosAccountKey("lightspeed-quay")
CONNECT = ("pos", "connect", "lightspeed", "--prefix", "quay")
TOKEN = ("--token-file", "-")


OTHER = a_pos_account("lightspeed-pier", facts={"retailer": "r-2"})
NAMELESS = a_pos_account("till")


class Shop:
    """A deployment and a POS, in memory."""

    def __init__(self) -> None:
        self.vendor = FakeVendor()
        self.accounts = FakePosAccounts()
        self.tokens = FakeTokenBox()
        self.poked: list[PosAccountKey] = []
        self.note = PollNote()
        self.rows: list[PosAccount] = []

    def poke(self, account: PosAccountKey) -> None:
        self.poked.append(account)

    def find(self, _: PosAccountKey) -> tuple[None, PollNote]:
        return None, self.note

    def told(self, facts: PosFacts) -> None:
        self.vendor.told = facts


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop()
    there = SimpleNamespace(
        endpoint_url="http://aws",
        outputs={"pos_polls_queue_url": "q"},
        stores=SimpleNamespace(pos_accounts=lambda: list(made.rows)),
    )
    monkeypatch.setattr(deployment, "need_target", lambda _: there)
    monkeypatch.setattr(connecting, "open_source", lambda _: made.vendor)
    monkeypatch.setattr(connecting, "pos_accounts", lambda _: made.accounts)
    monkeypatch.setattr(vendors, "pos_accounts", lambda _: made.accounts)
    monkeypatch.setattr(connecting, "token_box", lambda _: made.tokens)
    monkeypatch.setattr(connecting, "pos_hook_secrets", lambda _: FakePosHookSecrets())
    monkeypatch.setattr(connecting, "pokes", lambda _: made)
    monkeypatch.setattr(connecting, "polled_accounts", lambda _: made)
    return made


def said(*more: str, status: int = 0, keyed: str = "t0ken\n") -> str:
    done = run(*CONNECT, *more, status=status, answer=keyed)
    return " ".join((done.stdout + done.stderr).split())


def test_a_personal_token_connects_it_and_the_first_poll_is_asked_for(shop: Shop) -> None:
    told = said(*TOKEN)
    found = shop.accounts.find(KEY)
    assert found is not None
    assert (found.address, found.source) == (
        "https://quay.retail.lightspeed.app",
        "pos.lightspeed-x",
    )
    assert "Connected 'lightspeed-quay' (Quay Gifts, " in told
    assert "Prices are in USD; those without tax are sent, as the POS shows them." in told
    assert "Quota: 650 calls in five minutes (2 registers)." in told
    assert "Outlets: 1 open, 1 closed." in told
    assert "--pos lightspeed --pos-account lightspeed-quay" in told
    assert "t0ken" not in told
    assert shop.poked == [KEY]


def test_what_is_missing_is_said_with_what_it_costs_and_where_it_is_granted(shop: Shop) -> None:
    shop.told(replace(QUAY, missing_scopes=("suppliers:write", "webhooks")))
    told = said(*TOKEN)
    assert "imports make no vendor" in told
    assert "Personal tokens" in told
    shop.told(replace(QUAY, missing_scopes=("products:read",)))
    told = said(*TOKEN, status=1)
    assert "lacks the scope products:read" in told
    assert "Nothing was saved." in told


def test_a_shop_that_is_connected_under_another_name_too_is_said(shop: Shop) -> None:
    assert "The same shop" not in said(*TOKEN)
    found = shop.accounts.find(KEY)
    assert found is not None
    shop.rows += [found, replace(found, key=PosAccountKey("lightspeed-old")), OTHER, NAMELESS]
    told = said(*TOKEN)
    assert "The same shop is connected as lightspeed-old, too" in told
    assert "--pos-account lightspeed-quay" in told


def test_in_a_local_world_it_stays_at_its_simulator_which_the_token_is_of(shop: Shop) -> None:
    said(*TOKEN, "--address", "http://127.0.0.1:9")
    assert "Connected again: 'lightspeed-quay' (Quay Gifts, http://127.0.0.1:9)" in said(*TOKEN)


def test_a_choice_of_prices_is_kept_and_read_again(shop: Shop) -> None:
    said(*TOKEN)
    told = said(*TOKEN, "--prices", "incl")
    assert "those with tax are sent, as you chose" in told
    assert "Everything is read again" in told
    assert "as you chose" in said(*TOKEN)


def test_a_pos_that_went_back_is_adopted_by_no_other_choice(shop: Shop) -> None:
    said(*TOKEN)
    shop.note = PollNote(trouble="pos_went_back")
    assert "reconcile --adopt" in said(*TOKEN, "--prices", "incl", status=1)
    said(*TOKEN)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (NeedsAttention("pos_token_dead", "The POS no longer accepts it."), "Check the token"),
        (PosDown("The POS cannot be reached."), "Run the command again."),
    ],
)
def test_a_pos_that_does_not_let_us_in_changes_nothing(
    shop: Shop, trouble: Exception, words: str
) -> None:
    shop.vendor.trouble = trouble
    assert words in said(*TOKEN, status=1)
    assert (shop.tokens.kept, shop.poked) == ({}, [])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ((), "either --token-file"),
        ((*TOKEN, "--client-id", "a"), "either --token-file"),
        (("--client-id", "a"), "go together"),
        ((*TOKEN, "--paste"), "--paste is for an OAuth app"),
        ((*TOKEN, "--address", "http://pos.example"), "cannot be used"),
    ],
)
def test_what_cannot_be_meant_asks_nobody(more: Sequence[str], words: str) -> None:
    assert words in said(*more, status=2)


@pytest.mark.parametrize("prefix", ["", "Quay", "quay.example", "-quay", "a" * 60, "quay/..", "é"])
def test_a_prefix_that_no_shop_has_is_refused(prefix: str) -> None:
    done = run("pos", "connect", "lightspeed", f"--prefix={prefix}", *TOKEN, status=2)
    assert "no name of a shop" in " ".join(done.stderr.split())


def test_a_vendor_that_is_not_known_is_refused_and_the_known_are_named() -> None:
    done = run("pos", "connect", "square", "--prefix", "quay", *TOKEN, status=2)
    assert "There is: lightspeed." in " ".join(done.stderr.split())


def test_a_deployed_stack_reaches_no_simulator_and_needs_its_polls(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = SimpleNamespace(endpoint_url=None, outputs=dict[str, str]())
    monkeypatch.setattr(deployment, "need_target", lambda _: there)
    assert "local world" in said(*TOKEN, "--address", "https://sim.example", status=2)
    assert "polls no POS" in said(*TOKEN, status=1)
    assert shop.tokens.kept == {}


ASKED = Asked("state", "quay")


@pytest.mark.parametrize("at", [BACK, "/connected", "connected"])
def test_the_code_is_in_the_address_that_a_person_came_back_to(at: str) -> None:
    assert code_of(f"{at}?code=c0de&state=state&domain_prefix=quay", ASKED) == "c0de"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("code=c&state=other&domain_prefix=quay", "was not asked for"),
        ("code=c&domain_prefix=quay", "was not asked for"),
        ("code=c&state=state&state=state", "was not asked for"),
        ("error=access_denied&state=state", "did not let the app in (access_denied)"),
        ("code=c&state=state&domain_prefix=pier", "the shop 'pier'"),
        ("state=state&domain_prefix=quay", "holds no code"),
        ("", "was not asked for"),
        ("code=c&code=d&state=state", "holds no code"),
    ],
)
def test_what_came_back_otherwise_is_refused_in_words(query: str, words: str) -> None:
    refused(f"{BACK}?{query}", words)


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("", "Nothing was pasted"),
        ("  ", "Nothing was pasted"),
        ("c0de", "Paste the whole address"),
        ("http://[", "Paste the whole address"),
        (
            "https://secure.retail.lightspeed.app/connect?state=state&client_id=a",
            "was printed here",
        ),
        (f"{BACK}?code=c&state=an-earlier-one&domain_prefix=quay", "was not asked for"),
    ],
)
def test_what_is_pasted_otherwise_is_refused_in_words(pasted: str, words: str) -> None:
    refused(pasted, words)


def refused(came_back: str, words: str) -> None:
    with pytest.raises(CannotRun) as told:
        code_of(came_back, ASKED)
    assert words in str(told.value)


class Vendors:
    """The token endpoint."""

    def __init__(self, *_: object) -> None:
        pass

    def exchanged(self, address: str, app: Any, code: str, back: str) -> PosGrant:
        if code == "used":
            raise CannotConnect("pos_token", "Lightspeed refuses the code.")
        assert (address, code, back) == ("https://quay.retail.lightspeed.app", "c0de", BACK)
        return PosGrant("a", "r", 9_000, app.client_id, app.client_secret, ("products:read",))


@pytest.mark.parametrize(("code", "status"), [("c0de", 0), ("used", 1)])
def test_an_app_is_let_in_by_pasting_the_address(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Any, code: str, status: int
) -> None:
    monkeypatch.setattr(granting, "LightspeedOauth", Vendors)
    monkeypatch.setattr(granting, "token_urlsafe", lambda _: "state")
    monkeypatch.setattr(granting, "SystemClock", FakeClock)
    shop.told(replace(QUAY, missing_scopes=()))
    (tmp_path / "secret").write_text("shh")
    app = ("--client-id", "app", "--client-secret-file", str(tmp_path / "secret"), "--paste")
    # Of what is asked for, products:read alone is granted: too little.
    told = said(*app, status=1, keyed=f"{BACK}?code={code}&state=state&domain_prefix=quay\n")
    assert "client_id=app" in told
    assert ("lacks the scopes" in told) is (status == 0)
    assert ("refuses the code" in told) is (status == 1)
    assert "shh" not in told


def test_every_scope_that_the_adapter_needs_is_asked_for_with_its_cost() -> None:
    assert {each.name for each in SCOPES} >= set(OF_THE_ADAPTER)
    assert not_granted(()) == (), "who does not say what was granted lacks nothing for sure"
    assert set(not_granted(NEEDED)) == {each.name for each in SCOPES} - set(NEEDED)
    assert [each.cost for each in with_costs(["new:scope"])] == ["what it is for is not known here"]


ADD = ("store", "add", "shop", "--hash", "h", "--token-file", "-")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--pos", "lightspeed"), "named by both"),
        (("--pos-account", "lightspeed-quay"), "named by both"),
        (
            ("--pos", "lightspeed", "--pos-account", "k", "--pos-url", "https://p.example"),
            "are not for a vendor's POS",
        ),
        (("--pos", "square", "--pos-account", "k"), "square"),
    ],
)
def test_a_store_is_not_added_to_half_a_vendors_pos(more: Sequence[str], words: str) -> None:
    assert words in " ".join(run(*ADD, *more, status=2).stderr.split())


def test_a_store_on_a_vendors_pos_needs_a_deployment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deployment, "find_target", lambda _: None)
    done = run(*ADD, "--pos", "lightspeed", "--pos-account", "k", status=1, answer="t\n")
    assert "`tillbridge up`" in done.stderr
