"""A store is connected when both sides were asked; the tokens are kept first, the connection last."""

from dataclasses import replace
from typing import Any

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.settings_versions import FakeSettingsVersions
from tests.fakes.sides_at_first import DOLLARS, FakeSides
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tests.fakes.token_box import FakeTokenBox
from tillbridge.domain.connecting import ConnectCode, Wanted
from tillbridge.domain.connection import Pause, StoreState
from tillbridge.domain.errors import CannotConnect, RetryLater
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_habits import facts_told
from tillbridge.domain.removal import Removal
from tillbridge.domain.store_facts import StoreFacts
from tillbridge.usecases.change_settings import Kept, change_settings
from tillbridge.usecases.connect_store import connect_store, is_connected_so

TILL = PosAccount(PosAccountKey("till"), "https://pos.example", "pos.example")
SHOP = Wanted(StoreId("shop"), "abc", "https://api.example", "secret", TILL, "pos-secret")


class Killed(Exception):
    """The process is gone."""


class Deps:
    """The ports, over fakes; `dies`: before the so many'th thing is kept."""

    def __init__(self) -> None:
        self.connections = FakeStores()
        self.store_list = FakeStoreList(self.connections)
        self.scopes = FakeSides()
        self.pos_at_first = lambda _: self.scopes
        self.tokens = FakeTokenBox()
        self.clock = FakeClock()


@pytest.fixture
def deps() -> Deps:
    return Deps()


def test_a_store_is_connected_with_its_facts(deps: Deps) -> None:
    made = connect_store(deps, SHOP).connection
    assert deps.connections.find(SHOP.store) == made
    assert (made.channel_id, made.money) == (5, DOLLARS)
    assert made.connected_ms == deps.clock.now
    assert made.pos_account.facts == {"currency": "USD"}
    assert deps.tokens.kept == {"store/shop": "secret", "pos/till": "pos-secret"}


def refused(deps: Deps, wanted: Wanted = SHOP) -> CannotConnect:
    with pytest.raises(CannotConnect) as told:
        connect_store(deps, wanted)
    return told.value


def test_a_store_whose_prices_are_entered_with_tax_is_not_connected_to_a_pos_without(
    deps: Deps,
) -> None:
    told = facts_told("Quay", "r-1", "USD", (), tax_in_prices=False, prices=None)
    vendors = replace(SHOP, account=replace(TILL, facts=told), pos_token="")
    deps.scopes.store = replace(deps.scopes.store, prices_with_tax=True)
    assert refused(deps, vendors).code == ConnectCode.TAX_HABIT
    assert deps.connections.all() == []
    deps.scopes.store = replace(deps.scopes.store, prices_with_tax=False)
    assert connect_store(deps, vendors).connection.pos_account.facts == told


@pytest.mark.parametrize(
    ("lacks", "named"),
    [({"Products"}, "“Products: modify”"), ({"Inventory", "Information & settings"}, "Inventory")],
)
def test_nothing_is_kept_of_a_token_that_lacks_a_scope(
    deps: Deps, lacks: set[str], named: str
) -> None:
    deps.scopes.lacks = lacks
    why = refused(deps)
    assert (why.code, named in str(why)) == (ConnectCode.SCOPES, True)
    assert {each.name for each in why.scopes if not each.ok} == lacks
    assert (deps.tokens.kept, deps.connections.all()) == ({}, [])


def test_a_store_of_another_name_is_not_connected_twice(deps: Deps) -> None:
    connect_store(deps, SHOP)
    why = refused(deps, replace(SHOP, store=StoreId("again"), store_hash="ABC"))
    assert (why.code, why.holder) == (ConnectCode.TAKEN, "shop")
    assert "store/again" not in deps.tokens.kept


def test_a_store_that_nobody_can_read_does_not_stop_others(deps: Deps) -> None:
    connect_store(deps, SHOP)
    deps.store_list.unreadable = {SHOP.store}
    other = replace(SHOP, store=StoreId("other"), store_hash="other")
    assert connect_store(deps, other).connection.store == "other"


