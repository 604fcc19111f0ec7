"""What the port of stores promises of POS accounts and their epochs."""

from dataclasses import replace
from functools import partial

import pytest

from tests.builders import STORE, a_connection, a_pos_account
from tests.contract.ports.kept_stores import LIGHTHOUSE, KeptStores
from tests.contract.ports.races import race
from tillbridge.adapters.dynamodb.keys import ACCOUNTS, key
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.errors import UnreadableStore
from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.pos_account import PosAccount, PosKind


def test_stores_that_share_a_pos_account_see_each_change_of_it(stores: KeptStores) -> None:
    shared = a_pos_account("quay")
    stores.save_connection(a_connection(pos_account=shared))
    moved = replace(shared, address="https://pos.example/v2")
    stores.save_connection(a_connection(LIGHTHOUSE, pos_account=moved))

    found = stores.find(STORE)
    assert found is not None
    assert found.pos_account == moved
    assert list(stores.pos_accounts()) == [moved]


def test_a_connection_that_is_saved_again_never_takes_its_account_back_to_an_older_epoch(
    stores: KeptStores,
) -> None:
    stores.save_connection(a_connection(pos_account=a_pos_account(epoch=2)))
    stores.save_connection(a_connection(pos_account=a_pos_account(epoch=1, source="pos.other")))

    (account,) = stores.pos_accounts()
    assert (account.epoch, account.source) == (2, "pos.other")


@pytest.mark.parametrize("kind", list(PosKind))
def test_an_account_keeps_its_kind(stores: KeptStores, kind: PosKind) -> None:
    account = a_pos_account("quay", kind=kind, facts={"currency": "CHF"})
    stores.save_connection(a_connection(pos_account=account))
    found = stores.find(STORE)
    assert found is not None
    assert found.pos_account == account
    assert list(stores.pos_accounts()) == [account]


def test_a_kind_that_only_a_later_release_knows_stops_no_other_account(
    request: pytest.FixtureRequest,
) -> None:
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("StoresTable")
    stores = DynamoStores(client, table)
    stores.save_connection(a_connection())
    stores.save_connection(a_connection(LIGHTHOUSE, pos_account=a_pos_account("quay")))
    client.update_item(
        TableName=table,
        Key=key(ACCOUNTS, "quay"),
        UpdateExpression="SET #kind = :kind",
        ExpressionAttributeNames={"#kind": "kind"},
        ExpressionAttributeValues={":kind": {"S": "abacus"}},
    )

    assert list(stores.pos_accounts()) == [a_pos_account()]
    assert stores.find(STORE) is not None
    with pytest.raises(UnreadableStore, match="another release of Tillbridge has written it"):
        DynamoStores(client, table).find(LIGHTHOUSE)


def test_an_account_stays_when_its_store_is_removed(stores: KeptStores) -> None:
    stores.save_connection(a_connection())
    stores.remove(STORE)
    assert list(stores.pos_accounts()) == [a_pos_account()]


def test_for_an_account_whose_row_a_person_deleted_nobody_speaks(
    request: pytest.FixtureRequest,
) -> None:
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("StoresTable")
    stores = DynamoStores(client, table)
    stores.save_connection(a_connection())
    client.delete_item(TableName=table, Key=key(ACCOUNTS, STORE))

    found = stores.find(STORE)
    assert found is not None
    assert found.pos_account == PosAccount(PosAccountKey(STORE), address="", source="")


def test_of_many_who_begin_the_next_epoch_at_once_one_does(stores: KeptStores) -> None:
    stores.save_connection(a_connection())
    there = stores.find(STORE)
    assert there is not None
    race([partial(stores.begin_epoch, there.pos_account)] * 5)
    after = stores.find(STORE)
    assert after is not None
    assert after.pos_account.epoch == there.pos_account.epoch + 1


def test_an_epoch_is_begun_for_every_store_of_the_account(stores: KeptStores) -> None:
    for store in (STORE, LIGHTHOUSE):
        stores.save_connection(a_connection(store, pos_account=a_pos_account()))
    there = stores.find(STORE)
    assert there is not None
    stores.begin_epoch(there.pos_account)
    other = stores.find(LIGHTHOUSE)
    assert other is not None
    assert (other.pos_account.key, other.pos_account.epoch) == (there.pos_account.key, 1)
