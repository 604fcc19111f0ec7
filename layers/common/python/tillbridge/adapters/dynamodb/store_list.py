"""The list of stores in DynamoDB: one partition, an item for each connected store."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, expressions, keys
from tillbridge.adapters.dynamodb.attributes import (
    Item,
    from_item,
    is_newer,
    new_item,
    refuse_newer,
)
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.adapters.dynamodb.removals import is_removed
from tillbridge.adapters.dynamodb.store_items import connection_of
from tillbridge.adapters.dynamodb.told_trouble import as_told, trouble_in
from tillbridge.adapters.dynamodb.turns import hour_of
from tillbridge.domain.backlog import (
    Backlog,
    Figures,
    LaneBacklog,
    ScanPlace,
    StoreEntry,
    StoreFigures,
)
from tillbridge.domain.connection import Connection
from tillbridge.domain.ended_run import EndedRun
from tillbridge.domain.errors import SavedByNewer
from tillbridge.domain.ids import StoreId
from tillbridge.ports.store_list import StoreList

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_CONNECTED = "attribute_exists(#pk)"

log = logging.getLogger(__name__)


class DynamoStoreList(StoreList):
    """Beside the list lies one item with the sweep's place in the table of pending rows."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def entries(self) -> Sequence[StoreEntry]:
        items = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": keys.CONNECTED}},
        )
        return [_entry(item) for item in items]

    @override
    def connections(self, stores: Sequence[StoreId]) -> Mapping[StoreId, Connection | None]:
        asked = [keys.key(store, keys.CONNECTION) for store in stores]
        found = bulk.read_all(self._client, self._table, asked)
        return {
            StoreId(item["pk"]["S"]): _connection(item) for item in found if not is_removed(item)
        }

    @override
    def orders_read(self, stores: Sequence[StoreId]) -> Mapping[StoreId, int]:
        asked = [keys.key(store, keys.WRITER) for store in stores]
        found = bulk.read_all(self._client, self._table, asked, ["pk", "orders"])
        return {
            store: _read(partial(_orders_read_ms, item), 0, store)
            for item in found
            if "orders" in item and (store := StoreId(item["pk"]["S"]))
        }

    @override
    def figures(self, stores: Sequence[StoreId]) -> Figures:
        wanted = [keys.SWEPT]
        for store in stores:
            wanted += [keys.key(store, keys.CONNECTION), keys.key(keys.CONNECTED, store)]
            wanted += [keys.key(store, keys.WRITER)]
        rows = {
            (row["pk"]["S"], row["sk"]["S"]): row
            for row in bulk.read_all(self._client, self._table, wanted)
        }
        swept = rows.get((keys.SWEPT["pk"]["S"], keys.SWEPT["sk"]["S"]))
        found = {
            store: _figures_of(store, rows)
            for store in stores
            if (there := rows.get((store, keys.CONNECTION))) and not is_removed(there)
        }
        swept_ms = _read(lambda: int(swept["at_ms"]["N"]) if swept else 0, 0, StoreId(""))
        return Figures(swept_ms, found)

    @override
    def keep_swept(self, at_ms: int) -> None:
        with our_errors():
            item = new_item(keys.SWEPT, {"at_ms": at_ms})
            self._client.put_item(TableName=self._table, Item=item)

    @override
    def keep_backlogs(self, backlogs: Mapping[StoreId, Backlog]) -> None:
        bulk.in_parallel(lambda each: self._keep_backlog(*each), backlogs.items())

    @override
    def keep_counting(self, counting: Mapping[StoreId, Backlog]) -> None:
        bulk.in_parallel(lambda each: self._keep_counting(*each), counting.items())

    @override
    def place(self) -> ScanPlace:
        with our_errors():
            answer = self._client.get_item(TableName=self._table, Key=keys.SWEEP_PLACE)
        if "Item" not in answer:
            return {}
        try:
            refuse_newer(answer["Item"])
            segments = json.loads(answer["Item"]["segments"]["S"])
            return {
                int(n): (after[0], after[1]) if after else None for n, after in segments.items()
            }
        except Exception:  # a place that nobody can read: the reading begins anew
            log.exception("the sweep's place cannot be read")
            return {}

    @override
    def keep_place(self, place: ScanPlace) -> None:
        with our_errors():
            if place:
                item = new_item(keys.SWEEP_PLACE, {"segments": json.dumps(place)})
                self._client.put_item(TableName=self._table, Item=item)
            else:
                self._client.delete_item(TableName=self._table, Key=keys.SWEEP_PLACE)

    def _keep_backlog(self, store: StoreId, backlog: Backlog) -> None:
        sets = expressions.put(["backlog"])
        values = {"backlog": _figures(backlog)}
        note_in_list(self._client, self._table, store, sets, values, ["#counting"])

    def _keep_counting(self, store: StoreId, backlog: Backlog) -> None:
        sets, values = expressions.put(["counting"]), {"counting": _figures(backlog)}
        note_in_list(self._client, self._table, store, sets, values)


