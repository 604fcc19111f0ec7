"""A vendor's POS is connected when it was asked with the new token; the token is kept first, the account last."""

import json
from dataclasses import replace

import pytest

from tests.fakes.pokes import FakePokes
from tests.fakes.pos_accounts import FakePosAccounts
from tests.fakes.pos_hooks import FakePosHookSecrets
from tests.fakes.token_box import FakeTokenBox
from tests.fakes.vendor import QUAY, FakeVendor
from tillbridge.domain.connecting import ConnectCode
from tillbridge.domain.errors import CannotConnect, NeedsAttention, RetryLater
from tillbridge.domain.families.parts import ItemPart, MemberFields
from tillbridge.domain.hooks.pos_access import mark_of
from tillbridge.domain.ids import MemberId, PosAccountKey
from tillbridge.domain.pos_account import PosAccount, PosKind
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.domain.pos_habits import PriceHabit, prices_with_tax
from tillbridge.usecases.connect_pos import ConnectedPos, WantedPos, connect_pos

KEY = PosAccountKey("lightspeed-quay")
QUAYS = PosAccount(
    KEY, "https://quay.example", source="pos.lightspeed-x", kind=PosKind.LIGHTSPEED_X
)
WANTED = WantedPos(
    QUAYS,
    PosGrant("t0ken"),
    needed=("products:read",),
    of_rows=("product:cost:view", "suppliers:read"),
)


class Deps:
    """The ports, over fakes."""

    def __init__(self) -> None:
        self.accounts = FakePosAccounts()
        self.tokens = FakeTokenBox()
        self.hook_secrets = FakePosHookSecrets()
        self.pokes = FakePokes()


@pytest.fixture
def deps() -> Deps:
    return Deps()


@pytest.fixture
def vendor() -> FakeVendor:
    return FakeVendor()


def test_a_pos_is_connected_with_what_it_says_of_itself(deps: Deps, vendor: FakeVendor) -> None:
    done = connect_pos(deps, WANTED, vendor)
    assert (done.anew, done.read_again) == (True, False)
    assert deps.accounts.find(KEY) == done.account
    assert done.account.facts == {
        "name": "Quay Gifts",
        "retailer": "r-1",
        "currency": "USD",
        "tax_in_prices": "no",
        "missing_scopes": "",
        "hooks": mark_of(deps.hook_secrets.kept[KEY]),
    }
    assert deps.tokens.kept == {"pos/lightspeed-quay": '{"access_token": "t0ken"}'}
    assert deps.pokes.signalled == [KEY]


def test_the_whole_grant_of_an_app_is_kept(deps: Deps, vendor: FakeVendor) -> None:
    grant = PosGrant("a", "r", 90_000, "id", "shh", ("products:read", "inventory:read"))
    connect_pos(deps, replace(WANTED, grant=grant), vendor)
    assert json.loads(deps.tokens.kept["pos/lightspeed-quay"]) == {
        "access_token": "a",
        "refresh_token": "r",
        "expires_at": 90,
        "client_id": "id",
        "client_secret": "shh",
        "scopes": ["products:read", "inventory:read"],
    }


def again(deps: Deps, vendor: FakeVendor, prices: PriceHabit | None = None) -> ConnectedPos:
    return connect_pos(deps, replace(WANTED, grant=PosGrant("new"), prices=prices), vendor)


def test_connecting_again_replaces_the_token_and_keeps_the_epoch_and_the_sender(
    deps: Deps, vendor: FakeVendor
) -> None:
    deps.accounts.keep(replace(QUAYS, epoch=4, source="pos.other"), None)
    done = again(deps, vendor)
    assert (done.account.epoch, done.account.source, done.anew) == (5, "pos.other", False)
    assert again(deps, vendor).account.epoch == 5, "nothing is read otherwise than before"
    assert json.loads(deps.tokens.kept["pos/lightspeed-quay"]) == {"access_token": "new"}
    assert deps.pokes.signalled == [KEY, KEY]


