"""A row that an older release wrote has no keys of the indexes and no search terms. Whoever puts the product's
row again puts it into the lists, though nothing about the product has changed."""

from typing import TYPE_CHECKING

from tests.builders import STORE
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.attributes import Item, new_item
from tillbridge.adapters.dynamodb.listing import DynamoListing
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import POS, ViewRow

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LAMP = ViewRow(POS, "p-1", "Oak lamp", skus=("LAMP-1",))


def older_item() -> Item:
    values = {"side": POS, "id": "p-1", "name": "Oak lamp", "skus": ["LAMP-1"], "deleted": False}
    return new_item(
        keys.key(keys.copy_partition(STORE, POS), "p-1"), values | {"name_key": "oak lamp"}
    )


def test_a_row_of_an_older_release_is_listed_and_found_once_it_is_put_again(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("ReadModelTable")
    dynamodb.put_item(TableName=table, Item=older_item())
    rows, lists = DynamoReadModel(dynamodb, table), DynamoListing(dynamodb, table, table)

    rows.put(STORE, [LAMP])

    assert lists.page(STORE, POS, Question()).rows == (LAMP,)
    assert lists.page(STORE, POS, Question("lamp-1")).rows == (LAMP,)


def test_a_row_of_an_older_release_is_read_and_can_be_removed(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("ReadModelTable")
    dynamodb.put_item(TableName=table, Item=older_item())
    rows = DynamoReadModel(dynamodb, table)
    assert rows.get(STORE, POS, ["p-1"]) == {"p-1": LAMP}

    rows.remove(STORE, POS, ["p-1"])

    assert list(rows.ids(STORE, POS)) == []
