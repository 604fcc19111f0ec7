"""The local AWS takes a key of an index as long as DynamoDB does, and no longer."""

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from tests.local_tables import MakeTable, aws, dynamodb, make_table
from tillbridge.adapters.dynamodb.attributes import Item, new_item
from tillbridge.adapters.dynamodb.keys import key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

__all__ = ["aws", "dynamodb", "make_table"]

LONGEST = {"job_key": 2_048, "did_to": 1_024}
WAYS = ["put", "update", "batch", "transaction"]


def _write(client: "DynamoDBClient", table: str, way: str, item: Item) -> None:
    rest = {name: value for name, value in item.items() if name not in ("pk", "sk")}
    match way:
        case "put":
            client.put_item(TableName=table, Item=item)
        case "update":
            client.update_item(
                TableName=table,
                Key={"pk": item["pk"], "sk": item["sk"]},
                UpdateExpression="SET " + ", ".join(f"{name} = :{name}" for name in rest),
                ExpressionAttributeValues={f":{name}": value for name, value in rest.items()},
            )
        case "batch":
            client.batch_write_item(RequestItems={table: [{"PutRequest": {"Item": item}}]})
        case _:
            client.transact_write_items(TransactItems=[{"Put": {"TableName": table, "Item": item}}])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", LONGEST)
def test_a_key_of_an_index_has_its_longest(
    dynamodb: "DynamoDBClient", make_table: MakeTable, name: str, way: str
) -> None:
    table = make_table("HistoryTable")
    fits = {"job_key": "j", "did_to": "d"} | {name: "é" * (LONGEST[name] // 2)}
    _write(dynamodb, table, way, new_item(key("p", "1"), fits))
    with pytest.raises(ClientError, match=r"Validation|Cancel"):
        _write(dynamodb, table, way, new_item(key("p", "2"), fits | {name: fits[name] + "x"}))
