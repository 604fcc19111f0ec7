"""Connected stores in DynamoDB: connection, state, remembered categories and slices."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tillbridge.adapters.dynamodb import bulk, expressions, keys
from tillbridge.adapters.dynamodb.attributes import from_item, new_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.adapters.dynamodb.store_items import (
    connection_of,
    connection_values,
    slice_of,
    slice_values,
    state_values,
)
from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.ids import StoreId
from tillbridge.domain.slices import SliceRecord

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoStores:
    """A store is a partition; one more lists them all. Every method may raise RetryLater."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def find(self, store: StoreId) -> Connection | None:
        """The connection, or None when no such store is connected."""
        with our_errors():
            answer = self._client.get_item(
                TableName=self._table, Key=keys.key(store, keys.CONNECTION), ConsistentRead=True
            )
        return connection_of(from_item(answer["Item"])) if "Item" in answer else None

    def all(self) -> Sequence[StoreId]:
        """Every connected store, by name."""
        return [StoreId(row["sk"]) for row in self._query("pk = :pk", keys.CONNECTED)]

    def save_connection(self, connection: Connection) -> None:
        """Connects a store, or writes all its settings and its state anew."""
        entry = new_item(keys.key(keys.CONNECTED, connection.store), {})
        key = keys.key(connection.store, keys.CONNECTION)
        item = new_item(key, connection_values(connection))
        with our_errors():
            self._client.transact_write_items(
                TransactItems=[
                    {"Put": {"TableName": self._table, "Item": entry}},
                    {"Put": {"TableName": self._table, "Item": item}},
                ]
            )

    def remove(self, store: StoreId) -> None:
        """Disconnects a store; what is remembered of it stays."""
        rows = [keys.key(keys.CONNECTED, store), keys.key(store, keys.CONNECTION)]
        with our_errors():
            self._client.transact_write_items(
                TransactItems=[{"Delete": {"TableName": self._table, "Key": row}} for row in rows]
            )

    def set_state(self, connection: Connection) -> None:
        """Writes the state alone; what a person paused stays paused."""
        self._set(connection, "attribute_exists(#pk) AND #state <> :paused")

    def set_paused(self, connection: Connection, *, paused: bool) -> None:
        """A person stops a store, or lets it go on: what it waited for is forgotten."""
        state = StoreState.PAUSED if paused else StoreState.ACTIVE
        clean = replace(
            connection,
            state=state,
            attention_code="",
            attention_words="",
            not_before_ms=0,
            failures=0,
        )
        self._set(clean, "attribute_exists(#pk)")

    def _set(self, connection: Connection, condition: str) -> None:
        values = state_values(connection)
        known = {**values, "paused": StoreState.PAUSED.value}
        try:
            with our_errors():
                self._client.update_item(
                    TableName=self._table,
                    Key=keys.key(connection.store, keys.CONNECTION),
                    **expressions.update(expressions.put(values), known, condition),
                )
        except ConditionFailed:
            return  # disconnected or paused meanwhile: nothing to remember

    def set_reconcile_mode(self, store: StoreId, mode: str) -> None:
        """Writes this one setting."""
        try:
            with our_errors():
                self._client.update_item(
                    TableName=self._table,
                    Key=keys.key(store, keys.CONNECTION),
                    **expressions.update(
                        ["#settings.#reconcile_mode = :mode"],
                        {"mode": mode},
                        "attribute_exists(#pk)",
                    ),
                )
        except ConditionFailed:
            return  # disconnected meanwhile

    def categories(self, store: StoreId) -> Mapping[str, int]:
        """Remembered category ids by casefolded name."""
        rows = self._query("pk = :pk AND begins_with(sk, :from)", store, keys.CATEGORY)
        return {row["sk"].removeprefix(keys.CATEGORY): row["id"] for row in rows}

    def remember_categories(self, store: StoreId, categories: Mapping[str, int]) -> None:
        """Adds to the remembered categories."""
        items = [
            new_item(keys.key(store, keys.category(name)), {"id": number})
            for name, number in categories.items()
        ]
        bulk.write_all(self._client, self._table, items)

    def begin_slice(self, store: StoreId, token: str, now_ms: int, until_ms: int) -> int:
        """Make `token` the store's one writer, and return 0, or until when another slice is."""
        # Its own token is no obstacle: when botocore repeats a write, it meets itself.
        condition = "attribute_not_exists(#pk) OR #until_ms <= :now_ms OR #token = :token"
        values = {"token": token, "until_ms": until_ms}
        known = {"token": token, "now_ms": now_ms}
        try:
            with our_errors():
                self._client.put_item(
                    TableName=self._table,
                    Item=new_item(keys.key(store, keys.WRITER), values),
                    **expressions.conditional(condition, known),
                )
        except ConditionFailed as refusal:
            there = from_item(refusal.item or {})
            return int(there.get("until_ms", until_ms))
        return 0

    def end_slice(self, store: StoreId, token: str) -> None:
        """Let the next slice write."""
        condition = expressions.conditional("#token = :token", {"token": token})
        with suppress(ConditionFailed), our_errors():
            self._client.delete_item(
                TableName=self._table, Key=keys.key(store, keys.WRITER), **condition
            )

    def record_slice(self, store: StoreId, record: SliceRecord) -> None:
        """Keeps what a slice did for 30 days."""
        row = keys.key(store, f"{keys.slice_from(record.ended_ms)}#{uuid4().hex}")
        with our_errors():
            item = new_item(row, slice_values(record))
            self._client.put_item(TableName=self._table, Item=item)

    def slices(self, store: StoreId, since_ms: int) -> Sequence[SliceRecord]:
        """The ledger of slices that ended at `since_ms` or later, oldest first."""
        condition = "pk = :pk AND sk BETWEEN :from AND :to"
        rows = self._query(condition, store, keys.slice_from(since_ms), f"{keys.SLICE}~")
        return [slice_of(row) for row in rows]

    def _query(self, condition: str, pk: str, *bounds: str) -> list[dict[str, Any]]:
        names = [":pk", ":from", ":to"]
        values = {name: {"S": value} for name, value in zip(names, [pk, *bounds], strict=False)}
        items = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
        )
        return [from_item(item) for item in items]
