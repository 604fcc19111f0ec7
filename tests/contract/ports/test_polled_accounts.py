"""What the port of polled accounts promises, kept by the fake and by the table of stores."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from tests.builders import a_connection, a_pos_account
from tests.fakes.polled_accounts import FakePolledAccounts
from tillbridge.adapters.dynamodb.polled_accounts import DynamoPolledAccounts
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.polling import PollNote
from tillbridge.domain.pos_account import PosAccount, PosKind
from tillbridge.domain.pos_trouble import PosTrouble
from tillbridge.ports.polled_accounts import PolledAccounts

SHOP = replace(a_pos_account("lightspeed-shop"), kind=PosKind.LIGHTSPEED_X)
CONTRACT = a_pos_account("quay")
NORTH, SOUTH = StoreId("north"), StoreId("south")


@dataclass
class Polled:
    """Polled accounts, and what connects a store to an account or removes it."""

    accounts: PolledAccounts
    connect: Callable[[StoreId, PosAccount], None]
    remove: Callable[[StoreId], None]
    shown: Callable[[StoreId], PosTrouble | None]


@pytest.fixture(params=["fake", "dynamodb"])
def polled(request: pytest.FixtureRequest) -> Polled:
    if request.param == "fake":
        return _fake()
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("StoresTable")
    stores, listed = DynamoStores(client, table), DynamoStoreList(client, table)

    def shown(store: StoreId) -> PosTrouble | None:
        entry = listed.figures([store]).stores[store].entry
        return entry.pos_trouble if entry else None

    return Polled(
        DynamoPolledAccounts(client, table, listed),
        lambda store, account: stores.save_connection(a_connection(store, pos_account=account)),
        stores.remove,
        shown,
    )


def _fake() -> Polled:
    fake = FakePolledAccounts()

    def remove(store: StoreId) -> None:
        for some in fake.stores.values():
            some[:] = [each for each in some if each != store]

    def connect(store: StoreId, account: PosAccount) -> None:
        remove(store)
        if account.kind is PosKind.LIGHTSPEED_X:
            fake.accounts[account.key] = account
            fake.stores.setdefault(account.key, []).append(store)

    return Polled(fake, connect, remove, fake.told.get)


def test_only_accounts_that_are_polled_are_listed(polled: Polled) -> None:
    polled.connect(NORTH, SHOP)
    polled.connect(SOUTH, CONTRACT)
    assert list(polled.accounts.all()) == [(SHOP, PollNote())]


def test_an_account_is_found_with_its_note(polled: Polled) -> None:
    polled.connect(NORTH, SHOP)
    note = PollNote(good_ms=5, due_ms=7, not_before_ms=6, trouble="pos_token_dead")
    polled.accounts.note(SHOP.key, note)
    assert polled.accounts.find(SHOP.key) == (SHOP, note)
    assert list(polled.accounts.all()) == [(SHOP, note)]


def test_an_account_that_is_not_there_is_none(polled: Polled) -> None:
    assert polled.accounts.find(PosAccountKey("nobody")) == (None, PollNote())


def test_the_stores_of_an_account_are_those_that_are_connected_to_it_now(polled: Polled) -> None:
    other = replace(SHOP, key=PosAccountKey("lightspeed-other"))
    for store in (SOUTH, NORTH, StoreId("west"), StoreId("east")):
        polled.connect(store, SHOP)
    polled.remove(StoreId("west"))
    polled.connect(StoreId("east"), other)
    assert polled.accounts.stores_of(SHOP.key) == [NORTH, SOUTH]
    assert polled.accounts.stores_of(other.key) == [StoreId("east")]


def test_an_account_whose_last_store_was_removed_is_not_one_that_never_had_any(
    polled: Polled,
) -> None:
    polled.connect(NORTH, SHOP)
    polled.remove(NORTH)
    assert polled.accounts.stores_of(SHOP.key) == []
    assert polled.accounts.stores_of(PosAccountKey("nobody")) is None


def test_the_trouble_of_an_account_is_told_at_its_stores_until_it_is_over(polled: Polled) -> None:
    polled.connect(NORTH, SHOP)
    polled.connect(SOUTH, SHOP)
    trouble = PosTrouble(SHOP.key, "pos_token_dead", "Connect it again.")
    polled.accounts.tell([NORTH, SOUTH], trouble)
    assert polled.shown(NORTH) == polled.shown(SOUTH) == trouble
    polled.accounts.tell([NORTH], None)
    assert (polled.shown(NORTH), polled.shown(SOUTH)) == (None, trouble)


def test_facts_are_written_beside_others(polled: Polled) -> None:
    polled.connect(NORTH, replace(SHOP, facts={"prices": "incl", "currency": "EUR"}))
    polled.accounts.keep_facts(SHOP.key, {"currency": "USD", "quota": "350"})
    account, _ = polled.accounts.find(SHOP.key)
    assert account is not None
    assert account.facts == {"prices": "incl", "currency": "USD", "quota": "350"}


def test_no_facts_are_written_of_an_account_that_is_gone(polled: Polled) -> None:
    polled.accounts.keep_facts(SHOP.key, {"currency": "USD"})
    assert polled.accounts.find(SHOP.key)[0] is None
