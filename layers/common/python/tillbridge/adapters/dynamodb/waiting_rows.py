"""The pending rows of one store, as far as people want to know of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, override

from tillbridge.adapters.dynamodb import keys
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.adapters.dynamodb.pending_scan import READ, waiting_of
from tillbridge.domain.backlog import Waiting
from tillbridge.domain.ids import StoreId
from tillbridge.ports.waiting_rows import WaitingRows

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoWaitingRows(WaitingRows):
    """Its two queries read what they are limited to, never a whole backlog."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def first(self, store: StoreId, limit: int) -> tuple[Sequence[Waiting], bool]:
        rows: list[Waiting] = []
        whole = True
        for partition in keys.pending_partitions(store):
            with our_errors():
                answer = self._client.query(
                    TableName=self._table,
                    KeyConditionExpression="#pk = :pk",
                    ExpressionAttributeValues={":pk": {"S": partition}},
                    ProjectionExpression=", ".join(f"#{name}" for name in READ),
                    ExpressionAttributeNames={f"#{name}": name for name in READ},
                    Limit=limit,
                )
            rows += map(waiting_of, answer["Items"])
            whole = whole and "LastEvaluatedKey" not in answer
        return rows, whole
