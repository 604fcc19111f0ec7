"""What the port of POS accounts promises: nobody writes over what somebody else wrote meanwhile."""

from dataclasses import replace
from functools import partial

import pytest

from tests.builders import STORE, a_connection
from tests.contract.ports.races import race
from tests.fakes.pos_accounts import FakePosAccounts
from tillbridge.adapters.dynamodb.pos_accounts import DynamoPosAccounts
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosAccount, PosKind
from tillbridge.ports.pos_accounts import PosAccounts

QUAY = PosAccount(
    PosAccountKey("lightspeed-quay"),
    "https://quay.example",
    source="pos.lightspeed-x",
    kind=PosKind.LIGHTSPEED_X,
    facts={"currency": "USD"},
)


@pytest.fixture(params=["fake", "dynamodb"])
def accounts(request: pytest.FixtureRequest) -> PosAccounts:
    if request.param == "fake":
        return FakePosAccounts()
    make_table = request.getfixturevalue("make_table")
    return DynamoPosAccounts(request.getfixturevalue("dynamodb"), make_table("StoresTable"))


def test_an_account_is_found_as_it_was_kept(accounts: PosAccounts) -> None:
    assert accounts.find(QUAY.key) is None
    assert accounts.keep(QUAY, None)
    assert accounts.find(QUAY.key) == QUAY


def test_keeping_it_again_changes_all_but_the_epoch_unless_it_is_read_anew(
    accounts: PosAccounts,
) -> None:
    accounts.keep(QUAY, None)
    moved = replace(QUAY, address="https://moved.example", facts={"currency": "EUR"}, epoch=9)
    assert accounts.keep(moved, QUAY)
    seen = replace(moved, epoch=0)
    assert accounts.find(QUAY.key) == seen
    assert accounts.keep(moved, seen, anew=True)
    assert accounts.find(QUAY.key) == replace(moved, epoch=1)


def test_one_that_was_changed_meanwhile_is_not_written_over(accounts: PosAccounts) -> None:
    accounts.keep(QUAY, None)
    accounts.keep(QUAY, QUAY, anew=True)
    there = accounts.find(QUAY.key)
    assert not accounts.keep(replace(QUAY, address="https://late.example"), QUAY)
    assert not accounts.keep(QUAY, None), "it is there by now"
    gone = replace(QUAY, key=PosAccountKey("gone"))
    assert not accounts.keep(gone, gone), "it was never there"
    assert accounts.find(QUAY.key) == there


def test_one_whose_access_somebody_gave_anew_meanwhile_is_not_written_over(
    accounts: PosAccounts,
) -> None:
    accounts.keep(QUAY, None)
    theirs = replace(QUAY, facts={"currency": "USD", "hooks": "m-1"})
    assert accounts.keep(theirs, QUAY)
    assert not accounts.keep(replace(QUAY, facts={"currency": "EUR"}), QUAY)
    assert accounts.find(QUAY.key) == theirs
    noted = replace(theirs, facts={**theirs.facts, "quota": "350"})
    assert accounts.keep(noted, theirs), "what a poll notes of it is no other access"


def test_of_many_who_connect_it_first_one_does(accounts: PosAccounts) -> None:
    done: list[bool] = []
    race([lambda: done.append(accounts.keep(QUAY, None))] * 4)
    assert sorted(done) == [False, False, False, True]


def test_a_store_that_is_connected_to_it_sees_it_as_it_is_kept(
    request: pytest.FixtureRequest,
) -> None:
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("StoresTable")
    stores, accounts = DynamoStores(client, table), DynamoPosAccounts(client, table)
    accounts.keep(QUAY, None)
    assert stores.save_new(a_connection(pos_account=QUAY), pos_told=False)
    race([partial(accounts.keep, QUAY, QUAY, anew=True)] * 3)
    found = stores.find(STORE)
    assert found is not None
    assert found.pos_account == replace(QUAY, epoch=1)
    assert accounts.find(QUAY.key) == found.pos_account
