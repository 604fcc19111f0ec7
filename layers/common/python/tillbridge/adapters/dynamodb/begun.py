"""Notes of work under way in DynamoDB, in the table of pending rows, which every function that keeps
them may update."""

from contextlib import suppress
from typing import TYPE_CHECKING, override

from tillbridge.adapters.dynamodb import expressions, keys
from tillbridge.adapters.dynamodb.attributes import from_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.ports.begun import Begun
from tillbridge.ports.clock import Clock

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_SECONDS = 14 * 24 * 3600
"""Longer than a queue keeps any message."""


class DynamoBegun(Begun):
    """One item per message. It holds the receives as a set, so that a write which botocore repeats
    after a lost reply counts once."""

    def __init__(self, client: "DynamoDBClient", pending_table: str, clock: Clock) -> None:
        self._client = client
        self._table = pending_table
        self._clock = clock

    @override
    def begin(self, message: str, receive: int) -> int:
        expires_at = self._clock.now_ms() // 1_000 + KEPT_SECONDS
        with our_errors():
            answer = self._client.update_item(
                TableName=self._table,
                Key=keys.key(keys.BEGUN, message),
                ReturnValues="ALL_NEW",
                **expressions.update(
                    expressions.put(["expires_at"]),
                    {"expires_at": expires_at, "receives": {receive}},
                    adds=["receives"],
                ),
            )
        return len(from_item(answer["Attributes"])["receives"] - {receive})

    @override
    def end(self, message: str, receive: int) -> None:
        with suppress(ConditionFailed), our_errors():  # a person deleted it
            self._client.update_item(
                TableName=self._table,
                Key=keys.key(keys.BEGUN, message),
                **expressions.update(
                    [], {"receives": {receive}}, "attribute_exists(#pk)", takes=["receives"]
                ),
            )
