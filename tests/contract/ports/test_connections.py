"""What the port of stores promises of connections: their state, and which there are."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from tests.builders import STORE, a_connection
from tests.contract.ports.kept_stores import LIGHTHOUSE, KeptStores, a_full_connection
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.connection import Pause, Settings, StoreState
from tillbridge.domain.hook_access import HookAccess
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.money_format import MoneyFormat, Side
from tillbridge.domain.pos_account import PosAccount

EUROS = MoneyFormat("EUR", "€", Side.RIGHT, 2, ",", ".")


def test_everything_of_a_connection_comes_back(stores: KeptStores) -> None:
    stores.save_connection(a_full_connection())

    assert stores.find(STORE) == a_full_connection()


def test_a_connection_of_an_older_release_has_no_facts_and_no_first_day(stores: KeptStores) -> None:
    stores.save_connection(a_connection())

    found = stores.find(STORE)
    assert found is not None
    assert (found.money, found.connected_ms, found.first_day_over) == (None, 0, False)


def test_a_new_store_takes_no_others_place(stores: KeptStores) -> None:
    assert stores.save_new(a_connection(channel_id=3))
    assert not stores.save_new(a_connection(channel_id=4))

    assert stores.find(STORE) == a_connection(channel_id=3)
    assert list(stores.all()) == [STORE]


def test_the_first_day_of_a_store_ends_once_and_of_none_that_is_not_there(
    stores: KeptStores,
) -> None:
    stores.end_first_day(LIGHTHOUSE)
    stores.save_new(a_connection())
    stores.end_first_day(STORE)
    stores.end_first_day(STORE)

    assert stores.find(LIGHTHOUSE) is None
    assert stores.find(STORE) == a_connection(first_day_over=True)


def test_how_a_store_writes_money_is_kept_and_of_none_that_is_not_there(stores: KeptStores) -> None:
    stores.keep_money(LIGHTHOUSE, EUROS)
    stores.save_new(a_connection())
    stores.keep_money(STORE, EUROS)

    assert stores.find(LIGHTHOUSE) is None
    assert stores.find(STORE) == a_connection(money=EUROS)


def test_a_store_that_is_not_connected_is_not_found(stores: KeptStores) -> None:
    assert stores.find(STORE) is None
    assert list(stores.all()) == []


def test_every_connected_store_is_listed_once(stores: KeptStores) -> None:
    for name in [STORE, LIGHTHOUSE, StoreId("stores"), STORE]:
        stores.save_connection(a_connection(name))
    stores.remember_categories(STORE, {"chandlery": 7})

    assert list(stores.all()) == [STORE, LIGHTHOUSE, "stores"]


def test_a_store_that_gets_another_pos_account_is_found_with_it_at_once(stores: KeptStores) -> None:
    for key in ("quay", "pier", "quay"):
        account = PosAccount(PosAccountKey(key), f"https://{key}.example", source="pos")
        connection = a_connection(pos_account=account)
        stores.save_connection(connection)
        assert stores.find(STORE) == connection
        assert stores.find(STORE) == connection


def test_a_connection_and_its_account_are_read_in_one_request(
    request: pytest.FixtureRequest,
) -> None:
    client = request.getfixturevalue("dynamodb")
    stores = DynamoStores(client, request.getfixturevalue("make_table")("StoresTable"))
    stores.save_connection(a_connection())
    stores.find(STORE)
    made: list[str] = []

    def note(model: Any, **_: object) -> None:
        made.append(model.name)

    client.meta.events.register("before-call.dynamodb", note)
    try:
        assert stores.find(STORE) == a_connection()
    finally:
        client.meta.events.unregister("before-call.dynamodb", note)
    assert made == ["BatchGetItem"]


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
    by_mia = Pause("Mia", "the sale is being prepared", 7)
    assert stores.pause(STORE, by_mia)
    stores.set_state(replace(read, state=StoreState.ACTIVE, failures=0))
    paused = stores.find(STORE)
    assert paused is not None
    assert paused == replace(
        read, state=StoreState.PAUSED, pause=by_mia, failures=0, not_before_ms=0
    )

    assert stores.resume(STORE)
    assert stores.find(STORE) == replace(read, failures=0, not_before_ms=0)


def test_new_secrets_of_webhooks_leave_settings_and_a_pause_from_meanwhile(
    stores: KeptStores,
) -> None:
    stores.save_connection(a_full_connection())
    stores.pause(STORE, Pause("Mia", "a sale", 7))
    before, access = stores.find(STORE), HookAccess("n3w", generation=4)
    assert before is not None
    assert stores.keep_hooks(STORE, access, before.hooks)
    assert stores.find(STORE) == replace(before, hooks=access)
    assert not stores.keep_hooks(LIGHTHOUSE, access, before.hooks)
    assert stores.find(LIGHTHOUSE) is None


def test_who_paused_a_store_first_stays_named(stores: KeptStores) -> None:
    stores.save_connection(a_connection())
    assert stores.pause(STORE, Pause("Mia", "a sale", 7))
    assert not stores.pause(STORE, Pause("Sam", "lunch", 8))
    found = stores.find(STORE)
    assert found is not None
    assert found.pause == Pause("Mia", "a sale", 7)


def test_a_store_that_is_gone_is_neither_paused_nor_resumed(stores: KeptStores) -> None:
    assert not stores.pause(STORE, Pause("Mia"))
    assert not stores.resume(STORE)
    assert stores.find(STORE) is None


def test_resuming_ends_trouble_too(stores: KeptStores) -> None:
    stores.save_connection(a_full_connection())
    assert stores.resume(STORE)
    assert stores.resume(STORE)
    found = stores.find(STORE)
    assert found is not None
    assert (found.state, found.attention_words, found.failures) == (StoreState.ACTIVE, "", 0)
