"""Counters in DynamoDB: one item per POS account and what is counted, raised by a single atomic update."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, override

from tillbridge.adapters.dynamodb import expressions, keys
from tillbridge.adapters.dynamodb.attributes import from_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.domain.generated_skus import FIRST
from tillbridge.ports.counters import Counters

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoCounters(Counters):
    """An update that botocore repeats after a lost reply skips numbers, and never gives one
    twice. `counter` tells which item counts for an account, `first` is its first number: those of SKUs
    unless another is named."""

    def __init__(
        self,
        client: "DynamoDBClient",
        table: str,
        counter: Callable[[str], keys.Key] = keys.sku_counter,
        first: int = FIRST,
    ) -> None:
        self._client = client
        self._table = table
        self._counter = counter
        self._first = first

    @override
    def take(self, account: str, count: int) -> range:
        with our_errors():
            answer = self._client.update_item(
                TableName=self._table,
                Key=self._counter(account),
                ReturnValues="UPDATED_NEW",
                **expressions.update(
                    ["#next = if_not_exists(#next, :first) + :count"],
                    {"first": self._first, "count": count},
                ),
            )
        end = int(from_item(answer["Attributes"])["next"])
        return range(end - count, end)

    @override
    def raise_to(self, account: str, number: int) -> None:
        with suppress(ConditionFailed), our_errors():
            self._client.update_item(
                TableName=self._table,
                Key=self._counter(account),
                **expressions.update(
                    ["#next = :number"],
                    {"number": number},
                    "attribute_not_exists(#next) OR #next < :number",
                ),
            )
