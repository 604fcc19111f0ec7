"""A row that a later release saved is refused in words, keeps what it says, and takes no neighbour along."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_change, a_connection, a_link, a_pos_account
from tests.fakes.clock import FakeClock
from tests.local_tables import MakeTable, items_in
from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.before_images import DynamoBeforeImages
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.link_list import DynamoLinkList
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.listed_orders import DynamoListedOrders
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.backlog import LaneBacklog
from tillbridge.domain.before_push import Before
from tillbridge.domain.errors import SavedByNewer, UnreadableStore
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.run import Run
from tillbridge.domain.slices import Turn
from tillbridge.domain.web_orders.listed import ListedSoFar
from tillbridge.usecases.readable_links import readable_links

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

WORDS = "saved by a newer Tillbridge (2); this one reads up to 1. Deploy the newer one again."
OTHER = StoreId("other")
NOW = 1_000_000
WAITS = {"stock": LaneBacklog(3, 7, 0)}


@contextmanager
def newer(client: "DynamoDBClient", table: str, having: str) -> Iterator[list[Item]]:
    """Have those rows saved by a later release whose keys contain a text; as they were at the end. Yields them."""
    there = [
        item
        for item in items_in(client, table)
        if having in f"{item['pk']['S']} / {item['sk']['S']}"
    ]
    assert there, "no such row"
    odd = [{**item, "v": {"N": "2"}} for item in there]
    for item in odd:
        client.put_item(TableName=table, Item=item)
    yield odd
    assert [item for item in items_in(client, table) if item in odd] == odd, "one was written over"
    for item in there:
        client.put_item(TableName=table, Item=item)


def test_a_newer_link_is_refused_and_its_neighbours_are_read(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("LinksTable")
    links = DynamoLinks(dynamodb, table)
    lantern, jumper = a_link(LANTERN), a_link(JUMPER, id=StoreProductId(202))
    links.linked(STORE, lantern)
    links.linked(STORE, jumper)
    with newer(dynamodb, table, f"pos#{LANTERN}"):
        found, unread = readable_links(links, STORE, [LANTERN, JUMPER])
        assert (found, set(unread)) == ({JUMPER: jumper}, {LANTERN})
        assert WORDS in str(unread[LANTERN])
        assert set(links.holders(STORE, [StoreProductId(202)]).values()) == {JUMPER}
        assert len(list(DynamoLinkList(dynamodb, table).holders_of(STORE))) == 2
        for write in (links.begin, links.note_doubts, links.failed, links.unlink):
            with pytest.raises(SavedByNewer):
                write(STORE, lantern)


@pytest.mark.parametrize("count", [2, 5], ids=["few", "many"])
def test_a_newer_pending_row_is_not_due_and_is_marked_by_nobody(
    count: int, dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("PendingTable")
    pending = DynamoPending(dynamodb, table)
    products = [LANTERN, *(f"p-{number}" for number in range(count - 1))]
    pending.mark([a_change(LANTERN, version=1)])
    with newer(dynamodb, table, LANTERN):
        assert pending.due(STORE, Lane.CONTENT, NOW, 10) == []
        assert pending.look(STORE, NOW).oldest == {}, "else its drain would never end"
        with pytest.raises(SavedByNewer, match="newer Tillbridge"):
            pending.mark([a_change(product, version=2) for product in products])
        due = pending.due(STORE, Lane.CONTENT, NOW, 10)
        assert {row.product for row in due} == set(products) - {LANTERN}
        assert len(pending.of(STORE, Lane.CONTENT, products)) == count - 1
    assert [row.version for row in pending.of(STORE, Lane.CONTENT, [LANTERN])] == [1]


def test_a_newer_connection_is_its_stores_own_trouble(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("StoresTable")
    stores, listed = DynamoStores(dynamodb, table), DynamoStoreList(dynamodb, table)
    stores.save_connection(a_connection())
    stores.save_connection(a_connection(OTHER, pos_account=a_pos_account(OTHER)))
    with newer(dynamodb, table, f"{STORE} / connection"):
        with pytest.raises(UnreadableStore) as refusal:
            stores.find(STORE)
        assert WORDS in str(refusal.value)
        there = stores.find(OTHER)
        assert there is not None
        told = listed.connections([STORE, OTHER])
        assert (told[STORE], told[OTHER] is not None) == (None, True)
        with pytest.raises(SavedByNewer):
            stores.set_state(a_connection())
    with newer(dynamodb, table, f"#stores / {STORE}"):
        assert set(stores.all()) == {STORE, OTHER}
        listed.keep_backlogs({STORE: WAITS, OTHER: WAITS})
        listed.keep_counting({STORE: WAITS, OTHER: WAITS})
        entries = {entry.store: entry for entry in listed.entries()}
        assert (entries[STORE].backlog, entries[OTHER].backlog) == (None, WAITS)
    with newer(dynamodb, table, f"#accounts / {STORE}"):
        assert [str(each.key) for each in stores.pos_accounts()] == [str(OTHER)]
        with pytest.raises(UnreadableStore):
            stores.find(STORE)
        assert stores.find(OTHER) == there


def test_a_newer_run_is_in_no_list_and_lets_no_other_begin(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("StoresTable")
    runs = DynamoRuns(dynamodb, table)
    for number in (1, 2):
        runs.save(STORE, Run(f"{number:013d}-0a1b", started_ms=number))
    with newer(dynamodb, table, "run#0000000000002"):
        assert [run.started_ms for run in runs.recent(STORE, 5)] == [1]
        with pytest.raises(SavedByNewer):
            runs.under_way(STORE)


def test_a_newer_turn_is_taken_by_no_older_slice(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("StoresTable")
    stores = DynamoStores(dynamodb, table)
    stores.begin_slice(STORE, "token", NOW, NOW + 1)
    stores.end_slice(STORE, "token", Turn(after_ms=7))
    with newer(dynamodb, table, STORE), pytest.raises(SavedByNewer):
        stores.begin_slice(STORE, "another", NOW + 10, NOW + 11)


def test_what_a_newer_release_kept_of_a_push_is_no_older_ones_to_replace(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table, job = make_table("StoresTable"), "01JOB000000000000000000001"
    befores = DynamoBeforeImages(dynamodb, table, FakeClock())
    first = Before(StoreProductId(101), "Lamp", 1_000, {})
    befores.keep(STORE, job, {LANTERN: first})
    with newer(dynamodb, table, "replaced-by#"):
        again = {LANTERN: replace(first, name="Torch"), JUMPER: first}
        befores.keep(STORE, job, again)
        assert {each.product for each in befores.of_job(STORE, job)} == {JUMPER}


def test_a_newer_line_is_left_out_and_how_far_orders_were_read_is_not_guessed(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table, orders = make_table("HistoryTable"), make_table("OrdersTable")
    history = DynamoHistory(dynamodb, table)
    for at_ms in (1_000, 2_000):
        history.write(STORE, [ProductLine(at_ms=at_ms, product=LANTERN, did=Did.CREATED)])
    with newer(dynamodb, table, "0000000002000"):
        assert [line.at_ms for line in history.newest(STORE, LANTERN)] == [1_000]
    listed = DynamoListedOrders(dynamodb, orders)
    listed.keep(STORE, ListedSoFar(7, 8, 9))
    with newer(dynamodb, orders, "listed"), pytest.raises(SavedByNewer):
        listed.read(STORE)
