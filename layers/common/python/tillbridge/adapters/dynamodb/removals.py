"""Removed stores in DynamoDB: an attribute on their connection, which stays in its place, and a list.

The connection is not moved: whoever changes it at the same moment loses nothing, and to bring it back is one write."""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, expressions, keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item, new_item
from tillbridge.adapters.dynamodb.errors import (
    ConditionFailed,
    TransactionCancelled,
    busy_words,
    our_errors,
)
from tillbridge.adapters.dynamodb.store_items import account_of, connection_of
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.removal import LeftoverPlace, Removal, RemovedEntry
from tillbridge.ports.removals import Removals

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

log = logging.getLogger(__name__)

REMOVED_MS = "removed_ms"
"""The attribute of a connection that makes it one of a removed store."""


def is_removed(values: Mapping[str, Any]) -> bool:
    """Return whether a connection's item, plain or not, is that of a removed store."""
    return REMOVED_MS in values


def read_removal(client: "DynamoDBClient", table: str, store: StoreId) -> Removal | None:
    """Return that a store was removed, or None. Raise RetryLater."""
    key = keys.key(store, keys.CONNECTION)
    values = next(map(from_item, bulk.read_all(client, table, [key])), None)
    if values is None or not is_removed(values):
        return None
    there = bulk.read_all(client, table, [keys.key(keys.ACCOUNTS, values["pos_account"])])
    account = next((account_of(from_item(item)) for item in there), None)
    connection = connection_of(values, account)
    return Removal(store, int(values[REMOVED_MS]), values["removed_by"], connection)


def brought_back(table: str, update: dict[str, Any], removal: Removal) -> list[dict[str, Any]]:
    """Return the writes that bring a store back, given the update of its connection: none of them is done when its
    deleting has begun, or it came back already."""
    same = expressions.conditional(
        "#removed_ms = :at_ms AND attribute_not_exists(#going)", {"at_ms": removal.at_ms}
    )
    entry = {"TableName": table, "Key": keys.key(keys.REMOVED, removal.store), **same}
    return [{"Delete": entry}, {"Update": update}]


class DynamoRemovals(Removals):
    """The list of removed stores lies beside that of the connected ones."""

    def __init__(self, client: "DynamoDBClient", stores_table: str, counters_table: str) -> None:
        self._client = client
        self._table = stores_table
        self._counters = counters_table

    @override
    def remove(self, store: StoreId, by: str, at_ms: int) -> bool:
        values = {"removed_ms": at_ms, "removed_by": by}
        there = "attribute_exists(#pk) AND attribute_not_exists(#removed_ms)"
        change = expressions.update(expressions.put(values), values, there)
        writes: Any = [
            {
                "Update": {
                    "TableName": self._table,
                    "Key": keys.key(store, keys.CONNECTION),
                    **change,
                }
            },
            {"Delete": {"TableName": self._table, "Key": keys.key(keys.CONNECTED, store)}},
            {
                "Put": {
                    "TableName": self._table,
                    "Item": new_item(keys.key(keys.REMOVED, store), values),
                }
            },
        ]
        try:
            with our_errors():
                self._client.transact_write_items(TransactItems=writes)
        except TransactionCancelled as why:
            if why.refused:
                return False
            raise RetryLater(busy_words()) from why  # its connection is just being written
        return True

    @override
    def removal(self, store: StoreId) -> Removal | None:
        return read_removal(self._client, self._table, store)

    @override
    def removed(self) -> Sequence[RemovedEntry]:
        items = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": keys.REMOVED}},
        )
        return [entry for item in items if (entry := _read_entry(item))]

    @override
    def note_clean(self, entry: RemovedEntry) -> None:
        with suppress(ConditionFailed):
            self._note(entry, {"clean": True})

    @override
    def begin_deleting(self, entry: RemovedEntry) -> bool:
        try:
            self._note(entry, {"going": True})
        except ConditionFailed:
            return False
        return True

    @override
    def keep_place(self, entry: RemovedEntry, place: LeftoverPlace) -> None:
        with suppress(ConditionFailed):
            self._note(entry, {"place": list(place) if place else []})

    def _note(self, entry: RemovedEntry, values: dict[str, Any]) -> None:
        known = {**values, "at_ms": entry.at_ms}
        change = expressions.update(expressions.put(values), known, "#removed_ms = :at_ms")
        with our_errors():
            self._client.update_item(
                TableName=self._table, Key=keys.key(keys.REMOVED, entry.store), **change
            )

    @override
    def forget(self, entry: RemovedEntry) -> None:
        with our_errors():
            self._client.delete_item(TableName=self._table, Key=keys.key(keys.REMOVED, entry.store))

    @override
    def leave_account(self, account: PosAccountKey, store: StoreId) -> None:
        row = keys.key(keys.stores_of_account(account), store)
        with our_errors():
            self._client.delete_item(TableName=self._table, Key=row)

    @override
    def forget_account(self, account: PosAccountKey) -> None:
        rows = [
            (self._counters, keys.sku_counter(account)),
            (self._counters, keys.version_counter(account)),
            (self._table, keys.key(keys.ACCOUNTS, account)),
            # After the account's row: a poll of before writes none for an account that is not there.
            (self._table, keys.key(keys.POLLS, account)),
            *((self._table, door) for door in self._doors_of(account)),
        ]
        with our_errors():
            for table, row in rows:
                self._client.delete_item(TableName=table, Key=row)

    def _doors_of(self, account: PosAccountKey) -> list[keys.Key]:
        """Return the keys of the rows by which calls to the account's webhooks find it: one for each time that it was
        connected."""
        items = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            FilterExpression="account = :account",
            ExpressionAttributeValues={":pk": {"S": keys.POS_DOORS}, ":account": {"S": account}},
        )
        return [{"pk": item["pk"], "sk": item["sk"]} for item in items]


def _read_entry(item: Item) -> RemovedEntry | None:
    try:
        return _entry(from_item(item))
    except Exception:  # whatever is wrong with one, it hides no other
        log.exception("removed store cannot be read", extra={"store_id": item["sk"]["S"]})
        return None


def _entry(values: Mapping[str, Any]) -> RemovedEntry:
    place = values.get("place") or None
    return RemovedEntry(
        StoreId(values["sk"]),
        int(values["removed_ms"]),
        values["removed_by"],
        bool(values.get("going")),
        (place[0], place[1], place[2]) if place else None,
        bool(values.get("clean")),
    )