def test_another_choice_of_prices_has_everything_read_again_and_stays_chosen(
    deps: Deps, vendor: FakeVendor
) -> None:
    connect_pos(deps, WANTED, vendor)
    chosen = again(deps, vendor, PriceHabit.INCL)
    assert (chosen.read_again, chosen.account.epoch) == (True, 1)
    kept = again(deps, vendor)
    assert (kept.read_again, prices_with_tax(kept.account.facts)) == (False, True)


def test_a_scope_that_was_granted_since_has_everything_read_again(
    deps: Deps, vendor: FakeVendor
) -> None:
    vendor.told = replace(QUAY, missing_scopes=("product:cost:view",))
    connect_pos(deps, WANTED, vendor)
    vendor.told = QUAY
    assert again(deps, vendor).read_again


def test_what_is_read_otherwise_adopts_no_pos_that_went_back(
    deps: Deps, vendor: FakeVendor
) -> None:
    connect_pos(deps, WANTED, vendor)
    back = replace(WANTED, grant=PosGrant("new"), went_back=True)
    with pytest.raises(CannotConnect, match="reconcile --adopt"):
        connect_pos(deps, replace(back, prices=PriceHabit.INCL), vendor)
    assert deps.tokens.kept == {"pos/lightspeed-quay": '{"access_token": "t0ken"}'}
    assert connect_pos(deps, back, vendor).account.epoch == 0


def test_that_costs_are_not_told_is_said_by_the_name_of_the_scope(
    deps: Deps, vendor: FakeVendor
) -> None:
    blind = ItemPart(MemberId("m"), 1, fields=MemberFields(unknown=frozenset({"cost"})))
    wanted = replace(WANTED, costs="product:cost:view")
    vendor.sold = (blind, ItemPart(MemberId("gone"), 2, deleted=True))
    done = connect_pos(deps, wanted, vendor)
    assert done.missing == ("product:cost:view",)
    assert done.account.facts["missing_scopes"] == "product:cost:view"
    vendor.sold = (blind, ItemPart(MemberId("n"), 3))
    again = connect_pos(deps, wanted, vendor)
    assert (again.missing, again.read_again) == ((), True)


def test_names_that_may_not_be_read_hinder_nothing_and_are_said(
    deps: Deps, vendor: FakeVendor
) -> None:
    vendor.unnamed = NeedsAttention("pos_scope_missing", "It lacks the scope suppliers:read.")
    assert connect_pos(deps, WANTED, vendor).refused == "It lacks the scope suppliers:read."


@pytest.mark.parametrize("scope", ["webhooks", "products:write", "suppliers:write"])
def test_a_scope_that_reads_no_row_has_nothing_read_again(
    deps: Deps, vendor: FakeVendor, scope: str
) -> None:
    connect_pos(deps, WANTED, vendor)
    for lacking in ((scope,), ()):
        done = connect_pos(deps, replace(WANTED, lacking=lacking), vendor)
        assert (done.missing, done.read_again, done.account.epoch) == (lacking, False, 0)


def test_what_the_source_wants_to_know_again_is_kept(deps: Deps, vendor: FakeVendor) -> None:
    vendor.told = replace(QUAY, kept={"discount_product": "d-1"})
    assert connect_pos(deps, WANTED, vendor).account.facts["discount_product"] == "d-1"


def refused(deps: Deps, vendor: FakeVendor) -> CannotConnect:
    before = dict(deps.tokens.kept)
    with pytest.raises(CannotConnect) as told:
        connect_pos(deps, replace(WANTED, grant=PosGrant("other")), vendor)
    assert deps.tokens.kept == before, "no token is kept"
    return told.value


def test_another_retailer_is_refused_under_the_same_key(deps: Deps, vendor: FakeVendor) -> None:
    connect_pos(deps, WANTED, vendor)
    vendor.told = replace(QUAY, name="Pier Toys", id="r-2")
    why = refused(deps, vendor)
    assert why.code == ConnectCode.OTHER_RETAILER
    assert "“Quay Gifts”" in str(why)
    assert "“Pier Toys”" in str(why)


