"""The call lines in DynamoDB, in the table of history: a line is a write unit, one of many calls a few."""

import logging
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item, new_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.adapters.dynamodb.store_items import lags_of
from tillbridge.domain.history.call_line import CallLine
from tillbridge.domain.history.call_packing import MOST_BYTES, line_of, text_of
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_histogram import packed
from tillbridge.ports.call_lines import CallLines

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_SECONDS = 30 * 24 * 3600

_BESIDE = 60
"""Bytes of an item beside its key's values, text and lags: names of attributes, `v`, `expires_at`."""

log = logging.getLogger(__name__)


class DynamoCallLines(CallLines):
    """A partition for each store, its lines by time."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def write(self, store: StoreId, lines: Iterable[CallLine]) -> None:
        bulk.write_all(self._client, self._table, [_item(store, line) for line in lines])

    @override
    def of(self, store: StoreId, from_ms: int, to_ms: int) -> Sequence[CallLine]:
        rows = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :from AND :to",
            ExpressionAttributeValues={
                ":pk": {"S": keys.calls_of(store)},
                ":from": {"S": keys.moment(from_ms)},
                ":to": {"S": f"{keys.moment(to_ms)}~"},
            },
        )
        return [line for row in rows if (line := _line(row)) is not None]

    @override
    def newest(self, store: StoreId, limit: int) -> Sequence[CallLine]:
        with our_errors():
            answer = self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": keys.calls_of(store)}},
                ScanIndexForward=False,
                Limit=limit,
            )
        return [line for row in answer["Items"] if (line := _line(row)) is not None]


def _item(store: StoreId, line: CallLine) -> Item:
    key = keys.key(keys.calls_of(store), line.key)
    lags = packed(line.done.lags) if line.done is not None else b""
    beside = _BESIDE + len(lags) + sum(len(part["S"].encode()) for part in key.values())
    values = {
        "line": text_of(line, MOST_BYTES - beside),
        "expires_at": line.ended_ms // 1_000 + KEPT_SECONDS,
        **({"lags": lags} if lags else {}),
    }
    return new_item(key, values)


def _line(row: Item) -> CallLine | None:
    try:
        values = from_item(row)
        moment, _, token = values["sk"].partition("#")
        return line_of(int(moment), token, values["line"], lags_of(values.get("lags", b"")))
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with one row
        extra = {"row": f"{row['pk']['S']} / {row['sk']['S']}", "why": repr(problem)}
        log.warning("a line of calls cannot be read", extra=extra)
        return None
