"""The ids of a store's POS products, to be offered while one is typed."""

from cli.deployment.target import Target
from tillbridge.adapters.dynamodb.keys import copy_partition
from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import POS


def ids_from(target: Target, store: StoreId, begin: str, most: int) -> list[str]:
    """Return the first ids of POS products that begin so, as the list of products has them: one request."""
    narrowed = {":begin": {"S": begin}} if begin else {}
    page = target.client("dynamodb").query(
        TableName=target.outputs["read_model_table"],
        KeyConditionExpression="pk = :pk" + (" AND begins_with(sk, :begin)" if begin else ""),
        ExpressionAttributeValues={":pk": {"S": copy_partition(store, POS)}, **narrowed},
        ProjectionExpression="sk",
        Limit=most,
    )
    return [item["sk"]["S"] for item in page["Items"]]
