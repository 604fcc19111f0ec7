"""Every link of a store, listed by its way back: ids only, so that a hundred thousand fit."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoLinkList:
    """Reads the table of links. May raise RetryLater."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def holders_of(self, store: StoreId) -> Iterator[tuple[StoreProductId, PosProductId]]:
        """Every linked BigCommerce product with its POS product."""
        items = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :way_back)",
            ExpressionAttributeValues={":pk": {"S": store}, ":way_back": {"S": keys.HOLDER}},
        )
        for item in items:
            yield StoreProductId(int(item["id"]["N"])), PosProductId(item["product"]["S"])
