"""Every link of a store, listed by its reverse rows: ids only, so that 100,000 fit into memory."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.ports.link_list import LinkList

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoLinkList(LinkList):
    """The table of links as a list. May raise RetryLater."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def holders_of(self, store: StoreId) -> Iterator[tuple[StoreProductId, PosProductId]]:
        items = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :holder)",
            ExpressionAttributeValues={":pk": {"S": store}, ":holder": {"S": keys.HOLDER}},
        )
        for item in items:
            yield StoreProductId(int(item["id"]["N"])), PosProductId(item["product"]["S"])
