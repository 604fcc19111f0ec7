"""Every stored item names the version of its shape as `v`; one without it is read all the same.

`make_table` checks that no item lacks it, at the end of each test on real tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.builders import LANTERN, STORE, a_change, a_connection
from tests.contract.ports.linked import a_full_link
from tests.local_tables import MakeTable, items_in, nameless
from tillbridge.adapters.dynamodb import bulk
from tillbridge.adapters.dynamodb.keys import key
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.lanes import Lane

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@contextmanager
def without_shapes(client: "DynamoDBClient", table: str) -> Iterator[None]:
    """Take `v` from every item, and put back what was there at the end."""
    there = items_in(client, table)
    bare = [{name: value for name, value in item.items() if name != "v"} for item in there]
    bulk.write_all(client, table, bare)
    yield
    bulk.write_all(client, table, there)


def test_an_item_without_its_shape_or_with_another_is_found(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("StoresTable")
    for sk, more in (("bare", {}), ("newer", {"v": {"N": "2"}}), ("right", {"v": {"N": "1"}})):
        dynamodb.put_item(TableName=table, Item={**key(STORE, sk), **more})

    assert nameless(dynamodb, table) == [f"{table}: {STORE} / bare", f"{table}: {STORE} / newer"]

    for sk in ("bare", "newer", "right"):  # no writer writes any of them
        dynamodb.delete_item(TableName=table, Key=key(STORE, sk))


def test_an_update_names_the_shape_of_an_item_that_did_not(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("PendingTable")
    pending = DynamoPending(dynamodb, table)
    pending.mark([a_change(version=1)])
    with without_shapes(dynamodb, table):
        assert [row.version for row in pending.of(STORE, Lane.CONTENT, [LANTERN])] == [1]
        pending.mark([a_change(version=2)])
        assert nameless(dynamodb, table) == []


def test_links_and_stores_without_their_shape_are_read(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    links_table, stores_table = make_table("LinksTable"), make_table("StoresTable")
    links, link = DynamoLinks(dynamodb, links_table), a_full_link()
    stores = DynamoStores(dynamodb, stores_table)
    links.linked(STORE, link)
    stores.save_connection(a_connection())
    with without_shapes(dynamodb, links_table), without_shapes(dynamodb, stores_table):
        assert links.get(STORE, [link.product]) == {link.product: link}
        assert stores.all() == [STORE]
        assert stores.find(STORE) == a_connection()