@pytest.mark.parametrize("token", ["", " ", "a b", "a\n", "ü", "a\r\nX-Evil: 1", "x" * 1_001])
@pytest.mark.parametrize("side", ["token", "pos_token"])
def test_an_odd_token_goes_nowhere_and_is_not_quoted(deps: Deps, token: str, side: str) -> None:
    if not token and side == "pos_token":
        return  # its token stays as it is kept
    odd: dict[str, Any] = {side: token}
    why = refused(deps, replace(SHOP, **odd))
    assert why.code == ConnectCode.ODD_TOKEN
    assert token.strip() == "" or token not in str(why)
    assert deps.scopes.asked == []


def test_currencies_that_differ_are_refused_by_what_is_known_of_the_pos(deps: Deps) -> None:
    euros = replace(TILL, facts={"currency": "EUR"})
    why = refused(deps, replace(SHOP, account=euros, pos_token=""))
    assert why.code == ConnectCode.CURRENCY
    assert deps.tokens.kept == {}


def test_the_token_of_a_pos_that_is_known_is_neither_asked_with_nor_written(deps: Deps) -> None:
    connect_store(deps, replace(SHOP, pos_token=""))
    assert "pos/till" not in deps.tokens.kept
    assert deps.scopes.asked == ["secret", "secret"]


def test_bigcommerce_that_is_down_is_asked_again_later(deps: Deps) -> None:
    deps.scopes.down = True
    with pytest.raises(RetryLater):
        connect_store(deps, SHOP)
    assert (deps.tokens.kept, deps.connections.all()) == ({}, [])


@pytest.mark.parametrize("kept_before", [0, 1, 2])
def test_whoever_is_killed_leaves_no_connection_without_its_tokens(
    deps: Deps, kept_before: int
) -> None:
    deps.tokens.dies_after, deps.tokens.death = kept_before, Killed
    if kept_before < 2:
        with pytest.raises(Killed):
            connect_store(deps, SHOP)
        assert deps.connections.all() == []
    deps.tokens.death = None
    assert connect_store(deps, SHOP).connection == deps.connections.find(SHOP.store)
    assert deps.tokens.kept == {"store/shop": "secret", "pos/till": "pos-secret"}