def test_a_pos_of_another_kind_keeps_its_key(deps: Deps, vendor: FakeVendor) -> None:
    theirs = PosAccount(KEY, "https://pos.example", source="pos.example")
    deps.accounts.keep(theirs, None)
    assert refused(deps, vendor).code == ConnectCode.TAKEN
    assert deps.accounts.find(KEY) == theirs


def test_a_token_that_cannot_read_products_is_refused_by_the_scopes_name(
    deps: Deps, vendor: FakeVendor
) -> None:
    vendor.told = replace(QUAY, missing_scopes=("products:read", "product:cost:view"))
    why = refused(deps, vendor)
    assert (why.code, "products:read" in str(why), "cost" in str(why)) == (
        ConnectCode.SCOPES,
        True,
        False,
    )
    assert deps.accounts.find(KEY) is None


def test_a_pos_without_an_open_outlet_is_refused(deps: Deps, vendor: FakeVendor) -> None:
    vendor.shops = vendor.shops[1:]
    assert refused(deps, vendor).code == ConnectCode.NO_OUTLET


def test_a_refused_token_is_told_as_the_pos_told_it(deps: Deps, vendor: FakeVendor) -> None:
    vendor.trouble = NeedsAttention("pos_token_dead", "The POS no longer accepts our access token.")
    with pytest.raises(NeedsAttention):
        connect_pos(deps, WANTED, vendor)
    assert deps.tokens.kept == {}


def test_killed_after_the_token_it_is_connected_by_the_next_try(
    deps: Deps, vendor: FakeVendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object, **__: object) -> bool:
        raise RetryLater("The tables cannot be reached just now.")

    with monkeypatch.context() as patch:
        patch.setattr(deps.accounts, "keep", down)
        with pytest.raises(RetryLater):
            connect_pos(deps, WANTED, vendor)
    assert connect_pos(deps, WANTED, vendor).anew


def test_of_two_who_connect_it_at_once_the_second_is_told(
    deps: Deps, vendor: FakeVendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deps.accounts, "keep", lambda *_, **__: False)
    with pytest.raises(CannotConnect) as told:
        connect_pos(deps, WANTED, vendor)
    assert told.value.code == ConnectCode.MEANWHILE


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("part", "step"),
    [
        ("tokens", "put_pos_grant"),
        ("hook_secrets", "find"),
        ("hook_secrets", "put"),
        ("accounts", "keep"),
    ],
)
def test_of_two_who_connect_it_at_once_the_token_and_what_it_may_are_of_one(
    part: str, step: str, *, known: bool, deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind = FakeVendor(replace(QUAY, missing_scopes=("suppliers:read",)))
    if known:
        connect_pos(deps, WANTED, FakeVendor())
    ours = getattr(getattr(deps, part), step)

    def after_theirs(*given: object, **named: object) -> object:
        monkeypatch.undo()
        connect_pos(deps, replace(WANTED, grant=PosGrant("theirs")), blind)
        return ours(*given, **named)

    monkeypatch.setattr(getattr(deps, part), step, after_theirs)
    connect_pos(deps, replace(WANTED, grant=PosGrant("ours")), FakeVendor())
    kept = deps.accounts.find(KEY)
    assert kept is not None
    assert kept.facts["missing_scopes"] == ""
    assert deps.tokens.kept == {"pos/lightspeed-quay": '{"access_token": "ours"}'}
    assert kept.facts["hooks"] == mark_of(deps.hook_secrets.kept[KEY])
    assert kept.epoch == 1 + known, "rows that were read by the other's token are read again"


def test_each_connection_makes_a_new_address_and_keeps_the_one_before(
    deps: Deps, vendor: FakeVendor
) -> None:
    first = connect_pos(deps, WANTED, vendor).account.facts["hooks"]
    (path,) = deps.hook_secrets.kept[KEY].paths
    again = connect_pos(deps, replace(WANTED, grant=PosGrant("t", client_secret="app")), vendor)
    keys = deps.hook_secrets.kept[KEY]
    assert (keys.paths[1:], keys.signing) == ((path,), ("app",))
    assert len(keys.paths[0]) >= 20
    assert again.account.facts["hooks"] not in ("", first)
    assert not again.read_again, "products are none the wiser"
