"""What the port of stores and the ledger of slices promise, kept by the fake and by DynamoDB."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

import pytest

from tests.builders import STORE, a_connection, a_pos_account, a_slice
from tests.contract.ports.races import race
from tests.fakes.stores import FakeStores
from tests.local_tables import items_in
from tillbridge.adapters.dynamodb.keys import ACCOUNTS, WRITER, key
from tillbridge.adapters.dynamodb.store_items import KEPT_SECONDS
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.connection import Connection, PushContent, Settings, StoreState
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import PosAccountKey, PosProductId, StoreId
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.slices import SliceRecord, Turn
from tillbridge.domain.went_back import MOST_WENT_BACK
from tillbridge.ports.stores import Stores

LIGHTHOUSE = StoreId("lighthouse")


class KeptStores(Stores, Protocol):
    """The port, and what the command line needs besides."""

    def save_connection(self, connection: Connection) -> None: ...
    def pos_accounts(self) -> Sequence[PosAccount]: ...
    def remove(self, store: StoreId) -> None: ...
    def set_paused(self, connection: Connection, *, paused: bool) -> None: ...
    def slices(self, store: StoreId, since_ms: int) -> Sequence[SliceRecord]: ...


@pytest.fixture(params=["fake", "dynamodb"])
def stores(request: pytest.FixtureRequest) -> KeptStores:
    if request.param == "fake":
        return FakeStores()
    make_table = request.getfixturevalue("make_table")
    return DynamoStores(request.getfixturevalue("dynamodb"), make_table("StoresTable"))


def a_full_connection() -> Connection:
    """Return a connection in which nothing has its default."""
    return a_connection(
        pos_account=PosAccount(
            PosAccountKey("quay"),
            "https://pos.example/v2",
            source="pos.example",
            aws_account="123456789012",
            epoch=4,
            facts={"currency": "EUR"},
        ),
        channel_id=3,
        category_tree_id=4,
        location_id=5,
        settings=Settings(
            fields=FieldPolicy({Field.PRICE: Mode.MANUAL, Field.IMAGES: Mode.OFF}),
            push_content=PushContent.WHEN_CHANGED,
            outlets=frozenset({"quayside", "market"}),
            safety_stock=2,
            default_department="Misc",
            auto_link="on",
            reconcile_mode="repair",
        ),
        state=StoreState.NEEDS_ATTENTION,
        attention_code="token_dead",
        attention_words="Make a new token.",
        not_before_ms=77,
        failures=6,
    )


def test_everything_of_a_connection_comes_back(stores: KeptStores) -> None:
    stores.save_connection(a_full_connection())

    assert stores.find(STORE) == a_full_connection()


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


def test_a_store_that_is_not_connected_is_not_found(stores: KeptStores) -> None:
    assert stores.find(STORE) is None
    assert list(stores.all()) == []


def test_every_connected_store_is_listed_once(stores: KeptStores) -> None:
    for name in [STORE, LIGHTHOUSE, StoreId("stores"), STORE]:
        stores.save_connection(a_connection(name))
    stores.record_slice(STORE, a_slice())
    stores.remember_categories(STORE, {"chandlery": 7})

    assert list(stores.all()) == [STORE, LIGHTHOUSE, "stores"]


def test_a_removed_store_is_neither_found_nor_listed(stores: KeptStores) -> None:
    stores.save_connection(a_connection())
    stores.save_connection(a_connection(LIGHTHOUSE))
    stores.remove(STORE)
    stores.remove(STORE)

    assert stores.find(STORE) is None
    assert list(stores.all()) == [LIGHTHOUSE]


def test_a_change_of_state_leaves_settings_that_were_changed_meanwhile(stores: KeptStores) -> None:
    stores.save_connection(a_connection())
    read = a_connection()
    changed = a_connection(settings=Settings(safety_stock=9), channel_id=8)
    stores.save_connection(changed)
    in_trouble = partial(
        replace,
        state=StoreState.NEEDS_ATTENTION,
        attention_code="suspended",
        attention_words="Ask BigCommerce.",
        not_before_ms=5,
        failures=2,
    )
    stores.set_state(in_trouble(read))

    assert stores.find(STORE) == in_trouble(changed)


def test_the_state_of_a_removed_store_does_not_bring_it_back(stores: KeptStores) -> None:
    stores.set_state(a_connection(state=StoreState.PAUSED))

    assert stores.find(STORE) is None


def test_what_a_drain_finds_out_does_not_start_a_store_that_was_paused_meanwhile(
    stores: KeptStores,
) -> None:
    read = a_connection(failures=3, not_before_ms=9)
    stores.save_connection(read)
    stores.set_paused(read, paused=True)
    stores.set_state(replace(read, state=StoreState.ACTIVE, failures=0))
    paused = stores.find(STORE)
    assert paused is not None
    assert paused.state is StoreState.PAUSED

    stores.set_paused(paused, paused=False)
    assert stores.find(STORE) == replace(read, failures=0, not_before_ms=0)


def test_categories_are_added_to_those_remembered(stores: KeptStores) -> None:
    stores.remember_categories(STORE, {"chandlery": 7, "knits": 8})
    stores.remember_categories(STORE, {"knits": 18, "lamps": 9})
    stores.remember_categories(STORE, {})
    stores.remember_categories(LIGHTHOUSE, {"other": 1})

    assert stores.categories(STORE) == {"chandlery": 7, "knits": 18, "lamps": 9}
    assert stores.categories(StoreId("new")) == {}


def test_what_a_batch_ignores_is_added_to_what_is_remembered(stores: KeptStores) -> None:
    stores.save_connection(a_connection())
    stores.save_connection(a_connection(LIGHTHOUSE))
    stores.remember_ignored(STORE, {"upc", "price"})
    stores.remember_ignored(STORE, {"price", "cost_price"})
    ignored = frozenset({"upc", "price", "cost_price"})
    assert stores.find(STORE) == a_connection(ignored=ignored)
    assert stores.find(LIGHTHOUSE) == a_connection(LIGHTHOUSE)

    stores.set_state(a_connection(failures=2))
    assert stores.find(STORE) == a_connection(failures=2, ignored=ignored)
    stores.save_connection(a_connection(ignored=ignored))
    assert stores.find(STORE) == a_connection(ignored=ignored)
    stores.save_connection(a_connection())
    assert stores.find(STORE) == a_connection()


def test_what_is_remembered_of_a_removed_store_does_not_bring_it_back(stores: KeptStores) -> None:
    stores.remember_ignored(STORE, {"upc"})

    assert stores.find(STORE) is None


def test_more_categories_than_one_write_takes_are_remembered(stores: KeptStores) -> None:
    many = {f"category {number}": number for number in range(60)}
    stores.remember_categories(STORE, many)

    assert stores.categories(STORE) == many


def test_one_slice_at_a_time_writes_to_a_store(stores: KeptStores) -> None:
    assert stores.begin_slice(STORE, "one", 1_000, 61_000) == Turn()
    assert stores.begin_slice(STORE, "two", 60_999, 120_000) == Turn(busy_until_ms=61_000)
    assert stores.begin_slice(LIGHTHOUSE, "two", 60_999, 120_000) == Turn()

    stores.end_slice(STORE, "one")
    assert stores.begin_slice(STORE, "two", 60_999, 120_000) == Turn()


def test_a_slice_that_never_ended_gives_way_and_leaves_the_next_unsure(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    assert stores.begin_slice(STORE, "two", 61_000, 121_000) == Turn(unsure=True, killed_ms=61_000)

    stores.end_slice(STORE, "one")
    found = stores.begin_slice(STORE, "three", 70_000, 130_000)
    assert found == Turn(busy_until_ms=121_000)


def test_a_slice_that_ends_unsure_tells_the_next(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(STORE, "one", unsure=True)
    assert stores.begin_slice(STORE, "two", 2_000, 62_000) == Turn(unsure=True)

    stores.end_slice(STORE, "one", unsure=True)
    assert stores.begin_slice(STORE, "three", 3_000, 63_000) == Turn(busy_until_ms=62_000)
    stores.end_slice(STORE, "two")
    assert stores.begin_slice(STORE, "three", 3_000, 63_000) == Turn()


def test_until_when_a_killed_slice_called_is_known_until_a_slice_ends_sure(
    stores: KeptStores,
) -> None:
    stores.begin_slice(STORE, "killed", 1_000, 61_000)
    killed = stores.begin_slice(STORE, "one", 61_000, 121_000)
    stores.end_slice(STORE, "one", unsure=True, killed_ms=killed.killed_ms)
    assert stores.begin_slice(STORE, "two", 70_000, 130_000) == killed
    stores.end_slice(STORE, "two")
    assert stores.begin_slice(STORE, "three", 80_000, 140_000) == Turn()


@pytest.mark.parametrize("unsure", [False, True])
def test_a_slice_that_ends_tells_the_next_whose_window_is_next(
    stores: KeptStores, unsure: bool
) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(STORE, "one", unsure=unsure, oldest_next=True)
    told = stores.begin_slice(STORE, "two", 2_000, 62_000)
    assert told == Turn(unsure=unsure, oldest_next=True)
    assert stores.begin_slice(STORE, "three", 62_000, 122_000) == Turn(
        unsure=True, killed_ms=62_000
    )
    stores.end_slice(STORE, "three")
    assert stores.begin_slice(STORE, "four", 62_000, 122_000) == Turn()


@pytest.mark.parametrize("ended", [False, True])
def test_dynamodb_never_forgets_a_slice_that_died_or_ended_unsure(
    request: pytest.FixtureRequest, ended: bool
) -> None:
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("StoresTable")
    stores = DynamoStores(client, table)
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    if ended:
        stores.end_slice(STORE, "one", unsure=True)

    (item,) = items_in(client, table)
    assert "expires_at" not in item


def test_a_slice_whose_row_a_person_deleted_ends_without_a_trace(
    request: pytest.FixtureRequest,
) -> None:
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("StoresTable")
    stores = DynamoStores(client, table)
    for unsure in (False, True):
        stores.begin_slice(STORE, "one", 1_000, 61_000)
        client.delete_item(TableName=table, Key=key(STORE, WRITER))
        assert stores.begin_slice(STORE, "two", 2_000, 62_000) == Turn()
        stores.end_slice(STORE, "one", unsure=unsure)
        found = stores.begin_slice(STORE, "three", 3_000, 63_000)
        assert found == Turn(busy_until_ms=62_000)
        stores.end_slice(STORE, "two")


def test_a_slice_is_not_in_its_own_way(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    assert stores.begin_slice(STORE, "one", 1_000, 61_000).busy_until_ms == 0


def test_of_slices_that_begin_at_once_one_writes(stores: KeptStores) -> None:
    begun = race(partial(stores.begin_slice, STORE, token, 1_000, 61_000) for token in "abcdefgh")
    until = [turn.busy_until_ms for turn in begun if isinstance(turn, Turn)]
    assert sorted(until) == [0, *[61_000] * 7]


def test_slices_come_back_whole_oldest_first_from_a_time_on(stores: KeptStores) -> None:
    full = a_slice(
        90_000,
        calls=Counter({"PUT /catalog/products": 3, "GET /catalog/products/{id}": 1}),
        throttled=1,
        created=2,
        updated=3,
        stocked=4,
        failed=5,
        lags_ms=[900, 1_200],
    )
    for record in [full, a_slice(60_000), a_slice(90_001), a_slice(90_001), a_slice(1_000_000)]:
        stores.record_slice(STORE, record)
    stores.record_slice(LIGHTHOUSE, a_slice(95_000))

    kept = list(stores.slices(STORE, 90_000))

    assert kept == [full, a_slice(90_001), a_slice(90_001), a_slice(1_000_000)]


def test_a_kept_slice_no_longer_changes_with_the_one_it_was_made_of(stores: KeptStores) -> None:
    record = a_slice(calls=Counter({"GET /time": 1}))
    stores.record_slice(STORE, record)
    record.calls["GET /time"] = 9

    assert stores.slices(STORE, 0)[0].calls == {"GET /time": 1}


def test_a_slice_is_forgotten_by_dynamodb_after_thirty_days(request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("StoresTable")
    DynamoStores(client, table).record_slice(STORE, a_slice(ended_ms=1_795_262_400_123))

    (item,) = client.scan(TableName=table)["Items"]
    assert item["expires_at"] == {"N": str(1_795_262_400 + 30 * 24 * 3600)}
    assert KEPT_SECONDS == 30 * 24 * 3600


def test_the_mode_of_reconcile_is_set_alone(stores: KeptStores) -> None:
    stores.save_connection(a_full_connection())
    stores.set_reconcile_mode(STORE, "report")
    found = stores.find(STORE)
    assert found is not None
    settings = replace(a_full_connection().settings, reconcile_mode="report")
    assert found == replace(a_full_connection(), settings=settings)


def test_the_mode_of_a_store_that_is_gone_is_nobodys(stores: KeptStores) -> None:
    stores.set_reconcile_mode(STORE, "repair")
    assert stores.find(STORE) is None


def test_a_store_remembers_what_went_back_until_it_is_settled(stores: KeptStores) -> None:
    products = [PosProductId(f"p-{n}") for n in range(4)]
    assert stores.went_back(STORE) == []
    stores.note_went_back(STORE, products[:3])
    stores.note_went_back(STORE, products[2:])
    assert stores.went_back(STORE) == products
    assert stores.went_back(LIGHTHOUSE) == []
    stores.settle_went_back(STORE, [*products[:2], PosProductId("never noted")])
    assert stores.went_back(STORE) == products[2:]
    stores.settle_went_back(STORE)
    assert stores.went_back(STORE) == []


def test_a_store_remembers_only_so_many_of_a_whole_pos_that_went_back(stores: KeptStores) -> None:
    for start in range(0, 1_000, 250):
        stores.note_went_back(STORE, [PosProductId(f"p-{n}") for n in range(start, start + 250)])
    assert len(stores.went_back(STORE)) == MOST_WENT_BACK


def test_settling_what_was_never_noted_does_nothing(stores: KeptStores) -> None:
    stores.settle_went_back(STORE, [PosProductId("p-1")])
    stores.settle_went_back(STORE)
    assert stores.went_back(STORE) == []


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
