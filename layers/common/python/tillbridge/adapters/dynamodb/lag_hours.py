"""The lags of each hour in DynamoDB, in the table of history: an item is one write unit."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item, new_item
from tillbridge.adapters.dynamodb.history import KEPT_SECONDS
from tillbridge.adapters.dynamodb.store_items import lags_of
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_histogram import HourLags, by_hour, merged, packed
from tillbridge.ports.lag_hours import NO_HOUR, LagHours

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

log = logging.getLogger(__name__)


class DynamoLagHours(LagHours):
    """A partition for each store, its hours by time."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def put(self, store: StoreId, hour: HourLags) -> None:
        self._put(store, keys.hour(hour.hour), hour)

    @override
    def add_orders(self, store: StoreId, hour: HourLags) -> None:
        sort_key = f"{keys.hour(hour.hour)}{keys.OF_ORDERS}"
        before = [there.lags for _, there in self._between(store, sort_key, sort_key)]
        self._put(store, sort_key, HourLags(hour.hour, merged(hour.lags, *before)))

    @override
    def of(
        self, store: StoreId, from_hour: int, to_hour: int, running: HourLags = NO_HOUR
    ) -> Sequence[HourLags]:
        rows = self._between(store, keys.hour(from_hour), f"{keys.hour(to_hour)}~")
        kept = [
            hour
            for sort_key, hour in rows
            if sort_key.endswith(keys.OF_ORDERS) or hour.hour != running.hour
        ]
        return by_hour([*kept, *([running] if from_hour <= running.hour <= to_hour else [])])

    def _put(self, store: StoreId, sort_key: str, hour: HourLags) -> None:
        expires_at = hour.hour * 3_600 + KEPT_SECONDS
        values = {"lags": packed(hour.lags), "expires_at": expires_at}
        item = new_item(keys.key(store, sort_key), values)
        bulk.write_all(self._client, self._table, [item])

    def _between(self, store: StoreId, first: str, last: str) -> list[tuple[str, HourLags]]:
        rows = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :from AND :to",
            ExpressionAttributeValues={
                ":pk": {"S": store},
                ":from": {"S": first},
                ":to": {"S": last},
            },
        )
        return [(row["sk"]["S"], hour) for row in rows if (hour := _hour(row)) is not None]


def _hour(row: Item) -> HourLags | None:
    try:
        values = from_item(row)
        return HourLags(keys.hour_of(values["sk"]), lags_of(values["lags"]))
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with one row
        extra = {"row": f"{row['pk']['S']} / {row['sk']['S']}", "why": repr(problem)}
        log.warning("the lags of an hour cannot be read", extra=extra)
        return None