def note_in_list(
    client: "DynamoDBClient",
    table: str,
    store: StoreId,
    sets: list[str],
    values: dict[str, Any],
    removes: Sequence[str] = (),
) -> None:
    """Update the item of a store in the list, unless it was disconnected meanwhile or a later release saved
    it. Raise RetryLater."""
    try:
        with suppress(ConditionFailed), our_errors():
            client.update_item(
                TableName=table,
                Key=keys.key(keys.CONNECTED, store),
                **expressions.update(sets, values, _CONNECTED, removes),
            )
    except SavedByNewer as newer:  # what it says is for people; the other stores' goes on
        log.warning("not noted", extra={"store_id": store, "why": str(newer)})


def _entry(item: Item) -> StoreEntry:
    store = StoreId(item["sk"]["S"])
    if is_newer(item):
        log.warning("entry of a store is of a later release", extra={"store_id": store})
        return StoreEntry(store, None, {}, 0, None, None)
    return StoreEntry(
        store,
        _read(partial(_backlog_of, item, "backlog"), None, store),
        _read(partial(_backlog_of, item, "counting"), {}, store),
        _read(lambda: int(item["compared_ms"]["N"]) if "compared_ms" in item else None, 0, store),
        _read(partial(_run_of, item, "last_run"), None, store),
        _read(partial(_run_of, item, "last_full"), None, store),
        trouble_in(item),
    )


def _figures_of(store: StoreId, rows: Mapping[tuple[str, str], Item]) -> StoreFigures:
    entry, writer = rows.get((keys.CONNECTED, store)), rows.get((store, keys.WRITER), {})
    listed = None if entry is None else _entry(entry)
    return StoreFigures(
        store,
        as_told(_connection(rows[store, keys.CONNECTION]), entry),
        listed,
        _read(lambda: hour_of(from_item(writer)), None, store),
    )


def _orders_read_ms(item: Item) -> int:
    return int(from_item({"orders": item["orders"]})["orders"]["read_ms"])


def _run_of(item: Item, name: str) -> EndedRun | None:
    return EndedRun(**from_item({name: item[name]})[name]) if name in item else None


def _connection(item: Item) -> Connection | None:
    return _read(lambda: connection_of(from_item(item)), None, StoreId(item["pk"]["S"]))


def _read[T, D](read: Callable[[], T], otherwise: D, store: StoreId) -> T | D:
    try:
        return read()
    except SavedByNewer as newer:
        log.warning("row of a store", extra={"store_id": store, "why": str(newer)})
        return otherwise
    except Exception:  # whatever is wrong with one store's row must not hide the others
        log.exception("row of a store cannot be read", extra={"store_id": store})
        return otherwise


def _figures(backlog: Backlog) -> dict[str, list[int]]:
    return {lane: [of.count, of.oldest_ms, of.tries] for lane, of in backlog.items()}


def _backlog_of(item: Item, name: str) -> Backlog:
    if name not in item:
        return {}
    figures = from_item({name: item[name]})[name]
    return {lane: LaneBacklog(*map(int, numbers)) for lane, numbers in figures.items()}
