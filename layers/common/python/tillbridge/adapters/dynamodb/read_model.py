"""The read model in DynamoDB: the rows that the views list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item, new_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.domain.ids import StoreId
from tillbridge.domain.names import name_key
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.read_model import Views

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_DIGITS = 16
_ONLY_WITH_PREFIX = "begins_with(name_key, :prefix)"


class DynamoReadModel(Views):
    """One item per product; a side of a store is a partition. May raise RetryLater."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def put(self, store: StoreId, rows: Iterable[ViewRow]) -> None:
        # Most rows that are put are there already. To read a digest costs a fifth of a write.
        items = {(row.side, row.id): _item(store, row) for row in rows}
        asked = [keys.key(item["pk"]["S"], item["sk"]["S"]) for item in items.values()]
        found = bulk.read_all(self._client, self._table, asked, only=("pk", "sk", "digest"))
        there = {(item["pk"]["S"], item["sk"]["S"]): item.get("digest") for item in found}
        fresh = (
            item
            for item in items.values()
            if there.get((item["pk"]["S"], item["sk"]["S"])) != item["digest"]
        )
        bulk.write_all(self._client, self._table, fresh)

    @override
    def get(self, store: StoreId, side: str, ids: Sequence[str]) -> Mapping[str, ViewRow]:
        asked = [keys.key(keys.copy_partition(store, side), each) for each in ids]
        rows = map(_row, bulk.read_all(self._client, self._table, asked))
        return {row.id: row for row in rows}

    @override
    def ids(self, store: StoreId, side: str) -> Iterator[str]:
        items = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": keys.copy_partition(store, side)}},
            ProjectionExpression="sk",
        )
        return (item["sk"]["S"] for item in items)

    @override
    def remove(self, store: StoreId, side: str, ids: Iterable[str]) -> None:
        bulk.in_parallel(lambda each: self._remove(store, side, each), ids)

    def _remove(self, store: StoreId, side: str, each: str) -> None:
        row = keys.key(keys.copy_partition(store, side), each)
        with our_errors():
            self._client.delete_item(TableName=self._table, Key=row)

    @override
    def rows(
        self,
        store: StoreId,
        side: str,
        *,
        name_prefix: str = "",
        after: str = "",
        limit: int = 50,
    ) -> tuple[list[ViewRow], str]:
        pk = keys.copy_partition(store, side)
        query: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": pk}},
        }
        if name_prefix:
            query["FilterExpression"] = _ONLY_WITH_PREFIX
            query["ExpressionAttributeValues"][":prefix"] = {"S": name_key(name_prefix)}
        if after:
            query["ExclusiveStartKey"] = keys.key(pk, after)
        found: list[ViewRow] = []
        # One row more than requested shows whether another page follows, with a filter too.
        while len(found) <= limit:
            with our_errors():
                answer = self._client.query(**query)
            found += map(_row, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                break
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        return found[:limit], found[limit - 1].id if len(found) > limit else ""


def _item(store: StoreId, row: ViewRow) -> Item:
    values = asdict(row)
    digest = sha256(repr(values).encode(errors="surrogatepass")).hexdigest()[:_DIGITS]
    where = keys.key(keys.copy_partition(store, row.side), row.id)
    return new_item(where, {**values, "name_key": name_key(row.name), "digest": digest})


def _row(item: Item) -> ViewRow:
    values = from_item(item)
    known = {name: values[name] for name in ViewRow.__dataclass_fields__ if name in values}
    return ViewRow(**{**known, "skus": tuple(values.get("skus", ()))})