def test_a_name_that_somebody_took_meanwhile_stays_theirs(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = connect_store(Deps(), replace(SHOP, store_hash="theirs")).connection

    def meanwhile(*_: object) -> StoreFacts:
        deps.connections.save_connection(theirs)
        return StoreFacts()

    monkeypatch.setattr(deps.scopes, "facts", meanwhile)
    assert refused(deps).code == ConnectCode.MEANWHILE
    assert deps.connections.find(SHOP.store) == theirs


@pytest.mark.parametrize("when", ["BigCommerce is asked", "tokens are kept"])
def test_what_others_change_while_a_store_is_connected_again_stays(
    deps: Deps, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    connect_store(deps, SHOP)
    stores, settings = deps.connections, FakeSettingsVersions(deps.connections)
    kept = Kept(stores, settings, deps.clock)

    def meanwhile(*_: object) -> StoreFacts:
        if stores.pause(SHOP.store, Pause("Mia", "a sale", 7)):
            change_settings(kept, SHOP.store, "Sam", 0, {"default_department": "Misc"})
        return deps.scopes.store

    if when == "BigCommerce is asked":
        monkeypatch.setattr(deps.scopes, "facts", meanwhile)
    else:
        monkeypatch.setattr(deps.tokens, "put_store_token", meanwhile)
    again = connect_store(deps, replace(SHOP, token="newer", api_url="https://moved.example"))
    assert again.connection == stores.find(SHOP.store)
    assert (again.connection.state, again.connection.pause.by) == (StoreState.PAUSED, "Mia")
    assert again.connection.settings.default_department == "Misc"
    assert (again.connection.settings_version, len(settings.of(SHOP.store))) == (1, 2)
    assert again.connection.api_url == "https://moved.example"


def test_of_two_who_connect_a_name_elsewhere_the_second_is_told(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = connect_store(deps, SHOP).connection
    moved = replace(theirs, api_url="https://theirs.example")

    def meanwhile(*_: object) -> StoreFacts:
        deps.connections.save_connection(moved)
        return deps.scopes.store

    monkeypatch.setattr(deps.scopes, "facts", meanwhile)
    assert (
        refused(deps, replace(SHOP, api_url="https://ours.example")).code == ConnectCode.MEANWHILE
    )
    assert deps.connections.find(SHOP.store) == moved


def test_a_pos_that_is_only_chosen_is_not_written_as_it_was_when_a_person_looked(
    deps: Deps,
) -> None:
    before = connect_store(deps, SHOP).connection
    moved = replace(before.pos_account, address="https://moved.example")
    deps.connections.save_connection(replace(before, pos_account=moved))
    other = replace(SHOP, store=StoreId("other"), store_hash="other", pos_token="")
    connect_store(deps, other)
    found = deps.connections.find(other.store)
    assert found is not None
    assert found.pos_account == moved


def test_a_form_that_was_sent_twice_is_known(deps: Deps) -> None:
    made = connect_store(deps, SHOP).connection
    assert is_connected_so(made, SHOP)
    assert is_connected_so(made, replace(SHOP, store_hash="ABC", token="other"))
    assert not is_connected_so(made, replace(SHOP, store_hash="other"))
    assert not is_connected_so(made, replace(SHOP, api_url="https://other.example"))
    other = replace(TILL, key=PosAccountKey("other"), address="https://other.example")
    assert not is_connected_so(made, replace(SHOP, account=other))
    assert not is_connected_so(None, SHOP)


def test_no_token_is_in_what_is_written_of_a_wish() -> None:
    assert "secret" not in repr(SHOP)


def a_removed_shop(deps: Deps) -> Removal:
    connect_store(deps, SHOP)
    deps.connections.take_out(SHOP.store, "mina", deps.clock.now_ms())
    removal = deps.connections.removal(SHOP.store)
    assert removal is not None
    return removal


def test_a_removed_store_comes_back_as_it_was_with_the_token_that_is_given(deps: Deps) -> None:
    before = connect_store(deps, SHOP).connection
    deps.connections.pause(SHOP.store, Pause("Mia", "moving", 7))
    a_removed_shop(deps)
    assert deps.connections.find(SHOP.store) is None
    back = connect_store(deps, replace(SHOP, token="n3w", pos_token="p0s")).connection
    assert (back.hooks, back.settings, back.connected_ms) == (
        before.hooks,
        before.settings,
        before.connected_ms,
    )
    assert back.state is StoreState.PAUSED
    assert deps.tokens.kept == {"store/shop": "n3w", "pos/till": "p0s"}
    assert list(deps.connections.all()) == [SHOP.store]
    assert deps.connections.removed == {}


def test_a_removed_stores_name_is_no_other_stores(deps: Deps) -> None:
    a_removed_shop(deps)
    deps.tokens.kept.clear()
    why = refused(deps, replace(SHOP, store_hash="other"))
    assert (why.code, "store abc, which mina removed" in str(why)) == (ConnectCode.REMOVED, True)
    assert deps.tokens.kept == {}


def test_after_thirty_days_a_store_does_not_come_back_half(deps: Deps) -> None:
    removal = a_removed_shop(deps)
    deps.clock.now = removal.until_ms
    assert refused(deps).code == ConnectCode.REMOVED
    deps.clock.now = removal.until_ms - 1
    deps.connections.removed[SHOP.store] = replace(deps.connections.removed[SHOP.store], going=True)
    assert refused(deps).code == ConnectCode.MEANWHILE, "its deleting began at that moment"


def test_a_pos_whose_token_is_gone_is_told_of_anew(deps: Deps) -> None:
    connect_store(deps, SHOP)
    deps.tokens.gone = {TILL.key}
    other = replace(SHOP, store=StoreId("other"), store_hash="other", pos_token="")
    assert "Give its address and its token" in str(refused(deps, other))
    assert deps.connections.find(other.store) is None
    deps.tokens.gone = set()
    assert connect_store(deps, other).connection.pos_account.key == TILL.key
