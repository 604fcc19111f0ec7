"""What the port of stores promises of the slices that write to a store: one at a time, and what each
leaves to the next."""

from functools import partial

import pytest

from tests.builders import STORE
from tests.contract.ports.kept_stores import LIGHTHOUSE, KeptStores
from tests.contract.ports.races import race
from tests.local_tables import items_in
from tillbridge.adapters.dynamodb.keys import WRITER, key
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.order_cursor import OrdersRead, ReadSoFar
from tillbridge.domain.slices import CLOCKS_DIFFER_MS, Turn


def test_one_slice_at_a_time_writes_to_a_store(stores: KeptStores) -> None:
    assert stores.begin_slice(STORE, "one", 1_000, 61_000) == Turn()
    assert stores.begin_slice(STORE, "two", 60_999, 120_000) == Turn(busy_until_ms=61_000)
    assert stores.begin_slice(LIGHTHOUSE, "two", 60_999, 120_000) == Turn()

    stores.end_slice(STORE, "one", Turn())
    assert stores.begin_slice(STORE, "two", 60_999, 120_000) == Turn()


def test_a_slice_that_never_ended_gives_way_and_leaves_the_next_unsure(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    assert stores.begin_slice(STORE, "two", 61_000, 121_000) == Turn(unsure=True, killed_ms=61_000)

    stores.end_slice(STORE, "one", Turn())
    found = stores.begin_slice(STORE, "three", 70_000, 130_000)
    assert found == Turn(busy_until_ms=121_000)


def test_a_slice_that_ends_unsure_tells_the_next(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(STORE, "one", Turn(unsure=True))
    assert stores.begin_slice(STORE, "two", 2_000, 62_000) == Turn(unsure=True)

    stores.end_slice(STORE, "one", Turn(unsure=True))
    assert stores.begin_slice(STORE, "three", 3_000, 63_000) == Turn(busy_until_ms=62_000)
    stores.end_slice(STORE, "two", Turn())
    assert stores.begin_slice(STORE, "three", 3_000, 63_000) == Turn()


def test_until_when_a_killed_slice_called_is_known_until_a_slice_ends_sure(
    stores: KeptStores,
) -> None:
    stores.begin_slice(STORE, "killed", 1_000, 61_000)
    killed = stores.begin_slice(STORE, "one", 61_000, 121_000)
    stores.end_slice(STORE, "one", Turn(unsure=True, killed_ms=killed.killed_ms))
    assert stores.begin_slice(STORE, "two", 70_000, 130_000) == killed
    stores.end_slice(STORE, "two", Turn())
    assert stores.begin_slice(STORE, "three", 80_000, 140_000) == Turn()


@pytest.mark.parametrize("unsure", [False, True])
def test_a_slice_that_ends_tells_the_next_whose_window_is_next(
    stores: KeptStores, unsure: bool
) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(STORE, "one", Turn(unsure=unsure, oldest_next=True))
    told = stores.begin_slice(STORE, "two", 2_000, 62_000)
    assert told == Turn(unsure=unsure, oldest_next=True)
    assert stores.begin_slice(STORE, "three", 62_000, 122_000) == Turn(
        unsure=True, killed_ms=62_000
    )
    stores.end_slice(STORE, "three", Turn())
    assert stores.begin_slice(STORE, "four", 62_000, 122_000) == Turn()


def test_a_slice_that_gives_way_tells_the_next_when_levels_went(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(STORE, "one", Turn(after_ms=1_000))
    assert stores.begin_slice(STORE, "two", 2_000, 62_000) == Turn(after_ms=1_000)
    stores.end_slice(STORE, "two", Turn())
    assert stores.begin_slice(STORE, "three", 3_000, 63_000) == Turn()


READ = OrdersRead(cursor_ms=500, read_ms=900, following=251, began_ms=1_000, so_far=ReadSoFar(7, 8))


def test_how_far_the_orders_are_read_is_told_to_the_next_slice(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(STORE, "one", Turn(orders=READ))
    assert stores.begin_slice(STORE, "two", 2_000, 62_000) == Turn(orders=READ)


def test_a_slice_that_is_killed_leaves_how_far_the_one_before_had_read(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(STORE, "one", Turn(oldest_next=True, after_ms=3, orders=READ))
    stores.begin_slice(STORE, "killed", 2_000, 62_000)
    stores.begin_slice(STORE, "killed too", 62_000, 122_000)
    found = stores.begin_slice(STORE, "two", 122_000, 182_000)
    assert found == Turn(unsure=True, killed_ms=122_000, orders=READ)


def test_a_slice_of_a_store_that_reads_no_orders_forgets_how_far_they_were_read(
    stores: KeptStores,
) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(STORE, "one", Turn(orders=READ))
    stores.begin_slice(STORE, "two", 2_000, 62_000)
    stores.end_slice(STORE, "two", Turn())
    assert stores.begin_slice(STORE, "three", 3_000, 63_000) == Turn()


def test_a_signal_sent_before_the_look_that_left_nothing_is_spent(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000, 900)
    stores.end_slice(STORE, "one", Turn(settled_ms=5_000))
    for sent_ms in (1, 4_000, 5_000 - CLOCKS_DIFFER_MS - 1):
        assert stores.begin_slice(STORE, "two", 6_000, 66_000, sent_ms) == Turn(spent=True)
    assert stores.begin_slice(STORE, "two", 6_000, 66_000, 5_000 - CLOCKS_DIFFER_MS) == Turn()
    busy = Turn(busy_until_ms=66_000)
    assert stores.begin_slice(STORE, "three", 7_000, 67_000, 4_000) == busy
    stores.end_slice(STORE, "two", Turn())
    assert stores.begin_slice(STORE, "three", 7_000, 67_000, 4_000) == Turn()


def test_a_signal_of_unknown_time_is_never_spent(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(STORE, "one", Turn(settled_ms=5_000))
    assert stores.begin_slice(STORE, "two", 6_000, 66_000) == Turn()


def test_no_signal_is_spent_once_a_slice_began_that_never_ended(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000, 900)
    stores.end_slice(STORE, "one", Turn(settled_ms=5_000))
    stores.begin_slice(STORE, "killed", 6_000, 66_000, 5_500)
    after = stores.begin_slice(STORE, "two", 66_000, 126_000, 4_000)
    assert after == Turn(unsure=True, killed_ms=66_000)


@pytest.mark.parametrize("ended", [False, True])
def test_dynamodb_never_forgets_a_slice_that_died_or_ended_unsure(
    request: pytest.FixtureRequest, ended: bool
) -> None:
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("StoresTable")
    stores = DynamoStores(client, table)
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    if ended:
        stores.end_slice(STORE, "one", Turn(unsure=True))

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
        stores.end_slice(STORE, "one", Turn(unsure=unsure))
        found = stores.begin_slice(STORE, "three", 3_000, 63_000)
        assert found == Turn(busy_until_ms=62_000)
        stores.end_slice(STORE, "two", Turn())


def test_a_slice_is_not_in_its_own_way(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    assert stores.begin_slice(STORE, "one", 1_000, 61_000).busy_until_ms == 0


def test_of_slices_that_begin_at_once_one_writes(stores: KeptStores) -> None:
    begun = race(partial(stores.begin_slice, STORE, token, 1_000, 61_000) for token in "abcdefgh")
    until = [turn.busy_until_ms for turn in begun if isinstance(turn, Turn)]
    assert sorted(until) == [0, *[61_000] * 7]


@pytest.mark.parametrize("unsure", [False, True])
def test_a_slice_that_ends_tells_the_next_when_hooks_were_checked(
    stores: KeptStores, unsure: bool
) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(
        STORE, "one", Turn(unsure=unsure, hooks_checked_ms=2_000, hooks_rearmed_ms=1_500)
    )
    found = stores.begin_slice(STORE, "two", 3_000, 63_000)
    assert found == Turn(unsure=unsure, hooks_checked_ms=2_000, hooks_rearmed_ms=1_500)


def test_a_slice_that_is_killed_leaves_when_hooks_were_checked_before(stores: KeptStores) -> None:
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(STORE, "one", Turn(hooks_checked_ms=2_000, hooks_rearmed_ms=1_500))
    stores.begin_slice(STORE, "killed", 3_000, 63_000)
    found = stores.begin_slice(STORE, "two", 63_000, 123_000)
    assert found == Turn(
        unsure=True, killed_ms=63_000, hooks_checked_ms=2_000, hooks_rearmed_ms=1_500
    )
